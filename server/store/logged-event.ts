import type { LoggedEvent } from '#shared/event/envelope.ts';

import { event } from './schema.ts';

/** The columns of an event as everybody else sees it. */
export const LOGGED = {
  event: event.body,
  hash: event.hash,
  q: event.q,
  rcv: event.rcv,
  lo: event.lo,
  hi: event.hi,
  est: event.est,
  e: event.e,
  grade: event.grade,
  given: event.given,
  why: event.why,
};

export type LoggedRow = Pick<
  typeof event.$inferSelect,
  'hash' | 'q' | 'rcv' | 'lo' | 'hi' | 'est' | 'e' | 'grade' | 'given' | 'why'
> & {
  readonly event: LoggedEvent['event'];
};

export const loggedEvent = ({ event: made, hash, q, rcv, ...times }: LoggedRow): LoggedEvent => ({
  event: made,
  hash,
  q,
  rcv,
  time: timeOf(times),
});

/** What is known of when it happened, as it is told. */
export const timeOf = ({
  lo,
  hi,
  est,
  e,
  grade,
  given,
  why,
}: Pick<LoggedRow, 'lo' | 'hi' | 'est' | 'e' | 'grade' | 'given' | 'why'>): LoggedEvent['time'] => ({
  lo,
  hi,
  est,
  e,
  grade,
  ...(given ? { given } : {}),
  ...(why ? { why } : {}),
});
