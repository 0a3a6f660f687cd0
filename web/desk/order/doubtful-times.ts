import type { EventId } from '#shared/ids.ts';
import type { Fact, Order } from '#shared/order/order.ts';
import { isWatched } from '#shared/sla/leading.ts';
import { reachedBy } from '#shared/sla/stage-facts.ts';

import { clocksOf, needsPerson, type ShownClock } from '../judge.ts';
import type { Known } from '../known.ts';

/** A clock that only a person can settle, with the facts whose times may be accepted. */
export type Doubt = { readonly clock: ShownClock; readonly facts: readonly Fact[] };

/** The clocks that only a person can settle. */
export function doubtsOf(order: Order, known: Known): readonly Doubt[] {
  return clocksOf(order, known)
    .filter((clock) => isWatched(clock.clock.rule) && needsPerson(order, clock))
    .map((clock) => {
      const ids = new Set(reachedBy(order, clock.clock.rule.stop).map(({ fact }) => fact));
      return { clock, facts: order.facts.filter(({ id, accepted }) => ids.has(id) && !accepted) };
    })
    .filter(({ facts }) => facts.length > 0);
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
