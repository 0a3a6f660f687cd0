import type { EventId } from '#shared/ids.ts';
import type { Fact, Order } from '#shared/order/order.ts';
import { isWatched } from '#shared/sla/leading.ts';
import { reachedBy } from '#shared/sla/stage-facts.ts';

import { clocksOf, type ShownClock } from '../judge.ts';
import type { Known } from '../known.ts';

/** A clock that only a person can settle, with the facts whose times may be accepted. */
export type Doubt = { readonly clock: ShownClock; readonly facts: readonly Fact[] };

/**
 * Clocks that nobody's clock can settle: the time may lie on either side of the limit, or it lies in time without being
 * proof and came only after somebody had been alerted.
 */
export function doubtsOf(order: Order, known: Known): readonly Doubt[] {
  return clocksOf(order, known)
    .filter((clock) => isWatched(clock.clock.rule) && needsPerson(order, clock))
    .map((clock) => {
      const ids = new Set(reachedBy(order, clock.clock.rule.stop).map(({ fact }) => fact));
      return { clock, facts: order.facts.filter(({ id, accepted }) => ids.has(id) && !accepted) };
    })
    .filter(({ facts }) => facts.length > 0);
}

function needsPerson(order: Order, { clock, verdict }: ShownClock): boolean {
  if (!clock.stop || !verdict) return false;
  if (verdict.is === 'unknown') return verdict.why === 'clock';
  if (verdict.is !== 'met' || verdict.sure) return false;
  // Nobody was heard when the limit passed: that the time lies in time is only said, also once the alert is closed out.
  return order.alerts.some(
    ({ rule, epoch, level, quiet }) => rule === clock.rule.id && epoch === clock.epoch && !quiet && level !== 'soon',
  );
}

/** The clock as it would stand if a person accepted the time of `fact`. */
export function ifAccepted(
  order: Order,
  fact: EventId,
  { clock, known }: { clock: ShownClock; known: Known },
): ShownClock {
  const accepted = { by: null, at: known.at, reason: '' };
  const facts = order.facts.map((one) => (one.id === fact ? { ...one, accepted } : one));
  const found = clocksOf({ ...order, facts }, known).find((one) => one.clock.rule.id === clock.clock.rule.id);
  return found ?? clock;
}
