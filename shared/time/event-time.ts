import * as z from 'zod/mini';

import { Instant } from './clock-reading.ts';

/**
 * Why a time has its grade. A: `session` (an awake page between two answers), `gps`. B: `offsets` (the clock stood the
 * same way before and after), `step` (it was put right, and only one side of that fits), `narrow` (the bounds say
 * enough). C: `setBack`, `changed` (the clock was, in between), `slept` (nothing to compare with yet), `noAnchor` (the
 * server was never heard before), `contradiction`.
 */
export const TIME_REASONS = [
  'session',
  'gps',
  'offsets',
  'step',
  'narrow',
  'setBack',
  'changed',
  'slept',
  'noAnchor',
  'contradiction',
  'typed',
  'import',
] as const;
export type TimeReason = (typeof TIME_REASONS)[number];

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
  /** Missing on the server's own events and on what was received before reasons were kept. */
  why: z.optional(z.enum(TIME_REASONS)),
});
export type EventTime = z.infer<typeof EventTime>;
export type Grade = EventTime['grade'];

/** A time that is exactly known, as the server's own events are. */
export const exactly = (at: Instant): EventTime => ({ lo: at, hi: at, est: at, e: 0, grade: 'A' });
