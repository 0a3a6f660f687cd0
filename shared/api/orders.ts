import * as z from 'zod/mini';

import { LoggedEvent } from '../event/envelope.ts';
import { OrderId, UnitId } from '../ids.ts';
import { Instant } from '../time/clock-reading.ts';

/** Search over all orders the asker may see, archive included. Newest report first; `after` continues a list. */
export const SearchQuery = z.object({
  text: z.optional(z.string().check(z.maxLength(200))),
  stage: z.optional(z.string().check(z.maxLength(20))),
  unit: z.optional(UnitId),
  after: z.optional(z.string().check(z.maxLength(80))),
  limit: z.optional(z.coerce.number().check(z.int(), z.gte(1), z.lte(200))),
});
export type SearchQuery = z.infer<typeof SearchQuery>;

export const OrderHit = z.object({
  id: OrderId,
  stage: z.string(),
  address: z.string(),
  area: z.string(),
  reportedAt: Instant,
  archived: z.boolean(),
  sourceKey: z.nullable(z.string()),
});
export type OrderHit = z.infer<typeof OrderHit>;

export const SearchAnswer = z.object({ hits: z.array(OrderHit), more: z.nullable(z.string()) });
export type SearchAnswer = z.infer<typeof SearchAnswer>;

/** One order's whole log, for the archive. */
export const OrderLog = z.object({ id: OrderId, events: z.array(LoggedEvent) });
export type OrderLog = z.infer<typeof OrderLog>;
