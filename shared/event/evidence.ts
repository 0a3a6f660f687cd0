import * as z from 'zod/mini';

import { CrewId } from '../ids.ts';
import { text } from './parts.ts';

/**
 * The customer's signature as pen strokes, small enough to travel inside the event: each stroke is x, y, x, y …
 * in whole units of a `width` × `height` field. `shown`: the lines that stood above the field when it was signed.
 */
export const Signed = z.object({
  crew: z.nullable(CrewId),
  name: z.optional(text(80)),
  shown: z.array(text(300)).check(z.maxLength(8)),
  width: z.int().check(z.gte(1), z.lte(4000)),
  height: z.int().check(z.gte(1), z.lte(4000)),
  strokes: z
    .array(z.array(z.int().check(z.gte(-100), z.lte(4100))).check(z.minLength(2), z.maxLength(2000)))
    .check(z.minLength(1), z.maxLength(200)),
});
export type Signed = z.infer<typeof Signed>;
