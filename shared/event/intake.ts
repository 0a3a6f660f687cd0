import * as z from 'zod/mini';

import { OrderId, UnitId } from '../ids.ts';
import { Area, CustomerClass, Given, Point, text } from './parts.ts';

/** A customer's report; its id becomes the order's id. */
export const Reported = z.object({
  unit: UnitId,
  address: text(300),
  point: z.optional(Point),
  area: Area,
  /** Left out: ordinary. */
  customerClass: z.optional(CustomerClass),
  channel: z.enum(['phone', 'web', 'sms', 'platform', 'desk', 'crew', 'api', 'import']),
  customer: z.optional(
    z.object({ name: z.optional(text(80)), phone: z.optional(text(40)), account: z.optional(text(40)) }),
  ),
  /** What the customer hangs on, as the company's own data name it. */
  supply: z.optional(z.object({ transformer: z.optional(text(80)), feeder: z.optional(text(80)) })),
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

/** The desk corrects what was reported. Another area or customer class begins a new clock epoch. */
export const Amended = z.object({
  area: z.optional(Area),
  customerClass: z.optional(CustomerClass),
  address: z.optional(text(300)),
  point: z.optional(Point),
  words: z.optional(text(1000)),
  customers: z.optional(z.int().check(z.gte(0))),
  reason: text(300),
});
export type Amended = z.infer<typeof Amended>;

/** The same trouble as another order: it goes on there. */
export const Merged = z.object({ into: OrderId, reason: text(300) });
export type Merged = z.infer<typeof Merged>;

export const Unmerged = z.object({ reason: text(300) });
export type Unmerged = z.infer<typeof Unmerged>;

/** No crew was needed: in arrears, on the customer's own side, planned work, told by phone. */
export const EndedAtIntake = z.object({
  reason: z.enum(['arrears', 'customerSide', 'plannedOutage', 'notOurs', 'guided']),
  note: z.optional(text(1000)),
});
export type EndedAtIntake = z.infer<typeof EndedAtIntake>;

/** The customer, or the desk for him, takes the report back. */
export const Cancelled = z.object({ reason: text(300) });
export type Cancelled = z.infer<typeof Cancelled>;

/** It was closed and is not done after all; its clocks begin anew. */
export const Reopened = z.object({ reason: text(300) });
export type Reopened = z.infer<typeof Reopened>;
