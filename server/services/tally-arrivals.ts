import type { ReportFigures, ReportSpread, Span } from '#shared/api/report.ts';
import type { Verdict } from '#shared/sla/verdict.ts';

/** Minutes from origin to stop: the best guess, and what they may be. */
export type Taken = { readonly est: number; readonly least: number; readonly most: number };

/**
 * One clock to be counted. `taken` null: it has not stopped. `verdict` null: it ended without a stop. Limits in minutes,
 * as the rule says; `ceiling`: of the same stage, if there is one, and whether it was passed for certain.
 */
export type Counted = {
  readonly taken: Taken | null;
  readonly verdict: Verdict | null;
  readonly limitMin: number;
  readonly averageTargetMin: number | null;
  readonly ceiling: { readonly limitMin: number; readonly over: boolean } | null;
};

export type Tally = {
  readonly add: (one: Counted) => void;
  readonly figures: () => ReportFigures;
  readonly spread: () => ReportSpread;
};

/**
 * Adds up clocks one by one; keeps 24 bytes for each that stopped, so a year of orders fits. A clock that ended without
 * a stop counts in `orders` alone. A stop before its origin counts as stopped, never as within.
 */
export function createTally(): Tally {
  const counts = { ...NONE };
  const minutes: number[] = [];
  const least: number[] = [];
  const most: number[] = [];
  const targets = { sum: 0, of: 0 };
  const limit: Widest = { from: Infinity, to: -Infinity };
  const ceiling: Widest = { from: Infinity, to: -Infinity };
  return {
    add: (one) => {
      counts.orders += 1;
      widen(limit, one.limitMin);
      if (one.ceiling) widen(ceiling, one.ceiling.limitMin);
      if (one.ceiling?.over === true) counts.overCeiling += 1;
      if (one.taken) {
        minutes.push(one.taken.est);
        least.push(one.taken.least);
        most.push(one.taken.most);
        if (one.averageTargetMin !== null) {
          targets.sum += one.averageTargetMin;
          targets.of += 1;
        }
      }
      if (one.verdict) countVerdict(counts, one.verdict);
    },
    figures: () => {
      const [sorted, low, high] = [minutes, least, most].map((all) => Float64Array.from(all).sort());
      if (!sorted || !low || !high) throw new Error('three lists were sorted');
      return {
        ...counts,
        stopped: sorted.length,
        within: Object.fromEntries(WITHIN.map((minute) => [minute, upTo(sorted, minute)])),
        p50Min: percentile(sorted, 0.5),
        p50Span: spanOf(percentile(low, 0.5), percentile(high, 0.5)),
        p90Min: percentile(sorted, 0.9),
        p90Span: spanOf(percentile(low, 0.9), percentile(high, 0.9)),
        averageMin: average(sorted),
        averageSpan: spanOf(average(low), average(high)),
        averageTargetMin: targets.of === 0 ? null : rounded(targets.sum / targets.of),
        limitMin: widestOf(limit),
        ceilingMin: widestOf(ceiling),
      };
    },
    spread: () => spreadOf(minutes, [limit.from, limit.to, ceiling.from, ceiling.to].filter(Number.isFinite)),
  };
}

const WITHIN = [45, 90, 120] as const;

const NONE = {
  orders: 0,
  overCeiling: 0,
  met: 0,
  metUnsure: 0,
  missed: 0,
  missedNoEvidence: 0,
  unknown: 0,
  unknownSilent: 0,
  unknownClock: 0,
  running: 0,
};

type Counts = { -readonly [Key in keyof typeof NONE]: number };

function countVerdict(counts: Counts, verdict: Verdict): void {
  switch (verdict.is) {
    case 'met':
      counts.met += 1;
      if (!verdict.sure) counts.metUnsure += 1;
      break;
    case 'missed':
      counts[verdict.evidence ? 'missed' : 'missedNoEvidence'] += 1;
      break;
    case 'unknown':
      counts.unknown += 1;
      counts[verdict.why === 'silent' ? 'unknownSilent' : 'unknownClock'] += 1;
      break;
    case 'running':
      counts.running += 1;
      break;
  }
}

const upTo = (sorted: Float64Array, minute: number): number =>
  sorted.reduce((count, one) => (one >= 0 && one <= minute ? count + 1 : count), 0);

/** The first value that more than `share` of all lie at or below: with an even count, the upper of the middle two. */
function percentile(sorted: Float64Array, share: number): number | null {
  const value = sorted[Math.min(Math.floor(sorted.length * share), sorted.length - 1)];
  return value === undefined ? null : rounded(value);
}

const average = (sorted: Float64Array): number | null =>
  sorted.length === 0 ? null : rounded(sorted.reduce((sum, one) => sum + one, 0) / sorted.length);

const spanOf = (low: number | null, high: number | null): Span | null =>
  low === null || high === null ? null : [low, high];

type Widest = { from: number; to: number };

function widen(span: Widest, to: number): void {
  span.from = Math.min(span.from, to);
  span.to = Math.max(span.to, to);
}

const widestOf = ({ from, to }: Widest): Span | null => (from <= to ? [from, to] : null);

/** Bars of one width, twice as far as the longest limit, and one for all beyond. No bar goes across a limit. */
function spreadOf(minutes: readonly number[], limits: readonly number[]): ReportSpread {
  const reach = 2 * Math.max(...limits, 1);
  const narrow = STEPS.filter((step) => reach / step <= BARS);
  const stepMin =
    narrow.find((step) => limits.every((limit) => limit % step === 0)) ?? narrow[0] ?? Math.ceil(reach / BARS);
  const counts = Array.from({ length: Math.ceil(reach / stepMin) + 1 }, () => 0);
  let before = 0;
  for (const one of minutes) {
    const at = Math.min(Math.floor(one / stepMin), counts.length - 1);
    if (one < 0) before += 1;
    else counts[at] = (counts[at] ?? 0) + 1;
  }
  return { stepMin, counts, before };
}

const BARS = 48;
const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 360, 720, 1_440];

const rounded = (minutes: number): number => Math.round(minutes * 100) / 100;
