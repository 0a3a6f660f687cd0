import type { Order } from '#shared/order/order.ts';

/** What an order is found by: id, address, the source's key, the customer, and what was said; folded for comparison. */
export function searchText({ id, report }: Order): string {
  const { customer, source } = report ?? {};
  const parts = [id, report?.address, source?.key, report?.words, customer?.name, customer?.phone, customer?.account];
  return foldText(parts.filter((part) => part !== undefined).join('\n'));
}

/** What has to occur in an order's search text, all of it. */
export const searchTerms = (typed: string): readonly string[] => foldText(typed).split(/\s+/).filter(Boolean);

/**
 * Case, width and compatibility forms do not matter, nor which 臺 was typed, nor the brackets some sources put around a
 * rare character (公[塭]里).
 */
const foldText = (text: string): string =>
  text.normalize('NFKC').toLowerCase().replaceAll('臺', '台').replaceAll(/[[\]]/g, '');
