import { isDeepStrictEqual } from 'node:util';

import type { Envelope } from '#shared/event/envelope.ts';
import { erased } from '#shared/order/erase.ts';

import type { EventTable } from './log-tables.ts';
import type { IncomingEvent } from './take-batch.ts';

/** Where the same tap lies in the log under the hash it had before it was renamed, as long as it is about the same subject. */
export function underEarlierName(
  events: EventTable,
  { event: { subject, kind, clock }, was }: IncomingEvent,
): number | null {
  const same = events
    .of(subject)
    .find(({ hash, event }) => hash === was && event.kind === kind && isSameReading(event.clock, clock));
  return same?.q ?? null;
}

/**
 * Where the same tap lies in the log under a name that nobody knows to be the same one: somebody brought a copy of an outbox
 * as his own, and a person let it in (I8). It says the same, but for the name.
 */
export function copyOf(events: EventTable, made: Envelope): number | null {
  const { subject, kind, v, by, clock, data } = made;
  const says = [data, erased(made)?.data];
  const same = events
    .of(subject)
    .find(
      ({ event: one }) =>
        one.kind === kind &&
        one.v === v &&
        one.by === by &&
        isDeepStrictEqual(one.clock, clock) &&
        says.some((data) => isDeepStrictEqual(one.data, data)),
    );
  return same?.q ?? null;
}

const isSameReading = (a: Envelope['clock'], b: Envelope['clock']): boolean => a.page === b.page && a.mono === b.mono;
