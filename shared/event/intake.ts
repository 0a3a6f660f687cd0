import * as z from 'zod/mini';

import { UnitId } from '../ids.ts';
import { Area, Given, Point, text } from './parts.ts';

/** A customer's report; its id becomes the order's id. */
export const Reported = z.object({
  unit: UnitId,
  address: text(300),
  point: z.optional(Point),
  area: Area,
  channel: z.enum(['phone', 'web', 'sms', 'platform', 'desk', 'crew', 'api', 'import']),
  customer: z.optional(
    z.object({ name: z.optional(text(80)), phone: z.optional(text(40)), account: z.optional(text(40)) }),
  ),
  /** Customers without power, as far as known. */
  customers: z.optional(z.int().check(z.gte(0))),
  /** What the caller said, in the caller's words. */
  words: z.optional(text(1000)),
  hazards: z.optional(z.array(z.enum(['lineDown', 'injury', 'medical', 'fire', 'vip'])).check(z.maxLength(5))),
  at: z.optional(Given),
  /** Where an import or another system has it; importing the same key again creates nothing. */
  source: z.optional(z.object({ system: text(40), key: text(120) })),
});
export type Reported = z.infer<typeof Reported>;
