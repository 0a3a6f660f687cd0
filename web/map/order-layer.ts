import { DivIcon, LayerGroup, type Map as LeafletMap, Marker, Popup } from 'leaflet';

import { calmFirst, type Cluster, gridClusters, type Placed, withoutOverlap } from './grid-clusters.ts';
import type { MapModel, MapOptions, MapOrder } from './map-model.ts';
import { choiceNode, clusterNode, orderNode } from './marks.ts';

const CELL_PX = 60;
/** From here on single orders are drawn; only what stands at one place is still one mark. */
const SINGLE_ZOOM = 15;
const SAME_PLACE_PX = 14;

/** Orders, alone or in clusters. A mark that has not changed stays the same node, so that nothing flickers. */
export function orderLayer(map: LeafletMap, options: MapOptions) {
  const group = new LayerGroup().addTo(map);
  const drawn = new Map<string, { readonly look: string; readonly marker: Marker }>();

  const draw = ({ orders, selected = null }: MapModel): void => {
    const single = map.getZoom() >= SINGLE_ZOOM;
    const view = map.getBounds().pad(0.3);
    const placed = orders
      .filter(({ point }) => view.contains([point.lat, point.lon]))
      .map((order): Placed => ({ order, ...projected(map, order) }));
    const grid = gridClusters(placed, single ? SAME_PLACE_PX : CELL_PX, selected);
    const clusters = (single ? grid : withoutOverlap(grid, selected)).toSorted(calmFirst);
    const wanted = new Map(clusters.map((cluster, index) => [keyOf(cluster), { cluster, index }]));
    for (const [key, { marker }] of drawn) if (!wanted.has(key)) drop(key, marker);
    for (const [key, { cluster, index }] of wanted) put(key, cluster, { single, selected, index });
  };

  const drop = (key: string, marker: Marker): void => {
    group.removeLayer(marker);
    drawn.delete(key);
  };

  const put = (key: string, cluster: Cluster, how: How): void => {
    const before = drawn.get(key);
    const look = lookOf(cluster, how);
    if (before?.look === look) return;
    if (before) drop(key, before.marker);
    drawn.set(key, { look, marker: marker(cluster, how).addTo(group) });
  };

  const marker = (cluster: Cluster, { single, selected, index }: How): Marker => {
    const { worst, members, count } = cluster;
    const chosen = worst.id === selected;
    const node = members.length === 1 ? orderNode(worst, chosen, single) : clusterNode(worst, count, members.length);
    const made = new Marker(centreOf(cluster), {
      icon: new DivIcon({ className: 'map-mark', html: node, iconSize: [0, 0] }),
      keyboard: false,
      zIndexOffset: chosen ? 100_000 : index * 10,
      bubblingMouseEvents: false,
    });
    return made.on('click', () => open(cluster));
  };

  const open = ({ members, worst }: Cluster): void => {
    if (members.length === 1) {
      options.onSelect?.(worst.id);
      return;
    }
    const orders = members.map(({ order }) => order);
    if (map.getZoom() < SINGLE_ZOOM && !atOnePlace(orders)) {
      map.fitBounds(
        orders.map(({ point }): [number, number] => [point.lat, point.lon]),
        { padding: [60, 60], maxZoom: 17 },
      );
      return;
    }
    const popup = new Popup({ autoPan: false, closeButton: false, className: 'map-popup', maxWidth: 420 });
    const choose = (id: string): void => {
      popup.remove();
      options.onSelect?.(id);
    };
    popup.setLatLng([worst.point.lat, worst.point.lon]).setContent(choiceNode(orders, choose)).openOn(map);
  };

  return { draw };
}

type How = { readonly single: boolean; readonly selected: string | null; readonly index: number };

/** World pixels at this zoom, so that the grid does not slide under a moving map. */
function projected(map: LeafletMap, { point }: MapOrder): { x: number; y: number } {
  const { x, y } = map.project([point.lat, point.lon]);
  return { x, y };
}

function centreOf({ members }: Cluster): [number, number] {
  const sum = (part: 'lat' | 'lon'): number => members.reduce((total, { order }) => total + order.point[part], 0);
  return [sum('lat') / members.length, sum('lon') / members.length];
}

const keyOf = ({ members }: Cluster): string => members.map(({ order }) => order.id).join(' ');

function lookOf({ members, worst, count }: Cluster, { single, selected, index }: How): string {
  const { look, share = 0, silent = false, word, title, point } = worst;
  const place = members.length === 1 ? `${point.lat} ${point.lon}` : '';
  const shown = [look, Math.round(share * 40), silent, word, title, place, count, single, worst.id === selected, index];
  return JSON.stringify(shown);
}

function atOnePlace(orders: readonly MapOrder[]): boolean {
  const [first, ...rest] = orders;
  return rest.every(({ point }) => point.lat === first?.point.lat && point.lon === first.point.lon);
}
