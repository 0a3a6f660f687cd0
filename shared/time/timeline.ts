import {
  LAST_INSTANT,
  type ClockChain,
  type ClockReading,
  type Exchange,
  type GpsFix,
  type Moment,
} from './clock-reading.ts';

/** Quartz keeps within 100 ppm; a clock that is being steered may differ by as much again. */
export const DRIFT = 200e-6;
/** Readings are written down in tenths of a millisecond. */
const GRAIN = 0.2;

/** A moment of page session `page`. */
export type Placed = { readonly page: string; readonly mono: number; readonly wall: number };

/** Something known about the true time at a moment of a page session. */
type Fact = { readonly page: string; readonly mono: number; readonly at: number };

/** A question and its answer, and the page session that asked. */
export type Contact = Exchange & { readonly page: string };
export type Fix = GpsFix & { readonly page: string };

/** The clock lost `ms` between two written-down readings, against the monotonic clock or against the page before. */
export type Loss = { readonly page: string; readonly from: number; readonly to: number; readonly ms: number };

/**
 * A stretch of readings in the order in which they were written down, with what the server's answers say about the true
 * time at each. The order is trusted; the wall clock is not used for any bound.
 */
export type Timeline = {
  /** Bounds of the true time at a moment. */
  readonly bounds: (at: Placed) => { readonly lo: number; readonly hi: number };
  /** Numbers of the readings a moment surely lies between, and of those next to it in its own page session. */
  readonly between: (at: Placed) => Between;
  readonly contacts: readonly Contact[];
  readonly fixes: readonly Fix[];
  readonly losses: readonly Loss[];
  readonly node: (index: number) => Placed | undefined;
  readonly size: number;
};
export type Between = { readonly after: number; readonly before: number; readonly exact: boolean };

/**
 * Two rules, and everything follows from them. What was written down later happened later. Inside one page session at
 * least as much time has passed as its monotonic clock counted: that clock may stop (sleep) and never runs ahead.
 * `end`: when the server had read the request that brought `chain`, ms.
 */
export function createTimeline(chain: ClockChain, reading: ClockReading, end: number): Timeline {
  const nodes: Placed[] = chain.flatMap(({ page, points }) => points.map(([mono, wall]) => ({ page, mono, wall })));
  const inPage = numbersByPage(nodes);
  const contacts = chain.flatMap(({ page, exchanges }) => (exchanges ?? []).map((one) => ({ ...one, page })));
  const fixes = chain.flatMap(({ page, fixes: some }) => (some ?? []).map((one) => ({ ...one, page })));
  const known = contacts.filter(({ received, answered }) => received <= end && answered <= end);
  const notBefore: Fact[] = known.map(({ page, got, answered }) => ({ page, mono: got.mono, at: answered }));
  const notAfter: Fact[] = known.map(({ page, sent, received }) => ({ page, mono: sent.mono, at: received }));
  notAfter.push({ page: reading.page, mono: reading.mono, at: end });

  const lows = nodes.map(() => Number.NEGATIVE_INFINITY);
  const highs = nodes.map(() => end);
  const raise = (index: number, at: number): void => void (lows[index] = Math.max(lows[index] ?? at, at));
  const lower = (index: number, at: number): void => void (highs[index] = Math.min(highs[index] ?? at, at));
  const last = (page: string, mono: number): number => lastUpTo(inPage.get(page) ?? [], nodes, mono);
  const first = (page: string, mono: number): number => firstFrom(inPage.get(page) ?? [], nodes, mono);

  for (const { page, mono, at } of notBefore) {
    const index = first(page, mono);
    if (index >= 0) raise(index, at + passed(mono, nodes[index]?.mono));
  }
  for (const { page, mono, at } of notAfter) {
    const index = last(page, mono);
    if (index >= 0) lower(index, at - passed(nodes[index]?.mono, mono));
  }
  const previous = neighbours(nodes);
  nodes.forEach(({ mono }, index) => {
    const before = previous[index] ?? -1;
    if (index > 0) raise(index, lows[index - 1] ?? 0);
    if (before >= 0) raise(index, (lows[before] ?? 0) + passed(nodes[before]?.mono, mono));
  });
  for (let index = nodes.length - 1; index >= 0; index -= 1) {
    const before = previous[index] ?? -1;
    if (index > 0) lower(index - 1, highs[index] ?? end);
    if (before >= 0) lower(before, (highs[index] ?? end) - passed(nodes[before]?.mono, nodes[index]?.mono));
  }

  const between = ({ page, mono }: Placed): Between => {
    const after = last(page, mono);
    const before = first(page, mono);
    const node = nodes[after];
    const exact = after >= 0 && node !== undefined && mono - node.mono <= GRAIN / 2;
    return { after, before: exact ? after : before, exact };
  };

  return {
    bounds(at) {
      const { after, before } = between(at);
      let lo = after < 0 ? Number.NEGATIVE_INFINITY : (lows[after] ?? 0) + passed(nodes[after]?.mono, at.mono);
      let hi = before < 0 ? end : (highs[before] ?? end) - passed(at.mono, nodes[before]?.mono);
      for (const fact of notBefore)
        if (fact.page === at.page && fact.mono <= at.mono) lo = Math.max(lo, fact.at + passed(fact.mono, at.mono));
      for (const fact of notAfter)
        if (fact.page === at.page && fact.mono >= at.mono) hi = Math.min(hi, fact.at - passed(at.mono, fact.mono));
      return { lo, hi: Math.min(hi, LAST_INSTANT) };
    },
    between,
    contacts: known,
    fixes,
    losses: lossesOf(nodes, previous),
    node: (index) => nodes[index],
    size: nodes.length,
  };
}

/** At least this much true time passed while a monotonic clock went from one reading to a later one. */
export const passed = (from: number | undefined, to: number | undefined): number =>
  Math.max(0, ((to ?? 0) - (from ?? 0)) * (1 - DRIFT) - GRAIN);

/** A wall clock that differs from the monotonic one by less was steered, not set. */
export const STEERED_MS = 2_000;

/** Where the wall clock runs backwards, or falls behind the monotonic clock of one page session. */
function lossesOf(nodes: readonly Placed[], previous: readonly number[]): Loss[] {
  return nodes.flatMap((node, index): Loss[] => {
    const same = previous[index] ?? -1;
    const from = same >= 0 ? same : index - 1;
    const before = nodes[from];
    if (!before) return [];
    const ms = same >= 0 ? lost(before, node) : before.wall - node.wall;
    return ms > STEERED_MS ? [{ page: node.page, from, to: index, ms }] : [];
  });
}

/** How much the wall clock fell behind between two moments of one page session. */
export const lost = (from: Moment, to: Moment): number => (to.mono - from.mono) * (1 - DRIFT) - (to.wall - from.wall);

function numbersByPage(nodes: readonly Placed[]): ReadonlyMap<string, readonly number[]> {
  const numbers = new Map<string, number[]>();
  nodes.forEach(({ page }, index) => {
    const known = numbers.get(page);
    if (known) known.push(index);
    else numbers.set(page, [index]);
  });
  return numbers;
}

/** For each reading the one before it in the same page session, or -1. */
function neighbours(nodes: readonly Placed[]): number[] {
  const latest = new Map<string, number>();
  return nodes.map(({ page }, index) => {
    const before = latest.get(page) ?? -1;
    latest.set(page, index);
    return before;
  });
}

function lastUpTo(numbers: readonly number[], nodes: readonly Placed[], mono: number): number {
  const place = countBelow(numbers, (index) => (nodes[index]?.mono ?? 0) <= mono + GRAIN / 2);
  return numbers[place - 1] ?? -1;
}

function firstFrom(numbers: readonly number[], nodes: readonly Placed[], mono: number): number {
  const place = countBelow(numbers, (index) => (nodes[index]?.mono ?? 0) < mono - GRAIN / 2);
  return numbers[place] ?? -1;
}

/** How many of `numbers`, from the first on, are below; they come first. */
function countBelow(numbers: readonly number[], below: (index: number) => boolean): number {
  let [from, to] = [0, numbers.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (below(numbers[middle] ?? 0)) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** Does one page session's monotonic clock run backwards? Then the order cannot be what it claims to be. */
export const isOrdered = (chain: ClockChain): boolean => {
  const latest = new Map<string, number>();
  return chain.every(({ page, points }) =>
    points.every(([mono]) => {
      const fine = mono >= (latest.get(page) ?? Number.NEGATIVE_INFINITY);
      latest.set(page, mono);
      return fine;
    }),
  );
};
