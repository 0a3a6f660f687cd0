import * as z from 'zod/mini';

import { REDACTION_REASONS } from '../event/redaction.ts';
import { EventId, OrderId } from '../ids.ts';

/** `events` null: whatever people typed or signed about this order. */
export const Redact = z.object({
  order: OrderId,
  events: z.nullable(z.array(EventId).check(z.minLength(1), z.maxLength(1_000))),
  reason: z.enum(REDACTION_REASONS),
});
export type Redact = z.infer<typeof Redact>;

/** How many events lost something; 0: there was nothing left to erase. */
export const DoneRedacting = z.object({ erased: z.int().check(z.gte(0)) });
export type DoneRedacting = z.infer<typeof DoneRedacting>;
