import * as z from 'zod/mini';

import { canonical, sha256Hex, type Json } from '../canonical.ts';
import { eventId, PersonId, Subject, WriterId, type EventId } from '../ids.ts';
import { ClockReading, Instant } from '../time/clock-reading.ts';
import { EventTime } from '../time/event-time.ts';

/** The highest position its author had seen of this subject at the first tap (I2). */
export const Seen = z.object({ epoch: z.string().check(z.maxLength(32)), q: z.int().check(z.gte(0)) });
export type Seen = z.infer<typeof Seen>;

/**
 * What every event carries, whatever its kind. `n` counts 1, 2, 3 … without gaps per writer (I3).
 * `by`: the person who did it, null for the machine itself. `data` is checked per kind in the catalog.
 */
export const Envelope = z.strictObject({
  writer: WriterId,
  n: z.int().check(z.gte(1)),
  subject: Subject,
  kind: z.string().check(z.regex(/^[a-z][A-Za-z]{1,39}$/)),
  v: z.int().check(z.gte(1), z.lte(999)),
  data: z.record(z.string(), z.unknown()),
  by: z.nullable(PersonId),
  seen: z.nullable(Seen),
  clock: ClockReading,
});
export type Envelope = z.infer<typeof Envelope>;

/** An event as it lies in the log: where, received when (server time, ms), and when it happened. */
export const LoggedEvent = z.object({
  event: Envelope,
  hash: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
  q: z.int().check(z.gte(1)),
  rcv: Instant,
  time: EventTime,
});
export type LoggedEvent = z.infer<typeof LoggedEvent>;

/** What the fold takes: a logged event, or one of one's own that no page has covered yet (q and rcv null). */
export type Recorded = Omit<LoggedEvent, 'q' | 'rcv'> & { readonly q: number | null; readonly rcv: number | null };

export const idOf = (event: Pick<Envelope, 'writer' | 'n'>): EventId => eventId(event.writer, event.n);

/** The bytes that are hashed, stored and sent, made once at submit. */
// oxlint-disable-next-line typescript/consistent-type-assertions -- data came through JSON; its schema says unknown
export const envelopeText = (event: Envelope): string => canonical(event as unknown as Json);

export const envelopeHash = (text: string): string => sha256Hex(text);
