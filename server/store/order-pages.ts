import { and, asc, gt, inArray } from 'drizzle-orm';

import type { CrewId, OrderId, UnitId } from '#shared/ids.ts';
import type { Order } from '#shared/order/order.ts';
import type { CrewDevices } from '#shared/sla/knowledge.ts';

import type { Connection } from './connection.ts';
import { devicesOfCrews } from './contact-store.ts';
import { sourceOwner } from './order-statements.ts';
import { orderRow } from './schema.ts';
import { whole } from './whole.ts';

/** `after`: orders by id behind this one, at most `limit`. `units`: of these only; null: of all. */
export type OrderPage = {
  readonly after: OrderId | null;
  readonly limit: number;
  readonly units: readonly UnitId[] | null;
};

/** Sees one order, with what is known of the devices of a crew that held it, up to a limit. */
export type SeeOrder = (order: Order, devicesOf: (crew: CrewId, limit: number) => CrewDevices) => void;

export type OrderPages = {
  /** Shows the orders of a page, archive included; gives the last one's id, or null at the end. */
  readonly page: (page: OrderPage, see: SeeOrder) => Promise<OrderId | null>;
  /** The order that another system knows as `key`, or null. */
  readonly bySource: (system: string, key: string) => Promise<OrderId | null>;
};

export const createOrderPages = (connection: Connection): OrderPages => ({
  page: (page, see) => whole(() => connection.read(() => showPage(connection, page, see))),
  bySource: (system, key) => whole(() => connection.prepared(sourceOwner).get({ system, key })?.order ?? null),
});

function showPage(connection: Connection, { after, limit, units }: OrderPage, see: SeeOrder): OrderId | null {
  const rows = connection.db
    .select({ order: orderRow.state })
    .from(orderRow)
    .where(
      and(
        after === null ? undefined : gt(orderRow.order, after),
        units === null ? undefined : inArray(orderRow.unit, [...units]),
      ),
    )
    .orderBy(asc(orderRow.order))
    .limit(limit)
    .all();
  const devicesOf = devicesOfCrews(connection);
  for (const { order } of rows) see(order, (crew, limit) => devicesOf({ crew, fromQ: firstHeld(order, crew), limit }));
  return rows.length < limit ? null : (rows.at(-1)?.order.id ?? null);
}

/** The position from which a crew's devices may bring news of an order. */
const firstHeld = (order: Order, crew: CrewId): number =>
  Math.min(...order.holdings.filter((held) => held.crew === crew).map((held) => held.fromQ ?? 0));
