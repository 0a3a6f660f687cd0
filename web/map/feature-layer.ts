import { CircleMarker, LayerGroup, type Map as LeafletMap, Canvas, Tooltip } from 'leaflet';

import type { MapFeatures } from './map-model.ts';

/** Closer than this single pieces of equipment can be told apart. */
const FROM_ZOOM = 13;

/** Equipment of the grid as small marks on one canvas, in grey; a mark says what it belongs to when pointed at. */
export function featureLayer(map: LeafletMap) {
  const renderer = new Canvas({ pane: 'base', padding: 0.2 });
  const group = new LayerGroup().addTo(map);
  let features: MapFeatures = [];

  const draw = (): void => {
    group.clearLayers();
    if (features.length === 0 || map.getZoom() < FROM_ZOOM) return;
    const view = map.getBounds().pad(0.2);
    const color = getComputedStyle(map.getContainer()).getPropertyValue('--ink2').trim();
    for (const { name, points } of features)
      for (let at = 0; at + 1 < points.length; at += 2) {
        const place: [number, number] = [points[at] ?? 0, points[at + 1] ?? 0];
        if (!view.contains(place)) continue;
        const mark = new CircleMarker(place, { renderer, radius: 3, weight: 1, color, fillOpacity: 0.35 });
        mark.on('mouseover', () => tip.setLatLng(place).setContent(labelOf(name)).openOn(map));
        mark.on('mouseout', () => tip.close());
        mark.addTo(group);
      }
  };
  const tip = new Tooltip({ direction: 'top', className: 'map-tip', offset: [0, -4] });
  map.on('moveend', draw);

  return {
    draw(next: MapFeatures | null): void {
      features = next ?? [];
      draw();
    },
  };
}

function labelOf(name: string): HTMLElement {
  const node = document.createElement('span');
  node.textContent = name;
  return node;
}
