import * as z from 'zod/mini';

import { Given, text } from './parts.ts';

export const Closed = z.object({
  outcome: z.enum(['restored', 'customerSide', 'noFault', 'duplicate', 'cancelled']),
  note: z.optional(text(1000)),
  at: z.optional(Given),
});
export type Closed = z.infer<typeof Closed>;

/** Leaves tablets and the live work set; the archive keeps it. */
export const Archived = z.object({});
export type Archived = z.infer<typeof Archived>;
