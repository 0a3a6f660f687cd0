import { asDeviceId, type CrewId } from '#shared/ids.ts';
import { isLive, type Order } from '#shared/order/order.ts';
import { judgeClock } from '#shared/sla/judge.ts';
import { STATE_GRID } from '#shared/sla/packs/state-grid.ts';
import { arrivalClock, type StageClock } from '#shared/sla/stage-clock.ts';
import type { Verdict } from '#shared/sla/verdict.ts';

import type { OrderView } from '../read/client-context.ts';
import type { VerdictLook } from '../ui/verdict-shape.ts';

/** Up to when each crew was heard completely (server time, ms); a crew that is missing has never been heard. */
export type Heard = ReadonlyMap<CrewId, number>;

/** A crew without news for this long is marked, also while the limit has not passed. */
export const SILENT_AFTER_MS = 15 * 60_000;

/** One order as the desk sees it at one moment. `at`: that moment, ms. */
export type Judged = {
  readonly view: OrderView;
  readonly order: Order;
  readonly at: number;
  readonly clock: StageClock | null;
  /** Null where nothing can be said: no report seen, or ended before a stop. */
  readonly verdict: Verdict | null;
  readonly look: VerdictLook | null;
  /** Part of the limit already used, 0 … 1. */
  readonly share: number;
  /** How long the crew that holds it has been silent, where that is long enough to say. */
  readonly silentMs: number | null;
  readonly undispatched: boolean;
};

/** The verdict on an order, from what is known here at `at`. Only silence that a crew could have broken counts. */
export function judge(view: OrderView, heard: Heard, at: number): Judged {
  const { order } = view;
  const clock = arrivalClock(order, STATE_GRID);
  const found = clock === null ? null : verdictOn(order, clock, heard, at);
  return {
    view,
    order,
    at,
    clock,
    verdict: found,
    look: found && clock ? lookOf(found, clock, at) : null,
    share: clock ? Math.min(1, Math.max(0, (at - clock.origin.est) / (clock.limit.to - clock.origin.est))) : 0,
    silentMs: silenceOf(order, heard, at),
    undispatched: isLive(order) && order.crew === null && order.stage === 'reported',
  };
}

/** What the desk's filters count. An undispatched order is counted under its verdict as well. */
export type Filter = 'missed' | 'unknown' | 'soon' | 'running' | 'undispatched';
export const FILTERS = ['missed', 'unknown', 'soon', 'running', 'undispatched'] as const satisfies readonly Filter[];

/** Counted are orders that still need somebody. */
export function passes(one: Judged, filter: Filter): boolean {
  if (!isLive(one.order)) return false;
  return filter === 'undispatched' ? one.undispatched : one.look === filter;
}

/**
 * First what still waits for its stop, by the limit (so an unknown by how long its limit has passed); then what is
 * being worked on, by report; then what has ended, the latest first.
 */
export function byNextLimit(a: Judged, b: Judged): number {
  const rank = rankOf(a) - rankOf(b);
  if (rank !== 0) return rank;
  if (rankOf(a) === 0) return (a.clock?.limit.to ?? 0) - (b.clock?.limit.to ?? 0) || compareIds(a, b);
  if (rankOf(a) === 1) return (a.clock?.origin.est ?? 0) - (b.clock?.origin.est ?? 0) || compareIds(a, b);
  return (b.order.closed?.at ?? 0) - (a.order.closed?.at ?? 0) || compareIds(a, b);
}

function rankOf({ order, clock }: Judged): 0 | 1 | 2 {
  if (!isLive(order)) return 2;
  return clock !== null && !clock.stop ? 0 : 1;
}

const compareIds = (a: Judged, b: Judged): number => (a.order.id < b.order.id ? -1 : a.order.id > b.order.id ? 1 : 0);

function verdictOn(order: Order, clock: StageClock, heard: Heard, at: number): Verdict | null {
  const devicesOf = (crew: CrewId) => {
    const upTo = heard.get(crew);
    // The desk is told the least of a crew's devices; the crew stands for them here.
    return upTo === undefined ? [] : [{ device: asDeviceId(crew), heard: Math.min(upTo, at) }];
  };
  return judgeClock(order, clock, { now: at, devicesOf }).verdict;
}

function lookOf(found: Verdict, clock: StageClock, at: number): VerdictLook {
  return found.is === 'running' && at >= clock.warn.to ? 'soon' : found.is;
}

function silenceOf(order: Order, heard: Heard, at: number): number | null {
  if (order.crew === null || !isLive(order)) return null;
  const since = heard.get(order.crew) ?? order.holdings.at(-1)?.fromAt ?? at;
  return at - since >= SILENT_AFTER_MS ? at - since : null;
}
