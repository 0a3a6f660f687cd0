import { and, asc, gte, lt, sql } from 'drizzle-orm';

import type { CrewId, OrderId, UnitId } from '#shared/ids.ts';
import type { Order } from '#shared/order/order.ts';
import type { CrewDevices } from '#shared/sla/knowledge.ts';

import type { Connection } from './connection.ts';
import { everInCrew } from './contact-store.ts';
import { devicesOfCrews } from './devices-of-crews.ts';
import { showEnded, type EndedMark, type EndedPage } from './ended-orders.ts';
import { sourceOwner } from './order-statements.ts';
import { orderRow } from './schema.ts';
import { whole } from './whole.ts';

/** Where a page stopped: its last order's report and id. */
export type OrderMark = { readonly reportedAt: number; readonly order: OrderId };

/**
 * Orders by report behind `after`, at most `limit`, reported in [`from`, `to`), ms. `units`: of these only; null: of
 * all. An order whose report is not known here is none of them.
 */
export type OrderPage = {
  readonly after: OrderMark | null;
  readonly limit: number;
  readonly units: readonly UnitId[] | null;
  readonly from: number;
  readonly to: number;
};

/** Sees one order, with what is known of the devices of a crew that held it, up to a limit. */
export type SeeOrder = (order: Order, devicesOf: (crew: CrewId, limit: number) => CrewDevices) => void;

export type OrderPages = {
  /** Shows the orders of a page, archive included; gives where it stopped, or null at the end. */
  readonly page: (page: OrderPage, see: SeeOrder) => Promise<OrderMark | null>;
  /** The same of ended orders that are not archived yet, by when they ended. */
  readonly ended: (page: EndedPage, see: SeeOrder) => Promise<EndedMark | null>;
  /** The order that another system knows as `key`, or null. */
  readonly bySource: (system: string, key: string) => Promise<OrderId | null>;
};

export const createOrderPages = (connection: Connection): OrderPages => ({
  page: (page, see) => whole(() => connection.read(() => showPage(connection, page, see))),
  ended: (page, see) => whole(() => connection.read(() => showEnded(connection, page, see))),
  bySource: (system, key) => whole(() => connection.prepared(sourceOwner).get({ system, key })?.order ?? null),
});

function showPage(connection: Connection, page: OrderPage, see: SeeOrder): OrderMark | null {
  const { after, limit, units, from, to } = page;
  const rows = connection.db
    .select({ order: orderRow.state, reportedAt: orderRow.reportedAt })
    .from(orderRow)
    .where(
      and(
        gte(orderRow.reportedAt, after?.reportedAt ?? from),
        lt(orderRow.reportedAt, to),
        after === null
          ? undefined
          : sql`(${orderRow.reportedAt}, ${orderRow.order}) > (${after.reportedAt}, ${after.order})`,
        // Walked by report: a walk by unit would have to sort all of them for each page.
        units === null ? undefined : sql`+${orderRow.unit} in (select value from json_each(${JSON.stringify(units)}))`,
      ),
    )
    .orderBy(asc(orderRow.reportedAt), asc(orderRow.order))
    .limit(limit)
    .all();
  const devicesOf = devicesOfCrews((crew) => connection.prepared(everInCrew).all({ crew }));
  for (const { order } of rows) see(order, (crew, limit) => devicesOf(order, crew, limit));
  const last = rows.at(-1);
  if (rows.length < limit || !last || last.reportedAt === null) return null;
  return { reportedAt: last.reportedAt, order: last.order.id };
}
