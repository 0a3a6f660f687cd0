import { sql } from 'drizzle-orm';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';

import type { OrderId } from '#shared/ids.ts';

import { atMost, slot, type Connection } from './connection.ts';
import { everInCrew } from './contact-store.ts';
import { devicesOfCrews } from './devices-of-crews.ts';
import type { SeeOrder } from './order-pages.ts';
import { orderRow } from './schema.ts';

/** Where a page of ended orders stopped: when its last order ended, and its id. */
export type EndedMark = { readonly endedAt: number; readonly order: OrderId };

/** Ended orders that are not archived yet, by when they ended, behind `after`, ended before `before` (ms); at most `limit`. */
export type EndedPage = { readonly after: EndedMark | null; readonly limit: number; readonly before: number };

/** Shows the orders of a page; gives where it stopped, or null at the end. Part of `OrderPages`. */
export function showEnded(connection: Connection, page: EndedPage, see: SeeOrder): EndedMark | null {
  const { after, limit, before } = page;
  const mark = { endedAt: after?.endedAt ?? Number.MIN_SAFE_INTEGER, order: after?.order ?? '' };
  const rows = connection.prepared(endedOrders).all({ ...mark, before, limit });
  const devicesOf = devicesOfCrews((crew) => connection.prepared(everInCrew).all({ crew }));
  for (const { order } of rows) see(order, (crew, limit) => devicesOf(order, crew, limit));
  const last = rows.at(-1);
  return rows.length < limit || !last ? null : { endedAt: last.endedAt, order: last.order.id };
}

/** The words of the index `order_ended`, or it is not used. */
const endedAt = sql<number>`("state" ->> '$.closed.at')`;

export const endedOrders = (db: BetterSQLite3Database) =>
  db
    .select({ order: orderRow.state, endedAt })
    .from(orderRow)
    .where(
      sql`"stage" = 'closed' and "archived" = 0 and (${endedAt}, "order") > (${slot('endedAt')}, ${slot('order')})
        and ${endedAt} >= ${slot('endedAt')} and ${endedAt} < ${slot('before')}`,
    )
    .orderBy(endedAt, orderRow.order)
    .limit(atMost('limit'))
    .prepare();
