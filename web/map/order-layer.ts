import { type Map as LeafletMap, Popup } from 'leaflet';

import { clustersHere, clustersInWorker, type Clusters } from './clusters/ask-clusters.ts';
import { LOOKS, type ClusterMark, type ClusterPoint } from './clusters/cluster-model.ts';
import type { MapModel, MapOptions, MapOrder } from './map-model.ts';
import { markKeys } from './mark-keys.ts';
import { choiceNode, clusterNode, clusterRoom, orderNode, orderRoom, type Room } from './marks.ts';
import { placedMarks, type Wanted } from './placed-marks.ts';

/** From here on single orders stand alone, with what their verdict says beside them. */
const SINGLE_ZOOM = 15;
/** News is drawn at most so often; a person who moves the map is answered at once. */
const EVERY_MS = 200;

/**
 * Orders, alone or in groups. Grouping is done elsewhere; what comes back is drawn over what stands already. `onDrawn` is
 * told of the ground the marks cover.
 */
export async function orderLayer(map: LeafletMap, options: MapOptions, onDrawn: (covered: readonly Covered[]) => void) {
  const clusters: Clusters = options.many ? clustersInWorker() : await clustersHere();
  const keys = markKeys(map.getContainer());
  const marks = placedMarks(map, { add: keys.add, gone: keys.remove });
  const orders = new Map<string, MapOrder>();
  let selected: string | null = null;
  let asking = false;
  let again = false;
  let ended = false;
  let timer = 0;
  let asked = 0;

  const wanted = (mark: ClusterMark, index: number): (Wanted & Covered) | null => {
    const order = orders.get(mark.worst);
    if (!order) return null;
    const { key, count, asBad } = mark;
    const { lat, lon } = count === 1 ? order.point : mark;
    const chosen = mark.worst === selected && count === 1;
    const close = map.getZoom() >= SINGLE_ZOOM;
    const look = [lookOf(order), count, asBad, chosen, close].join('|');
    const draw = (): HTMLElement =>
      count === 1 ? orderNode(order, chosen, close) : clusterNode(order, asBad, count, options.words.several);
    // The worst lies on top, and what was chosen over all.
    const over = chosen ? 100_000 : mark.look * 1_000 + index;
    const room = count === 1 ? orderRoom(order, chosen, close) : clusterRoom(asBad, count);
    return { key, lat, lon, room, look, over, draw, onClick: () => void open(mark) };
  };

  const ask = async (): Promise<void> => {
    clearTimeout(timer);
    timer = 0;
    if (asking) {
      again = true;
      return;
    }
    asking = true;
    asked = performance.now();
    const view = map.getBounds().pad(0.3);
    const box = [view.getWest(), view.getSouth(), view.getEast(), view.getNorth()] as const;
    const found = await clusters.marks({ box, zoom: map.getZoom(), chosen: selected });
    asking = false;
    if (ended) return;
    const now = found.map(wanted).filter((one) => one !== null);
    marks.draw(now);
    onDrawn(now);
    if (again) later();
    again = false;
  };
  const later = (): void => {
    if (timer !== 0) return;
    timer = window.setTimeout(() => void ask(), Math.max(0, asked + EVERY_MS - performance.now()));
  };

  const open = async ({ count, worst, key }: ClusterMark): Promise<void> => {
    if (count === 1) {
      options.onSelect?.(worst);
      return;
    }
    const ids = await clusters.members(key, map.getZoom());
    const members = ids.flatMap((id) => orders.get(id) ?? []);
    const [first] = members;
    if (!first) return;
    if (map.getZoom() < 17 && !atOnePlace(members)) {
      map.fitBounds(
        members.map(({ point }): [number, number] => [point.lat, point.lon]),
        { padding: [60, 60], maxZoom: 17 },
      );
      return;
    }
    const popup = new Popup({ autoPan: false, closeButton: false, className: 'map-popup', maxWidth: 420 });
    const choose = (id: string): void => {
      popup.remove();
      options.onSelect?.(id);
    };
    popup.setLatLng([first.point.lat, first.point.lon]).setContent(choiceNode(members, choose)).openOn(map);
  };

  return {
    draw({ orders: next, selected: chosen = null }: MapModel): void {
      const change = differences(orders, next);
      if (change.put.length + change.remove.length > 0) clusters.change(change.put, change.remove);
      const moved = chosen !== selected;
      selected = chosen;
      if (moved) void ask();
      else later();
    },
    moved: () => void ask(),
    end(): void {
      ended = true;
      clearTimeout(timer);
      keys.end();
      clusters.end();
    },
  };
}

/** A place, and how far what stands there reaches. */
export type Covered = { readonly lat: number; readonly lon: number; readonly room: Room };

/** Brings `known` up to `next`, and says what grouping has to know of it. */
function differences(known: Map<string, MapOrder>, next: readonly MapOrder[]) {
  const put: ClusterPoint[] = [];
  for (const order of next) {
    const before = known.get(order.id);
    if (before === order) continue;
    known.set(order.id, order);
    const { id, look, point } = order;
    if (before?.look === look && before.point.lat === point.lat && before.point.lon === point.lon) continue;
    put.push({ id, lat: point.lat, lon: point.lon, look: LOOKS.indexOf(look) });
  }
  const remove: string[] = [];
  if (known.size > next.length) {
    const present = new Set(next.map(({ id }) => id));
    for (const id of known.keys()) if (!present.has(id)) remove.push(id);
    for (const id of remove) known.delete(id);
  }
  return { put, remove };
}

const lookOf = ({ look, share = 0, silent = false, word, title }: MapOrder): string =>
  [look, Math.round(share * 40), silent, word, title].join('|');

function atOnePlace(orders: readonly MapOrder[]): boolean {
  const [first, ...rest] = orders;
  return rest.every(({ point }) => point.lat === first?.point.lat && point.lon === first.point.lon);
}
