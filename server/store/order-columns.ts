import type { Order } from '#shared/order/order.ts';

/** What of an order stands in columns of its own, so that it can be found and counted by it. */
export const columnsOf = (order: Order) => ({
  stage: order.stage,
  unit: order.report?.unit ?? null,
  crew: order.crew,
  area: order.report?.area ?? null,
  reportedAt: order.reportedAt?.est ?? null,
  archived: order.archived,
});
