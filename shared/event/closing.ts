import * as z from 'zod/mini';

import { EventId } from '../ids.ts';
import { Instant } from '../time/clock-reading.ts';
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

/** The time by which the desk tells customers that power will be back. */
export const EtrSet = z.object({ etr: Instant, reason: z.optional(text(300)) });
export type EtrSet = z.infer<typeof EtrSet>;

/** The customer was called back. `arrival`: what the customer says of the crew's arrival. */
export const Visited = z.object({
  reached: z.boolean(),
  satisfied: z.optional(z.enum(['yes', 'partly', 'no'])),
  arrival: z.optional(z.enum(['confirmed', 'disputed'])),
  note: z.optional(text(1000)),
});
export type Visited = z.infer<typeof Visited>;

/** A person has looked at the evidence of a fact's time and takes it as good: its estimate counts as proof. */
export const TimeAccepted = z.object({ fact: EventId, reason: text(300) });
export type TimeAccepted = z.infer<typeof TimeAccepted>;
