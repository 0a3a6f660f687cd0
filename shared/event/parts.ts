import * as z from 'zod/mini';

import { Instant } from '../time/clock-reading.ts';

/** Pieces that several kinds share. */

export const text = (max: number) => z.string().check(z.minLength(1), z.maxLength(max));

export const Point = z.object({
  lat: z.number().check(z.gte(-90), z.lte(90)),
  lon: z.number().check(z.gte(-180), z.lte(180)),
  /** Radius of uncertainty, metres. */
  acc: z.optional(z.number().check(z.gte(0))),
});
export type Point = z.infer<typeof Point>;

/** A time somebody stated instead of a clock read at the tap; ± e ms where known. */
export const Given = z.object({
  at: Instant,
  e: z.optional(z.number().check(z.gte(0))),
  source: z.enum(['typed', 'import']),
});
export type Given = z.infer<typeof Given>;

export const AREAS = ['urban', 'rural', 'remote'] as const;
export const Area = z.enum(AREAS);
export type Area = z.infer<typeof Area>;

export const CUSTOMER_CLASSES = ['ordinary', 'important'] as const;
export const CustomerClass = z.enum(CUSTOMER_CLASSES);
export type CustomerClass = z.infer<typeof CustomerClass>;
