import * as z from 'zod/mini';

/** Years 1 to 9999. */
export const FIRST_INSTANT = -62_135_596_800_000;
export const LAST_INSTANT = 253_402_300_799_999;

/** Milliseconds since 1970-01-01T00:00Z. */
export const Instant = z.int().check(z.gte(FIRST_INSTANT), z.lte(LAST_INSTANT));
export type Instant = number;

/**
 * What a writer's clocks showed at one moment, kept for ever as read.
 * `wall`: Date.now(). `mono`: performance.now() of page session `page`; it stops while the tablet sleeps.
 * `anchor`: the last answer of the server before this moment: its time, the readings then, and half the round trip.
 */
export const Anchor = z.object({
  server: Instant,
  wall: Instant,
  mono: z.number(),
  page: z.string().check(z.maxLength(36)),
  halfTrip: z.number().check(z.gte(0)),
});
export type Anchor = z.infer<typeof Anchor>;

export const ClockReading = z.object({
  wall: Instant,
  mono: z.number(),
  page: z.string().check(z.maxLength(36)),
  anchor: z.optional(Anchor),
  /** GPS fix time, where a fix was at hand. */
  gps: z.optional(Instant),
});
export type ClockReading = z.infer<typeof ClockReading>;
