import * as z from 'zod/mini';

/** Years 1 to 9999. */
export const FIRST_INSTANT = -62_135_596_800_000;
export const LAST_INSTANT = 253_402_300_799_999;

/** Milliseconds since 1970-01-01T00:00Z. */
export const Instant = z.int().check(z.gte(FIRST_INSTANT), z.lte(LAST_INSTANT));
export type Instant = number;

const Page = z.string().check(z.maxLength(36));

/** Both clocks of one page session at one moment. */
export const Moment = z.object({ wall: Instant, mono: z.number() });
export type Moment = z.infer<typeof Moment>;

export const Anchor = z.object({
  server: Instant,
  wall: Instant,
  mono: z.number(),
  page: Page,
  halfTrip: z.number().check(z.gte(0)),
});
export type Anchor = z.infer<typeof Anchor>;

/** A position fix that had to be new: the clocks when it was asked for and when it came, and the time it bears. */
export const GpsFix = z.object({ at: Instant, asked: Moment, got: Moment });
export type GpsFix = z.infer<typeof GpsFix>;

/**
 * What a writer's clocks showed at one moment, kept for ever as read.
 * `wall`: Date.now(). `mono`: performance.now() of page session `page`; it stops while the tablet sleeps.
 * `anchor`: the last answer of the server before this moment: its time, the readings then, and half the round trip.
 * `gps`: the last fix of this page session whose time was not the wall clock's. A bare number came from early clients
 * and proves nothing.
 */
export const ClockReading = z.object({
  wall: Instant,
  mono: z.number(),
  page: Page,
  anchor: z.optional(Anchor),
  gps: z.optional(z.union([Instant, GpsFix])),
});
export type ClockReading = z.infer<typeof ClockReading>;

/** One question to the server and its answer: the clocks at both ends, and the server's time in between. */
export const Exchange = z.object({ sent: Moment, got: Moment, received: Instant, answered: Instant });
export type Exchange = z.infer<typeof Exchange>;

/** What one page session wrote down without another one in between: (mono, wall), and facts placed by their mono. */
export const Run = z.object({
  page: Page,
  points: z.array(z.tuple([z.number(), Instant])).check(z.minLength(1), z.maxLength(1_000)),
  exchanges: z.optional(z.array(Exchange).check(z.maxLength(200))),
  fixes: z.optional(z.array(GpsFix).check(z.maxLength(200))),
});
export type Run = z.infer<typeof Run>;

/** What a tablet's clocks showed over a stretch of time, in the order in which it was written down. */
export const ClockChain = z.array(Run).check(z.maxLength(1_000));
export type ClockChain = z.infer<typeof ClockChain>;
