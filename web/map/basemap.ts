import { DivIcon, GeoJSON, type LatLng, type Map as LeafletMap, Marker, type MarkerOptions } from 'leaflet';

import { labelNode } from './marks.ts';

/**
 * Draws the vectors a server offers at `url` (GeoJSON in degrees). `properties.kind` names a line or area for the style
 * sheet, `properties.name` labels a point. Nothing there, or nothing readable: the map stays as it is.
 */
export async function addBasemap(map: LeafletMap, url: string, signal: AbortSignal): Promise<void> {
  const drawing = await read(url, signal);
  if (drawing === null || signal.aborted) return;
  const labels: Marker[] = [];
  new GeoJSON(null, {
    interactive: false,
    style: (feature) => ({ className: `map-base ${kindClass(feature?.properties)}`, pane: 'base' }),
    pointToLayer: (feature, at) =>
      keep(labels, at, {
        pane: 'base',
        interactive: false,
        keyboard: false,
        icon: new DivIcon({ className: 'map-mark', html: labelNode(nameOf(feature.properties)), iconSize: [0, 0] }),
      }),
  })
    .addTo(map)
    .addData(drawing);
  const thin = (): void => thinOut(map, labels);
  map.on('zoomend', thin);
  thin();
}

function keep(labels: Marker[], at: LatLng, options: MarkerOptions): Marker {
  const label = new Marker(at, options);
  labels.push(label);
  return label;
}

const LABEL_PX = { x: 96, y: 28 };

/** Of labels that would lie over each other the first stays. */
function thinOut(map: LeafletMap, labels: readonly Marker[]): void {
  const taken: { readonly x: number; readonly y: number }[] = [];
  for (const label of labels) {
    const { x, y } = map.project(label.getLatLng());
    const covered = taken.some((one) => Math.abs(one.x - x) < LABEL_PX.x && Math.abs(one.y - y) < LABEL_PX.y);
    if (!covered) taken.push({ x, y });
    label.setOpacity(covered ? 0 : 1);
  }
}

async function read(url: string, signal: AbortSignal): Promise<GeoJSON.FeatureCollection | null> {
  try {
    const answer = await fetch(url, { signal });
    const body: unknown = answer.ok ? await answer.json() : null;
    return isCollection(body) ? body : null;
  } catch {
    // No network, or not JSON: the graticule is the map then.
    return null;
  }
}

const isCollection = (body: unknown): body is GeoJSON.FeatureCollection =>
  typeof body === 'object' &&
  body !== null &&
  'type' in body &&
  body.type === 'FeatureCollection' &&
  'features' in body &&
  Array.isArray(body.features);

function property(properties: unknown, name: string): string {
  if (typeof properties !== 'object' || properties === null) return '';
  const value: unknown = Reflect.get(properties, name);
  return typeof value === 'string' ? value : '';
}

function kindClass(properties: unknown): string {
  const kind = property(properties, 'kind');
  return /^[a-zA-Z]{1,20}$/.test(kind) ? `is-${kind}` : '';
}

const nameOf = (properties: unknown): string => property(properties, 'name');
