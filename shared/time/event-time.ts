import * as z from 'zod/mini';

import { Instant } from './clock-reading.ts';

/**
 * When something happened, as far as can be known: the true time lies in [lo, hi]; `est` ± `e` is the best guess.
 * Grade A, B: the estimate may judge; C: only the bounds may.
 * `given`: the time was typed or brought by an import, not read from a clock at the tap.
 */
export const EventTime = z.object({
  lo: Instant,
  hi: Instant,
  est: Instant,
  e: z.number(),
  grade: z.enum(['A', 'B', 'C']),
  given: z.optional(z.enum(['typed', 'import'])),
});
export type EventTime = z.infer<typeof EventTime>;
export type Grade = EventTime['grade'];

export type Answer = 'yes' | 'no' | 'unknown';

/** Did it happen at or before `limit`? Grades A and B answer by their estimate, C by its bounds. */
export function atOrBefore(time: EventTime, limit: Instant): Answer {
  if (time.grade !== 'C') return time.est <= limit ? 'yes' : 'no';
  if (time.hi <= limit) return 'yes';
  return time.lo > limit ? 'no' : 'unknown';
}

/** A time that is exactly known, as the server's own events are. */
export const exactly = (at: Instant): EventTime => ({ lo: at, hi: at, est: at, e: 0, grade: 'A' });
