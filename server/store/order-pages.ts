import { and, asc, eq, gt, inArray } from 'drizzle-orm';

import type { OrderId, UnitId } from '#shared/ids.ts';
import type { Order } from '#shared/order/order.ts';

import type { Connection } from './connection.ts';
import { orderRow } from './schema.ts';
import { whole } from './whole.ts';

export type OrderPages = {
  /** Orders by id behind `after`, archive included, at most `limit`; of these units only, null: of all. */
  readonly page: (after: OrderId | null, limit: number, units: readonly UnitId[] | null) => Promise<readonly Order[]>;
  /** The order that another system knows as `key`, or null. */
  readonly bySource: (system: string, key: string) => Promise<OrderId | null>;
};

export const createOrderPages = ({ db }: Connection): OrderPages => ({
  page: (after, limit, units) =>
    whole(() => {
      const rows = db
        .select({ state: orderRow.state })
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
      return rows.map(({ state }) => state);
    }),
  bySource: (system, key) =>
    whole(() => {
      const same = and(eq(orderRow.sourceSystem, system), eq(orderRow.sourceKey, key));
      return db.select({ order: orderRow.order }).from(orderRow).where(same).get()?.order ?? null;
    }),
});
