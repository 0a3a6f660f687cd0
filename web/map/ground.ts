import './ground.css';
import { LatLngBounds, type Map as LeafletMap } from 'leaflet';

import type { Ground } from './map-model.ts';
import { onlineLayer } from './tiles/online-layer.ts';
import { canPaintTiles, PackLayer } from './tiles/tile-layer.ts';

/** What lies below the marks, and who has to be named for it. `lay` puts another ground in its place. */
export function groundUnder(map: LeafletMap, lang: 'zh' | 'en') {
  let layers: (() => void)[] = [];
  let credits: readonly Credit[] = [];
  const credit = document.createElement('div');
  credit.className = 'map-credit';
  map.getContainer().append(credit);

  const name = (): void => {
    const view = map.getBounds();
    const named = credits.filter(({ bounds }) => bounds === null || bounds.intersects(view)).map(({ text }) => text);
    credit.textContent = [...new Set(named)].join(' · ');
    credit.hidden = named.length === 0;
  };
  const clear = (): void => {
    for (const end of layers) end();
    layers = [];
  };
  map.on('moveend', name);

  return {
    lay({ packs, online }: Ground): void {
      clear();
      const drawn = canPaintTiles() ? packs : [];
      if (online) {
        const layer = onlineLayer(online, 'tiles').addTo(map);
        layers.push(() => layer.remove());
      }
      for (const { url, bounds, maxZoom } of drawn) {
        const layer = new PackLayer({ url, maxZoom, lang }, { pane: 'tiles', bounds: boundsOf(bounds) }).addTo(map);
        layers.push(() => layer.close());
      }
      credits = [
        ...drawn.map(({ attribution, bounds }): Credit => ({ text: attribution, bounds: boundsOf(bounds) })),
        ...(online ? [{ text: online.attribution, bounds: null }] : []),
      ];
      name();
    },
    end(): void {
      clear();
      credit.remove();
    },
  };
}

type Credit = { readonly text: string; readonly bounds: LatLngBounds | null };

const boundsOf = ([west, south, east, north]: readonly [number, number, number, number]): LatLngBounds =>
  new LatLngBounds([south, west], [north, east]);
