import type { MinutesByArea, Rule, RulePack } from '../event/rule-pack.ts';
import type { EventId } from '../ids.ts';
import type { Order } from '../order/order.ts';
import type { EventTime } from '../time/event-time.ts';
import { pausesOf, ranFor } from './pauses.ts';
import { bestOf, notBefore, spanOf, type Span, type Timed } from './span.ts';
import { reachedBy } from './stage-facts.ts';
import { stopOf, type Stop } from './stop.ts';

/**
 * One rule's clock on one order; all times server time, ms. A doubtful origin or pause makes `warn` and `limit` spans:
 * surely passed is past `to`, surely in time is at or before `from`. While a pause lasts they may be Infinity.
 */
export type StageClock = {
  readonly rule: Rule;
  readonly epoch: number;
  readonly origin: Origin;
  readonly warn: Span;
  readonly limit: Span;
  /** From then on (exclusive) silence past the limit counts as missed without evidence. */
  readonly giveUp: number;
  /** The rule's limit itself, ms, without pauses. */
  readonly lengthMs: number;
  /** What is known of its stop, if any has come. */
  readonly stop: Stop | null;
  /** Now paused by a permitted reason: since when, and how much of the limit is left, ms. */
  readonly paused: { readonly since: number; readonly leftMs: number } | null;
  /** The order has ended. Without a stop nobody waits for one any more. */
  readonly ended: boolean;
};

/** What began the clock. `est`: its best guess. `notBefore`: a stop surely before this lies before the origin. */
export type Origin = Span & {
  readonly est: number;
  readonly notBefore: number;
  readonly time: EventTime;
  /** Null: the report, or the reopening. */
  readonly fact: EventId | null;
};

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** The clocks that run or ran on an order in its present epoch under a rule pack, in the pack's order. */
export function stageClocks(order: Order, { rules, silenceHours }: RulePack): readonly StageClock[] {
  return rules.flatMap((rule) => clockOf(order, rule, silenceHours * HOUR) ?? []);
}

/** The promise to be on site, the clock that every screen shows; null before the report, or where there is none. */
export function arrivalClock(order: Order, { rules, silenceHours }: RulePack): StageClock | null {
  const rule = rules.find(({ id }) => id === 'arrival') ?? rules.find(({ stop }) => stop === 'arrived');
  return rule ? clockOf(order, rule, silenceHours * HOUR) : null;
}

function clockOf(order: Order, rule: Rule, silenceMs: number): StageClock | null {
  const lengthMs = lengthOf(order, rule);
  if (lengthMs === null) return null;
  const origin = originOf(order, rule.origin);
  if (!origin) return null;
  const pauses = pausesOf(order.facts, rule);
  const after = (length: number): Span => ({
    from: ranFor(origin.from, length, pauses.least),
    to: ranFor(origin.to, length, pauses.most),
  });
  const limit = after(lengthMs);
  const paused = pauses.likely.find(({ to }) => to === Infinity);
  const wouldEnd = ranFor(
    origin.est,
    lengthMs,
    pauses.likely.filter(({ to }) => to !== Infinity),
  );
  return {
    rule,
    epoch: order.epoch,
    origin,
    warn: after(lengthMs * rule.warnAt),
    limit,
    giveUp: limit.to + silenceMs,
    lengthMs,
    stop: stopOf(reachedBy(order, rule.stop), { origin, limit }),
    paused:
      paused && paused.from < wouldEnd
        ? { since: paused.from, leftMs: wouldEnd - Math.max(paused.from, origin.est) }
        : null,
    ended: order.closed !== null,
  };
}

/** The limit for the order's area and customer class; null where the rule names none. */
function lengthOf({ report }: Order, { limitMin, importantMin }: Rule): number | null {
  if (!report) return null;
  const own: MinutesByArea = report.customerClass === 'important' ? { ...limitMin, ...importantMin } : limitMin;
  const minutes = own[report.area];
  return minutes === undefined ? null : minutes * MINUTE;
}

/** A promise to the customer counts from the report, or from the reopening; another stage's from its earliest best time. */
function originOf(order: Order, from: Rule['origin']): Origin | null {
  const times = from === 'reported' ? reportOf(order) : bestOf(reachedBy(order, from));
  const [first, ...others] = times.map((one): Origin => {
    return { ...spanOf(one), est: one.time.est, notBefore: notBefore(one), time: one.time, fact: one.fact };
  });
  if (!first) return null;
  return others.reduce((earliest, one) => {
    const shown = one.est < earliest.est ? one : earliest;
    return {
      ...shown,
      from: Math.min(earliest.from, one.from),
      to: Math.min(earliest.to, one.to),
      notBefore: Math.min(earliest.notBefore, one.notBefore),
    };
  }, first);
}

function reportOf({ reportedAt, reopened }: Order): readonly (Timed & { readonly fact: null })[] {
  const time = reopened?.time ?? reportedAt;
  return time ? [{ time, accepted: false, fact: null }] : [];
}
