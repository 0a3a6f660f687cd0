import type { Report, ReportRow } from '#shared/api/report.ts';
import type { StageClock } from '#shared/sla/stage-clock.ts';
import type { Verdict } from '#shared/sla/verdict.ts';

export type Tally = {
  /** Counts one clock of an order in `area`. */
  readonly add: (area: string, clock: StageClock, verdict: Verdict) => void;
  /** A row per rule and area, “all” first. */
  readonly report: () => Report;
};

/**
 * Adds up clocks one by one; keeps eight bytes for each that stopped, so a year of orders fits. A clock that ended
 * without a stop, or still runs, counts in `orders` alone. A stop before its origin counts as stopped, never as within.
 */
export function createTally(): Tally {
  const sums = new Map<string, Sum>();
  const sumOf = (rule: string, area: string): Sum => {
    const key = JSON.stringify([rule, area]);
    const sum = sums.get(key) ?? { rule, area, orders: 0, minutes: [], met: 0, missed: 0, unknown: 0 };
    sums.set(key, sum);
    return sum;
  };
  return {
    add: (area, clock, verdict) => {
      for (const sum of [sumOf(clock.rule, ALL), sumOf(clock.rule, area)]) {
        sum.orders += 1;
        if (clock.stop) sum.minutes.push((clock.stop.time.est - clock.origin.est) / MINUTE);
        if (verdict.is !== 'running' && (clock.stop || !clock.ended)) sum[verdict.is] += 1;
      }
    },
    report: () => ({ rules: [...sums.values()].map(rowOf) }),
  };
}

type Sum = {
  readonly rule: string;
  readonly area: string;
  orders: number;
  readonly minutes: number[];
  met: number;
  missed: number;
  unknown: number;
};

const ALL = 'all';
const MINUTE = 60_000;
const WITHIN = [45, 90, 120] as const;

function rowOf({ rule, area, orders, minutes, met, missed, unknown }: Sum): ReportRow {
  const sorted = Float64Array.from(minutes).sort();
  const within = Object.fromEntries(
    WITHIN.map((limit) => [limit, sorted.filter((one) => one >= 0 && one <= limit).length]),
  );
  const average = sorted.reduce((sum, one) => sum + one, 0) / sorted.length;
  return {
    rule,
    area,
    orders,
    stopped: sorted.length,
    within,
    p50Min: percentile(sorted, 0.5),
    p90Min: percentile(sorted, 0.9),
    averageMin: sorted.length === 0 ? null : rounded(average),
    met,
    missed,
    unknown,
  };
}

/** The first value that more than `share` of all lie at or below: with an even count, the upper of the middle two. */
function percentile(sorted: Float64Array, share: number): number | null {
  const value = sorted[Math.min(Math.floor(sorted.length * share), sorted.length - 1)];
  return value === undefined ? null : rounded(value);
}

const rounded = (minutes: number): number => Math.round(minutes * 100) / 100;
