import { Circle, DivIcon, LayerGroup, type Map as LeafletMap, Marker } from 'leaflet';

import type { MapModel, MapOptions, MapPoint, MapVan } from './map-model.ts';
import { hereNode, newsOf, pickedNode, vanNode } from './marks.ts';

/** Vans, silent ones under those with news; the own position; a place pointed at. */
export function vanLayer(map: LeafletMap, options: MapOptions) {
  const group = new LayerGroup().addTo(map);

  const draw = ({ vans = [], here = null, picked = null }: MapModel): void => {
    group.clearLayers();
    for (const van of vans) drawVan(van);
    if (here) {
      if (here.acc !== undefined) ring(here, here.acc, 'map-ring');
      mark(here, hereNode(options.words.here), -50);
    }
    if (picked) mark(picked, pickedNode(), 200_000);
  };

  const drawVan = (van: MapVan): void => {
    if (van.reachM !== undefined) ring(van.point, van.reachM, 'map-ring is-reach');
    mark(van.point, vanNode(van), newsOf(van.ageMs) === 'silent' ? -200 : -100);
  };

  const mark = (point: MapPoint, html: HTMLElement, zIndexOffset: number): void => {
    new Marker([point.lat, point.lon], {
      icon: new DivIcon({ className: 'map-mark', html, iconSize: [0, 0] }),
      keyboard: false,
      interactive: false,
      zIndexOffset,
    }).addTo(group);
  };

  const ring = (point: MapPoint, radius: number, className: string): void => {
    new Circle([point.lat, point.lon], { radius, className, interactive: false }).addTo(group);
  };

  return { draw };
}
