import type { OrderId } from '#shared/ids.ts';

/**
 * Rows of orders the list has shown before, and how many new ones wait. While `waits` (the pointer or the focus is in
 * the list) a new row does not push what lies under the cursor; otherwise everything is let in.
 */
export function admitRows<Row extends { readonly order: { readonly id: OrderId } }>(
  rows: readonly Row[],
  known: ReadonlySet<OrderId>,
  waits: boolean,
): { readonly shown: readonly Row[]; readonly fresh: number } {
  if (!waits) return { shown: rows, fresh: 0 };
  const shown = rows.filter(({ order }) => known.has(order.id));
  return { shown, fresh: rows.length - shown.length };
}
