import 'leaflet/dist/leaflet.css';
import './map.css';
import { Control, Map as LeafletMap } from 'leaflet';

import { addBasemap } from './basemap.ts';
import { featureLayer } from './feature-layer.ts';
import { addGraticule } from './graticule.ts';
import { groundUnder } from './ground.ts';
import type { MapIsland, MapModel, MapOptions, MapPoint } from './map-model.ts';
import { orderLayer } from './order-layer.ts';
import { vanLayer } from './van-layer.ts';

/** Where a map opens that has nothing to show yet: China as a whole. */
const NOWHERE: [number, number] = [33, 108];
const EMPTY: MapModel = { orders: [] };

/**
 * Puts a map into `element`, an island the screens only hand models to. It draws lines of latitude and longitude and,
 * where the server has them, the vectors at `basemapUrl`. It moves only when asked to; the first model is brought into view.
 */
export function mountMap(element: HTMLElement, options: MapOptions, basemapUrl: string | null = CITY): MapIsland {
  const map = new LeafletMap(element, {
    center: options.opening ? [options.opening.lat, options.opening.lon] : NOWHERE,
    zoom: options.opening?.zoom ?? 4,
    minZoom: 3,
    maxZoom: 19,
    zoomControl: false,
    attributionControl: false,
    // Nothing moves on these screens but what changed.
    fadeAnimation: false,
    zoomAnimation: false,
    markerZoomAnimation: false,
    inertia: false,
  });
  map.createPane('tiles').style.zIndex = '120';
  map.createPane('graticule').style.zIndex = '150';
  map.createPane('base').style.zIndex = '160';
  addGraticule(map);
  new Control.Scale({ imperial: false, position: 'bottomright' }).addTo(map);
  const leaving = new AbortController();
  if (basemapUrl !== null) void addBasemap(map, basemapUrl, leaving.signal);

  const ground = groundUnder(map, options.lang ?? 'zh');
  const equipment = featureLayer(map);
  let orders: OrderLayer | null = null;
  const vans = vanLayer(map, options);
  void orderLayer(map, options, vans.clearOf).then((made) => {
    if (leaving.signal.aborted) made.end();
    else {
      orders = made;
      draw();
    }
  });
  let model = EMPTY;
  let framed = options.opening !== undefined;

  const draw = (): void => {
    orders?.draw(model);
    options.onAway?.(isAway(map, model));
  };
  const frame = (points: [number, number][]): void => {
    if (points.length === 0) return;
    framed = true;
    map.fitBounds(points, { padding: [48, 48], maxZoom: 15 });
  };
  const showAll = (): void => frame(pointsOf(model));

  map.on('moveend', () => {
    orders?.moved();
    vans.draw(model);
    options.onAway?.(isAway(map, model));
    rested();
  });
  map.on('click', ({ latlng }) => options.onPick?.({ lat: latlng.lat, lon: latlng.wrap().lng }));
  const rested = (): void => {
    const view = map.getBounds();
    options.onRest?.([view.getWest(), view.getSouth(), view.getEast(), view.getNorth()], map.getZoom());
  };
  rested();
  const bar = buttons(map, options, showAll);
  element.append(bar);
  const resized = new ResizeObserver(() => map.invalidateSize({ animate: false }));
  resized.observe(element);

  return {
    update(next) {
      model = next;
      if (!framed) frame(middleOf(pointsOf(model)));
      vans.draw(model);
      draw();
    },
    lay: (next) => ground.lay(next ?? { packs: [], online: null }),
    features: (next) => equipment.draw(next),
    show: ({ lat, lon }) => map.setView([lat, lon], Math.max(map.getZoom(), 15)),
    showAll,
    view: () => {
      const { lat, lng } = map.getCenter();
      return { lat, lon: lng, zoom: map.getZoom() };
    },
    focus: () => map.getContainer().focus({ preventScroll: true }),
    destroy() {
      leaving.abort();
      orders?.end();
      ground.end();
      resized.disconnect();
      bar.remove();
      // A size change may still be on its way to listeners that would ask a map without panes.
      map.off();
      map.remove();
    },
  };
}

type OrderLayer = Awaited<ReturnType<typeof orderLayer>>;

const CITY = '/maps/city.geojson';

function isAway(map: LeafletMap, { orders, selected }: MapModel): boolean {
  const chosen = orders.find(({ id }) => id === selected);
  return chosen !== undefined && !map.getBounds().contains([chosen.point.lat, chosen.point.lon]);
}

const pointsOf = ({ orders, vans = [], here }: MapModel): [number, number][] =>
  [...orders.map(({ point }) => point), ...vans.map(({ point }) => point), ...(here ? [here] : [])].map(
    ({ lat, lon }: MapPoint) => [lat, lon],
  );

/** Where most of them are: some far away do not shrink the town to a dot. */
function middleOf(points: [number, number][]): [number, number][] {
  if (points.length < MANY) return points;
  const middle = (part: 0 | 1): number =>
    points.map((one) => one[part]).toSorted(byNumber)[Math.floor(points.length / 2)] ?? 0;
  const [lat, lon] = [middle(0), middle(1)];
  const widen = Math.cos((lat * Math.PI) / 180);
  const far = (one: [number, number]): number => Math.hypot(one[0] - lat, (one[1] - lon) * widen);
  return points.toSorted((a, b) => far(a) - far(b)).slice(0, Math.ceil(points.length * 0.7));
}

const MANY = 10;

const byNumber = (a: number, b: number): number => a - b;

/** Our own buttons: as big as the app's others, each with its word. */
function buttons(map: LeafletMap, { words }: MapOptions, showAll: () => void): HTMLElement {
  const bar = document.createElement('div');
  bar.className = 'map-buttons';
  const button = (sign: string, word: string, act: () => void): void => {
    const made = document.createElement('button');
    made.type = 'button';
    made.className = 'map-button';
    made.textContent = sign;
    made.title = word;
    made.setAttribute('aria-label', word);
    made.addEventListener('click', act);
    bar.append(made);
  };
  button('+', words.zoomIn, () => map.zoomIn());
  button('−', words.zoomOut, () => map.zoomOut());
  button(words.all, words.all, showAll);
  // Leaflet listens on the same element: what happens on a button is not a click on the map.
  for (const kind of ['click', 'dblclick', 'mousedown', 'pointerdown', 'wheel', 'keydown'])
    bar.addEventListener(kind, (event) => event.stopPropagation());
  return bar;
}
