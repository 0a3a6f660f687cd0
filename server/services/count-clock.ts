import type { Order } from '#shared/order/order.ts';
import type { Judged } from '#shared/sla/judge.ts';
import type { Origin } from '#shared/sla/stage-clock.ts';
import type { Stop } from '#shared/sla/stop.ts';
import type { EventTime } from '#shared/time/event-time.ts';

import type { Counted, Taken } from './tally-arrivals.ts';

/** One of an order's clocks as reports count it; `all`: all its clocks, among them perhaps its stage's ceiling. */
export function countClock({ report }: Order, { clock, verdict }: Judged, all: readonly Judged[]): Counted {
  const { rule, origin, stop, lengthMs } = clock;
  const ceiling =
    rule.kind === 'ceiling'
      ? undefined
      : all.find(
          ({ clock: { rule: other } }) =>
            other.kind === 'ceiling' && other.origin === rule.origin && other.stop === rule.stop,
        );
  return {
    taken: stop ? taken(origin, stop) : null,
    verdict,
    limitMin: lengthMs / MINUTE,
    averageTargetMin: (report && rule.averageMin?.[report.area]) ?? null,
    ceiling: ceiling ? { limitMin: ceiling.clock.lengthMs / MINUTE, over: ceiling.verdict?.is === 'missed' } : null,
  };
}

const MINUTE = 60_000;

/** Pauses are part of it: this is how long the customer waited. */
function taken(origin: Origin, stop: Stop): Taken {
  const from = { least: Math.min(origin.from, earliest(origin.time)), most: Math.max(origin.to, latest(origin.time)) };
  const to = stop.accepted
    ? { least: stop.time.est, most: stop.time.est }
    : { least: earliest(stop.time), most: latest(stop.time) };
  return {
    est: (stop.time.est - origin.est) / MINUTE,
    least: (to.least - from.most) / MINUTE,
    most: (to.most - from.least) / MINUTE,
  };
}

/** Around the estimate where it may judge, else anywhere in the bounds. */
const earliest = ({ grade, lo, est, e }: EventTime): number => (grade === 'C' ? lo : Math.max(lo, est - e));
const latest = ({ grade, hi, est, e }: EventTime): number => (grade === 'C' ? hi : Math.min(hi, est + e));
