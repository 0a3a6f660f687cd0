import type { Fact, Ms, Rule, When } from './history.ts';

/** A time for judging: a point when from = to, else somewhere in between. */
export type Span = { readonly from: Ms; readonly to: Ms };

export type Clock = {
  readonly epoch: number;
  readonly origin: Span;
  readonly limit: Span;
  readonly warn: Span;
  /** A stop before this surely lies before its origin. */
  readonly notBefore: Ms;
};

/** An estimate may be trusted as a point if it is graded A or B and nobody typed it, or if a person accepted it. */
export function isSure(when: When): boolean {
  if (when.accepted === true) return true;
  return !when.typed && (when.grade === 'A' || when.grade === 'B');
}

export function spanOf(when: When): Span {
  return isSure(when) ? { from: when.est, to: when.est } : { from: when.lo, to: when.hi };
}

/** The clock of one rule, from the facts known so far; undefined while it has not begun. */
export function clockOf(facts: readonly Fact[], rule: Rule): Clock | undefined {
  const area = areaOf(facts);
  const limitMs = area === undefined ? undefined : rule.limitMs[area];
  const begun = originOf(facts, rule);
  if (limitMs === undefined || begun === undefined) return undefined;
  const { origin, notBefore } = begun;
  const after = (ms: Ms): Span => ({
    from: walk(origin.from, ms, shortestPauses(facts, rule)),
    to: walk(origin.to, ms, longestPauses(facts, rule)),
  });
  const warn = after(Math.round(limitMs * rule.warnShare));
  return { epoch: epochOf(facts), origin, limit: after(limitMs), warn, notBefore };
}

/** Begins at 1; one more for each reopening and for each change to another area class. */
export function epochOf(facts: readonly Fact[]): number {
  let epoch = 1;
  let area: string | undefined;
  for (const fact of facts) {
    if (fact.kind === 'reopened') epoch += 1;
    if (fact.kind === 'areaChanged' && fact.area !== area) epoch += 1;
    if (fact.kind === 'reported' || fact.kind === 'areaChanged') area = fact.area;
  }
  return epoch;
}

/**
 * The times at which a stage was reached since the order was reported or last reopened: those that came into the log
 * after that, and are not surely from before it.
 */
export function timesOf(facts: readonly Fact[], stage: string): readonly When[] {
  const reopening = facts.findLastIndex((fact) => fact.kind === 'reopened');
  const reopened = facts[reopening];
  const begun = reopened?.kind === 'reopened' ? spanOf(reopened.when).from : -Infinity;
  const times: When[] = [];
  for (const fact of facts.slice(reopening + 1)) {
    const isDispatch = fact.kind === 'dispatched' || fact.kind === 'reassigned';
    if (isDispatch && stage === 'dispatched') times.push(fact.when);
    if (fact.kind === 'reached' && fact.stage === stage) times.push(acceptedIfSo(facts, fact));
  }
  return times.filter((when) => spanOf(when).to >= begun);
}

/** The time of a reached fact; an accepted one is its estimate and nothing around it. */
function acceptedIfSo(facts: readonly Fact[], reached: Extract<Fact, { kind: 'reached' }>): When {
  const { id, when } = reached;
  const isAccepted = id !== undefined && facts.some((fact) => fact.kind === 'timeAccepted' && fact.fact === id);
  return isAccepted ? { ...when, lo: when.est, hi: when.est, e: 0, accepted: true } : when;
}

/** The sure times if there are any, else those a clock gave, else the typed ones. */
export function bestOf(times: readonly When[]): readonly When[] {
  const sure = times.filter(isSure);
  if (sure.length > 0) return sure;
  const read = times.filter(({ typed }) => !typed);
  return read.length > 0 ? read : times;
}

function areaOf(facts: readonly Fact[]): string | undefined {
  let area: string | undefined;
  for (const fact of facts) if (fact.kind === 'reported' || fact.kind === 'areaChanged') area = fact.area;
  return area;
}

/** The earliest of the best times of what begins the clock. */
function originOf(facts: readonly Fact[], rule: Rule): { origin: Span; notBefore: Ms } | undefined {
  const times = rule.origin === 'reported' ? beginningOf(facts) : bestOf(timesOf(facts, rule.origin));
  if (times.length === 0) return undefined;
  const least = (of: (when: When) => Ms): Ms => Math.min(...times.map(of));
  const origin = { from: least((when) => spanOf(when).from), to: least((when) => spanOf(when).to) };
  return { origin, notBefore: least((when) => (isSure(when) ? when.est - when.e : when.lo)) };
}

function beginningOf(facts: readonly Fact[]): readonly When[] {
  const begun = facts.findLast((fact) => fact.kind === 'reported' || fact.kind === 'reopened');
  return begun?.kind === 'reported' || begun?.kind === 'reopened' ? [begun.when] : [];
}

/** From `start`, the instant at which `ms` have run outside the pauses. */
function walk(start: Ms, ms: Ms, pauses: readonly Span[]): Ms {
  let at = start;
  let left = ms;
  for (const pause of pauses) {
    if (pause.to <= at) continue;
    const running = Math.max(0, pause.from - at);
    if (running >= left) return at + left;
    left -= running;
    at = pause.to;
  }
  return at + left;
}

function shortestPauses(facts: readonly Fact[], rule: Rule): readonly Span[] {
  return stretches(facts, rule, (worlds) => worlds.every(Boolean));
}

function longestPauses(facts: readonly Fact[], rule: Rule): readonly Span[] {
  return stretches(facts, rule, (worlds) => worlds.some(Boolean));
}

type Turn = Extract<Fact, { kind: 'suspended' | 'resumed' }>;

/**
 * The stretches between the bounds of all suspensions and resumptions of which `holds` is true. It is asked with whether
 * the clock is paused, once for each way in which their true times can lie.
 */
function stretches(
  facts: readonly Fact[],
  rule: Rule,
  holds: (paused: readonly boolean[]) => boolean,
): readonly Span[] {
  if (rule.kind === 'ceiling') return [];
  const turns = facts
    .filter((fact) => fact.kind === 'suspended' || fact.kind === 'resumed')
    .toSorted((a, b) => a.when.est - b.when.est);
  const bounds = turns.flatMap(({ when }) => [spanOf(when).from, spanOf(when).to]).toSorted((a, b) => a - b);
  return bounds
    .map((from, at) => ({ from, to: bounds[at + 1] ?? Infinity }))
    .filter(({ from, to }) => from < to && holds(worldsAt(turns, from).map((world) => isPaused(turns, world, rule))));
}

/** Every way in which the turns can lie to `at` and to each other: each at a bound of its own, then, or just after. */
function worldsAt(turns: readonly Turn[], at: Ms): readonly (readonly (Ms | undefined)[])[] {
  let worlds: readonly (readonly (Ms | undefined)[])[] = [[]];
  for (const { when } of turns) {
    const { from, to } = spanOf(when);
    const times = [...new Set([from, to, at, at + 1].filter((time) => time >= from && time <= to))];
    // What comes after `at` says nothing yet.
    const said = [...new Set(times.map((time) => (time > at ? undefined : time)))];
    worlds = worlds.flatMap((world) => said.map((time) => [...world, time]));
  }
  return worlds;
}

/** A suspension lasts until the next resumption or suspension by their own times; between equal ones the later estimate. */
function isPaused(turns: readonly Turn[], world: readonly (Ms | undefined)[], rule: Rule): boolean {
  let last: { readonly turn: Turn; readonly time: Ms } | undefined;
  for (const [index, turn] of turns.entries()) {
    const time = world[index];
    if (time !== undefined && (last === undefined || time >= last.time)) last = { turn, time };
  }
  return last?.turn.kind === 'suspended' && rule.pausedBy.includes(last.turn.reason);
}
