import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { fileURLToPath } from 'node:url';

import type { Place } from './seed.ts';

const FILES: Readonly<Record<string, readonly [address: string, type: string]>> = {
  '/leaflet.js': [import.meta.resolve('leaflet/dist/leaflet.js'), 'text/javascript'],
  '/leaflet.css': [import.meta.resolve('leaflet/dist/leaflet.css'), 'text/css'],
  '/cluster.js': [import.meta.resolve('leaflet.markercluster/dist/leaflet.markercluster.js'), 'text/javascript'],
  '/cluster.css': [import.meta.resolve('leaflet.markercluster/dist/MarkerCluster.css'), 'text/css'],
  '/cluster-faces.css': [import.meta.resolve('leaflet.markercluster/dist/MarkerCluster.Default.css'), 'text/css'],
};

const LOOKS = ['met', 'running', 'soon', 'unknown', 'missed'];

/**
 * What anybody would build first: Leaflet with leaflet.markercluster, used as its manual shows, on the same places. It
 * asks each second what has changed and gives those markers another icon. No list, no verdicts, no streets.
 */
export async function servePlainPage(
  places: readonly Place[],
  perSecond: number,
): Promise<{ url: string; server: Server }> {
  let turn = 0;
  const server = createServer((request, answer) => {
    const file = FILES[request.url ?? ''];
    if (file) {
      answer.setHeader('content-type', file[1]);
      answer.end(readFileSync(fileURLToPath(file[0])));
    } else if (request.url === '/orders') answer.end(JSON.stringify(places));
    else if (request.url === '/changes') {
      const changed = Array.from({ length: perSecond }, () => {
        turn += 1;
        return { at: (turn * 61) % places.length, look: LOOKS[turn % LOOKS.length] };
      });
      answer.end(JSON.stringify(changed));
    } else {
      answer.setHeader('content-type', 'text/html; charset=utf-8');
      answer.end(PAGE);
    }
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the plain page has no port');
  return { url: `http://127.0.0.1:${address.port}`, server };
}

const PAGE = `<!doctype html><meta charset="utf-8"><title>plain</title>
<link rel="stylesheet" href="/leaflet.css"><link rel="stylesheet" href="/cluster.css"><link rel="stylesheet" href="/cluster-faces.css">
<style>html,body,#map{height:100%;margin:0}</style><div id="map"></div>
<script src="/leaflet.js"></script><script src="/cluster.js"></script>
<script>
const map = L.map('map', { maxZoom: 19 }).setView([37.76, -122.44], 12);
const icon = (look) => L.divIcon({ className: 'mark', html: '<b class="' + look + '">' + look + '</b>' });
(async () => {
  const places = await (await fetch('/orders')).json();
  const group = L.markerClusterGroup();
  const markers = places.map(({ lat, lon, text }) => L.marker([lat, lon], { icon: icon('running'), title: text }));
  group.addLayers(markers);
  map.addLayer(group);
  document.title = 'usable';
  const again = async () => {
    for (const { at, look } of await (await fetch('/changes')).json()) {
      markers[at].setIcon(icon(look));
      group.refreshClusters(markers[at]);
    }
  };
  const go = () => setInterval(again, 1000);
  addEventListener('message', go, { once: true });
})();
</script>`;
