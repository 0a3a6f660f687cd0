import type { Point } from '#shared/event/parts.ts';
import type { CrewId, OrderId } from '#shared/ids.ts';
import { isLive } from '#shared/order/order.ts';
import type { Live } from '#shared/sync/protocol.ts';

import type { MapModel, MapOrder, MapVan } from '../../map/map-model.ts';
import type { Organisation } from '../../read/client-context.ts';
import { type Judged, SILENT_AFTER_MS } from '../judge.ts';
import { verdictWords, type Words } from '../order-words.ts';

type Around = {
  readonly rows: readonly Judged[];
  readonly live: Live;
  readonly org: Organisation;
  readonly names: ReadonlyMap<CrewId, string>;
  readonly selected: OrderId | null;
  readonly picked: Point | null;
  readonly at: number;
};

/**
 * What the map shows: live orders that have a place, and the vans. The reach ring is drawn for the chosen order's van.
 * An order that was judged as before is the same object as before, and says its words only when it is drawn.
 */
export function createDeskMapModel(words: Words): (around: Around) => MapModel {
  // No WeakMap: ten thousand keys held weakly kept the page at each great collection of what is no longer used.
  const known = new Map<OrderId, ShownOrder>();
  const shown = (one: Judged, point: Point): MapOrder => {
    const before = known.get(one.order.id);
    if (before?.shows(one)) return before;
    const made = new ShownOrder(one, point, words);
    known.set(made.id, made);
    return made;
  };
  const forgetOthers = (orders: readonly MapOrder[]): void => {
    if (known.size === orders.length) return;
    const present = new Set(orders.map(({ id }) => id));
    for (const id of known.keys()) if (!present.has(id)) known.delete(id);
  };
  // Whole minutes: five hundred vans are not put into words anew with each change.
  const ages = new Map<number, string>();
  const ageOf = (ageMs: number): string => {
    const minutes = Math.floor(ageMs / 60_000);
    const before = ages.get(minutes);
    if (before !== undefined) return before;
    const made = words.format.age(ageMs);
    ages.set(minutes, made);
    return made;
  };
  return ({ rows, live, org, names, selected, picked, at }) => {
    const orders: MapOrder[] = [];
    let chosen: Judged | null = null;
    for (const one of rows) {
      const { order, look } = one;
      if (order.id === selected) chosen = one;
      const point = order.report?.point;
      if (point && look !== null && (isLive(order) || order.id === selected)) orders.push(shown(one, point));
    }
    forgetOthers(orders);
    const vans = live.fixes.map((fix): MapVan => {
      const ageMs = Math.max(0, at - fix.at);
      return {
        id: fix.crew,
        name: names.get(fix.crew) ?? org.crews.get(fix.crew)?.name ?? fix.crew,
        point: fix,
        ageMs,
        age: ageOf(ageMs),
        source: words.t(fix.by === 'tracker' ? 'deskMap.byTracker' : 'deskMap.byTablet'),
        ...(chosen?.order.crew === fix.crew && ageMs >= SILENT_AFTER_MS ? { reachM: reachOf(ageMs) } : {}),
      };
    });
    return { orders, vans, selected, picked };
  };
}

/** A class, since an object with getters of its own weighs six times as much: there are ten thousand. */
class ShownOrder implements MapOrder {
  readonly id: OrderId;
  readonly look: MapOrder['look'];
  readonly share: number;
  readonly silent: boolean;
  readonly bare: boolean;
  readonly point: Point;
  readonly #one: Judged;
  readonly #words: Words;

  constructor(one: Judged, point: Point, words: Words) {
    this.id = one.order.id;
    this.point = point;
    this.look = one.look ?? 'running';
    this.share = one.share;
    this.silent = one.silentMs !== null;
    this.bare = one.verdict?.is === 'missed' && !one.verdict.evidence;
    this.#one = one;
    this.#words = words;
  }

  shows(one: Judged): boolean {
    return this.#one === one;
  }

  get word(): string {
    return verdictWords(this.#one, this.#words).word;
  }

  get title(): string {
    return `${this.id} ${this.#one.order.report?.address ?? ''}`;
  }
}

/** How far a van may have come: 40 km/h for as long as nothing was heard, at most 10 km. */
const reachOf = (ageMs: number): number => Math.min(10_000, (ageMs / 3_600_000) * 40_000);
