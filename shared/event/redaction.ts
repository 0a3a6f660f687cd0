import * as z from 'zod/mini';

import { EventId } from '../ids.ts';

/** Why personal data goes. No free text: that would be the next place for a name. */
export const REDACTION_REASONS = ['asked', 'notNeeded', 'byMistake', 'ordered'] as const;

/** A longer list is told by several events. */
export const MOST_REDACTED = 100;

/**
 * The personal texts of these events of this order are erased wherever they lie (I4). `leaves`: hash of what stays of each,
 * so that the chain vouches for the rest of it, too.
 */
export const Redacted = z.object({
  events: z
    .array(z.object({ id: EventId, leaves: z.string().check(z.regex(/^[0-9a-f]{64}$/)) }))
    .check(z.minLength(1), z.maxLength(MOST_REDACTED)),
  reason: z.enum(REDACTION_REASONS),
});
export type Redacted = z.infer<typeof Redacted>;
