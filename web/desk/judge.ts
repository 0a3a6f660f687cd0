import { isLive, type Order } from '#shared/order/order.ts';
import { judge as judgeClocks, type Judged as JudgedClock } from '#shared/sla/judge.ts';
import { isWatched, leading } from '#shared/sla/leading.ts';
import { packFor } from '#shared/sla/pack-for.ts';
import type { StageClock } from '#shared/sla/stage-clock.ts';
import type { Verdict } from '#shared/sla/verdict.ts';

import type { OrderView } from '../read/client-context.ts';
import type { VerdictLook } from '../ui/verdict-shape.ts';
import type { Known } from './known.ts';

/** A crew without news for this long is marked, also while the limit has not passed. */
export const SILENT_AFTER_MS = 15 * 60_000;

/** One clock as it is shown. No verdict and no look: it ended without a stop. `share`: of the limit used up, 0 … 1. */
export type ShownClock = JudgedClock & { readonly look: VerdictLook | null; readonly share: number };

/** One order as the desk sees it at one moment. `at`: that moment, ms. */
export type Judged = {
  readonly view: OrderView;
  readonly order: Order;
  readonly at: number;
  /** The clocks that somebody is told of. */
  readonly clocks: readonly ShownClock[];
  /** The one of them that runs next, or what became of them. The next four are its. */
  readonly clock: StageClock | null;
  /** Null where nothing can be said: no report seen, or ended before a stop. */
  readonly verdict: Verdict | null;
  readonly look: VerdictLook | null;
  readonly share: number;
  /** How long the crew that holds it has been silent, where that is long enough to say. */
  readonly silentMs: number | null;
  readonly undispatched: boolean;
  /** A time that no clock can settle waits for somebody. */
  readonly asksPerson: boolean;
};

/** The verdicts on an order, from what is known here. Only silence that a crew could have broken counts. */
export function judge(view: OrderView, known: Known): Judged {
  const { order } = view;
  const { at } = known;
  const clocks = clocksOf(order, known).filter(({ clock }) => isWatched(clock.rule));
  const main = mainOf(clocks);
  return {
    view,
    order,
    at,
    clocks,
    clock: main?.clock ?? null,
    verdict: main?.verdict ?? null,
    look: main?.look ?? null,
    share: main?.share ?? 0,
    silentMs: silenceOf(order, known),
    undispatched: isLive(order) && order.crew === null && order.stage === 'reported',
    asksPerson: clocks.some((clock) => needsPerson(order, clock)),
  };
}

/** What is late, silent or soon comes first; then what a person has to judge; then what runs. */
function mainOf(clocks: readonly ShownClock[]): ShownClock | null {
  const next = leading(clocks);
  return next?.look === 'running' ? (clocks.find(({ look }) => look === 'unknown') ?? next) : next;
}

/** Every clock of an order under the pack it was reported under, also those nobody is told of. */
export const clocksOf = (order: Order, known: Known): readonly ShownClock[] =>
  judgeClocks(order, packFor(known.activations, order), { now: known.at, devicesOf: known.devicesOf(order) }).map(
    (one) => ({ ...one, look: lookOf(one), share: shareOf(one) }),
  );

/**
 * Only a person can settle it: the time may lie on either side of the limit, or it lies in time without being proof and
 * came only after somebody had been alerted.
 */
export function needsPerson(order: Order, { clock, verdict }: ShownClock): boolean {
  if (!clock.stop || !verdict) return false;
  if (verdict.is === 'unknown') return verdict.why === 'clock';
  if (verdict.is !== 'met' || verdict.sure) return false;
  return order.alerts.some(
    ({ rule, epoch, level, quiet }) => rule === clock.rule.id && epoch === clock.epoch && !quiet && level !== 'soon',
  );
}

/** What the desk's filters count. An undispatched order is counted under its verdict as well. */
export type Filter = 'missed' | 'unknown' | 'soon' | 'running' | 'undispatched';
export const FILTERS = ['missed', 'unknown', 'soon', 'running', 'undispatched'] as const satisfies readonly Filter[];

/** Counted are orders that still need somebody. One that nobody can judge counts as that, also while another clock runs. */
export function passes(one: Judged, filter: Filter): boolean {
  if (!isLive(one.order)) return false;
  if (filter === 'undispatched') return one.undispatched;
  return one.look === filter || (filter === 'unknown' && one.asksPerson);
}

/**
 * First what still waits for its stop, by the limit (so an unknown by how long its limit has passed); then what is
 * being worked on, by report; then what has ended, the latest first.
 */
export function byNextLimit(a: Judged, b: Judged): number {
  const rank = rankOf(a) - rankOf(b);
  if (rank !== 0) return rank;
  if (rankOf(a) === 0) return (a.clock?.limit.to ?? 0) - (b.clock?.limit.to ?? 0) || compareIds(a, b);
  if (rankOf(a) === 1) return (a.order.reportedAt?.est ?? 0) - (b.order.reportedAt?.est ?? 0) || compareIds(a, b);
  return (b.order.closed?.at ?? 0) - (a.order.closed?.at ?? 0) || compareIds(a, b);
}

function rankOf({ order, clock }: Judged): 0 | 1 | 2 {
  if (!isLive(order)) return 2;
  return clock !== null && !clock.stop ? 0 : 1;
}

const compareIds = (a: Judged, b: Judged): number => (a.order.id < b.order.id ? -1 : a.order.id > b.order.id ? 1 : 0);

function lookOf({ clock, verdict, now }: JudgedClock): VerdictLook | null {
  if (!verdict) return null;
  const warned = clock.rule.levels.soon !== undefined && now >= clock.warn.to;
  return verdict.is === 'running' && !verdict.paused && warned ? 'soon' : verdict.is;
}

function shareOf({ clock, verdict }: JudgedClock): number {
  return verdict?.is === 'running' ? Math.min(1, Math.max(0, 1 - verdict.leftMs / clock.lengthMs)) : 1;
}

function silenceOf(order: Order, { heard, at }: Known): number | null {
  if (order.crew === null || !isLive(order)) return null;
  const since = heard.get(order.crew) ?? order.holdings.at(-1)?.fromAt ?? at;
  return at - since >= SILENT_AFTER_MS ? at - since : null;
}
