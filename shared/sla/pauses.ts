import type { Rule } from '../event/rule-pack.ts';
import type { Fact } from '../order/order.ts';
import { spanOf, type Span } from './span.ts';

/** A stretch of time in which a clock does not run; `to` is Infinity while it lasts. */
export type Pause = Span;

/**
 * The pauses a rule permits, told three ways: as short as they can have been, as they most likely were, as long as they
 * can have been. A suspension lasts until the next resumption or suspension by their own times.
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
    .toSorted((a, b) => a.time.est - b.time.est);
  const permitted = turns.flatMap((turn, index) => {
    if (turn.kind !== 'suspended' || !turn.reason || !pausedBy.includes(turn.reason)) return [];
    const end = turns[index + 1];
    return {
      start: spanOfTurn(turn),
      startAt: turn.time.est,
      end: end ? spanOfTurn(end) : FOR_EVER,
      endAt: end?.time.est ?? Infinity,
    };
  });
  if (permitted.length === 0) return NONE;
  return {
    least: inOrder(permitted.map(({ start, end }) => ({ from: start.to, to: end.from }))),
    likely: inOrder(permitted.map(({ startAt, endAt }) => ({ from: startAt, to: endAt }))),
    most: inOrder(permitted.map(({ start, end }) => ({ from: start.from, to: end.to }))),
  };
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

const FOR_EVER: Span = { from: Infinity, to: Infinity };

/** Acceptance is of what reaches a stage; a pause keeps its doubt. */
const spanOfTurn = ({ time }: Fact): Span => spanOf({ time, accepted: false });

const inOrder = (pauses: readonly Pause[]): readonly Pause[] =>
  pauses.filter(({ from, to }) => to > from).toSorted((a, b) => a.from - b.from);
