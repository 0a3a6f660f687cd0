import * as z from 'zod/mini';

import { CrewId } from '../ids.ts';
import { Given, Point, text } from './parts.ts';

/**
 * Facts of the crew's work. `crew`: whose work it is (null in an import that does not know).
 * `radio`: the desk writes it down for the crew, from the radio. `at`: a typed or imported time instead of the tap's.
 */
const field = {
  crew: z.nullable(CrewId),
  radio: z.optional(z.literal(true)),
  at: z.optional(Given),
  point: z.optional(Point),
};

export const Departed = z.object(field);
export type Departed = z.infer<typeof Departed>;

export const Arrived = z.object(field);
export type Arrived = z.infer<typeof Arrived>;

/** Ticks not set are recorded as not confirmed; they never stop the fact. */
export const Restored = z.object({
  ...field,
  extent: z.enum(['all', 'part']),
  safety: z.optional(z.object({ earthsRemoved: z.boolean(), peopleClear: z.boolean(), customerTold: z.boolean() })),
});
export type Restored = z.infer<typeof Restored>;

export const Submitted = z.object({ ...field, note: z.optional(text(1000)) });
export type Submitted = z.infer<typeof Submitted>;

export const Noted = z.object({ ...field, text: text(2000) });
export type Noted = z.infer<typeof Noted>;
