import * as z from 'zod/mini';

import { CrewId, EventId } from '../ids.ts';
import { Instant } from '../time/clock-reading.ts';
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

/** Somebody spoke with the customer, or tried to. */
export const Contacted = z.object({ ...field, reached: z.boolean() });
export type Contacted = z.infer<typeof Contacted>;

/** What was found. `etr`: when the crew expects power to be back. */
export const Diagnosed = z.object({ ...field, cause: text(300), etr: z.optional(Instant) });
export type Diagnosed = z.infer<typeof Diagnosed>;

/** The customer was told why it takes longer. */
export const Explained = z.object({ ...field, why: text(300) });
export type Explained = z.infer<typeof Explained>;

export const SUSPEND_REASONS = ['safety', 'weather', 'customerAbsent', 'switching', 'material', 'other'] as const;
/** Work stops. Whether a clock pauses for this reason the rule pack says. */
export const Suspended = z.object({ ...field, reason: z.enum(SUSPEND_REASONS), note: z.optional(text(300)) });
export type Suspended = z.infer<typeof Suspended>;

export const Resumed = z.object(field);
export type Resumed = z.infer<typeof Resumed>;

/** Ticks not set are recorded as not confirmed; they never stop the fact. */
export const Restored = z.object({
  ...field,
  extent: z.enum(['all', 'part']),
  safety: z.optional(z.object({ earthsRemoved: z.boolean(), peopleClear: z.boolean(), customerTold: z.boolean() })),
});
export type Restored = z.infer<typeof Restored>;

export const Submitted = z.object({ ...field, note: z.optional(text(1000)) });
export type Submitted = z.infer<typeof Submitted>;

/** What was put in or used up. `unit`: pieces, metres … in words. */
export const MaterialsUsed = z.object({
  ...field,
  items: z
    .array(
      z.object({
        what: text(80),
        count: z.number().check(z.gt(0), z.lte(100_000)),
        unit: z.optional(text(12)),
      }),
    )
    .check(z.minLength(1), z.maxLength(40)),
});
export type MaterialsUsed = z.infer<typeof MaterialsUsed>;

export const RETURN_REASONS = [
  'tooFar',
  'noMaterial',
  'notOurWork',
  'noAccess',
  'shiftEnds',
  'vanBroken',
  'other',
] as const;
/** The crew gives the order back to the desk: nobody has it then. */
export const Returned = z.object({ ...field, reason: z.enum(RETURN_REASONS), note: z.optional(text(300)) });
export type Returned = z.infer<typeof Returned>;

export const URGE_ANSWERS = ['tenMinutes', 'twentyMinutes', 'waitingSwitching', 'cannotReach', 'other'] as const;
/** Quiets the urging, never the clock. `urge`: the event that is answered. */
export const UrgeAnswered = z.object({
  ...field,
  urge: EventId,
  answer: z.enum(URGE_ANSWERS),
  note: z.optional(text(300)),
});
export type UrgeAnswered = z.infer<typeof UrgeAnswered>;

export const Noted = z.object({ ...field, text: text(2000) });
export type Noted = z.infer<typeof Noted>;
