import type { Rule } from '../event/rule-pack.ts';
import type { Fact } from '../order/order.ts';
import { spanOf, type Span } from './span.ts';

/** A stretch of time in which a clock does not run; `to` is Infinity while it lasts. */
export type Pause = Span;

/**
 * The pauses a rule permits, told three ways: what surely was one, what most likely was, and what may have been. A
 * suspension lasts until the next resumption or suspension by their own times, and in which order doubtful ones came
 * is as doubtful as they are.
 */
export type Pauses = {
  readonly least: readonly Pause[];
  readonly likely: readonly Pause[];
  readonly most: readonly Pause[];
};

const NONE: Pauses = { least: [], likely: [], most: [] };

export function pausesOf(facts: readonly Fact[], { kind, pausedBy }: Rule): Pauses {
  if (kind === 'ceiling' || pausedBy.length === 0) return NONE;
  const turns = facts
    .filter((fact) => fact.kind === 'suspended' || fact.kind === 'resumed')
    .toSorted((a, b) => a.time.est - b.time.est)
    .map((fact, order): Turn => {
      const pauses = fact.kind === 'suspended' && fact.reason !== undefined && pausedBy.includes(fact.reason);
      // Acceptance is of what reaches a stage; a pause keeps its doubt.
      return { ...spanOf({ time: fact.time, accepted: false }), est: fact.time.est, order, pauses };
    });
  if (!turns.some(({ pauses }) => pauses)) return NONE;
  const likely = turns.flatMap(({ est, pauses }, index) =>
    pauses ? [{ from: est, to: turns[index + 1]?.est ?? Infinity }] : [],
  );
  if (turns.every(({ from, to }) => from === to)) return { least: likely, likely, most: likely };
  const pausing = turns.filter(({ pauses }) => pauses);
  const others = turns.filter(({ pauses }) => !pauses);
  const mayPause = (at: number): boolean => pausing.some((turn) => mayBeLast(turn, others, at));
  const mayRun = (at: number): boolean =>
    turns.every(({ to }) => to > at) || others.some((turn) => mayBeLast(turn, pausing, at));
  return { least: stretches(turns, (at) => !mayRun(at)), likely, most: stretches(turns, mayPause) };
}

/** A suspension or resumption; `order`: its place by the estimates, which decides between equal times. */
type Turn = Span & { readonly est: number; readonly order: number; readonly pauses: boolean };

/** May this have been the last turn at `at`, as late as it can, with each of the others before it or still to come? */
function mayBeLast(turn: Turn, others: readonly Turn[], at: number): boolean {
  if (turn.from > at) return false;
  const then = Math.min(turn.to, at);
  return others.every(({ from, to, order }) => to > at || from < then || (from === then && order < turn.order));
}

/** Where `is` holds; it can change only at the bounds of a turn. */
function stretches(turns: readonly Turn[], is: (at: number) => boolean): readonly Pause[] {
  const bounds = [...new Set(turns.flatMap(({ from, to }) => [from, to]))].toSorted((a, b) => a - b);
  return bounds.flatMap((from, index) => (is(from) ? [{ from, to: bounds[index + 1] ?? Infinity }] : []));
}

/** When a clock that began at `origin` has run for `length`: Infinity if a pause that still lasts comes before that. */
export function ranFor(origin: number, length: number, pauses: readonly Pause[]): number {
  let at = origin;
  let left = length;
  for (const pause of pauses) {
    if (pause.to <= at) continue;
    const run = Math.max(0, pause.from - at);
    if (run >= left) break;
    left -= run;
    at = pause.to;
  }
  return at + left;
}
