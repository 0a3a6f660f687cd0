import { type LatLngBounds, LayerGroup, type Map as LeafletMap, Polyline } from 'leaflet';

const STEPS = [30, 10, 5, 2, 1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001];
const LEAST_PX = 90;

/** Lines of latitude and longitude, so that a map without a pack still has a scale and a north. */
export function addGraticule(map: LeafletMap): void {
  const lines = new LayerGroup().addTo(map);
  const draw = (): void => {
    const bounds = map.getBounds().pad(0.2);
    const step = stepFor(bounds, map.getSize().x * 1.4);
    lines.clearLayers();
    for (const lat of ticks(bounds.getSouth(), bounds.getNorth(), step))
      line([lat, bounds.getWest()], [lat, bounds.getEast()]);
    for (const lon of ticks(bounds.getWest(), bounds.getEast(), step))
      line([bounds.getSouth(), lon], [bounds.getNorth(), lon]);
  };
  const line = (from: [number, number], to: [number, number]): void => {
    new Polyline([from, to], { pane: 'graticule', className: 'map-graticule', interactive: false }).addTo(lines);
  };
  map.on('moveend resize', draw);
  draw();
}

function stepFor(bounds: LatLngBounds, widthPx: number): number {
  const degrees = bounds.getEast() - bounds.getWest();
  const fits = STEPS.filter((step) => (widthPx * step) / degrees >= LEAST_PX);
  return fits.at(-1) ?? STEPS[0] ?? 30;
}

function ticks(from: number, to: number, step: number): readonly number[] {
  const first = Math.ceil(from / step);
  const count = Math.min(200, Math.max(0, Math.floor(to / step) - first + 1));
  return Array.from({ length: count }, (_, index) => (first + index) * step);
}
