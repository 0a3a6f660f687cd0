import { comparable } from '#shared/order/comparable.ts';
import type { Order } from '#shared/order/order.ts';

/** What an order is found by: id, address, the source's key, the customer, and what was said; as it is compared. */
export function searchText({ id, report }: Order): string {
  const { customer, source } = report ?? {};
  const parts = [id, report?.address, source?.key, report?.words, customer?.name, customer?.phone, customer?.account];
  return comparable(parts.filter((part) => part !== undefined).join('\n'));
}

/** What has to occur in an order's search text, all of it. */
export const searchTerms = (typed: string): readonly string[] => comparable(typed).split(/\s+/).filter(Boolean);
