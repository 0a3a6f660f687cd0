import { and, desc, eq, inArray, isNotNull, sql } from 'drizzle-orm';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';

import type { OrderHit } from '#shared/api/orders.ts';
import type { OrderId, UnitId } from '#shared/ids.ts';
import type { Order } from '#shared/order/order.ts';

import { atMost, slot, type Connection } from './connection.ts';
import { orderRow } from './schema.ts';
import { searchTerms } from './search-text.ts';
import { whole } from './whole.ts';

/** Where a list stopped: the last hit's report time and id. */
export type SearchMark = { readonly reportedAt: number; readonly order: OrderId };

/** `units`: the only ones whose orders may be seen. `stage`: only this one. `after`: goes on behind it. */
export type OrderSearch = {
  readonly text: string;
  readonly units: readonly UnitId[];
  readonly stage: string | null;
  readonly after: SearchMark | null;
  readonly limit: number;
};

export type Search = {
  /** The newest reports first, archive included. */
  readonly orders: (wanted: OrderSearch) => Promise<readonly OrderHit[]>;
  /** The same among each unit's latest orders alone, for whoever asks at each key: what it may cost is bounded. */
  readonly earlier: (wanted: EarlierSearch) => Promise<readonly Order[]>;
};

export type EarlierSearch = { readonly text: string; readonly units: readonly UnitId[]; readonly most: number };

/** How many orders of each unit are looked through: some thousands together. */
export const lookedThrough = (units: readonly UnitId[]): number => Math.max(20, Math.floor(5_000 / units.length));

/**
 * Looks through every order's search text. At tens of thousands of orders this takes tens of milliseconds and finds any
 * part of a Chinese address; an index over parts of words would take three characters at least.
 */
export function createSearch({ db, read, prepared }: Connection): Search {
  return {
    orders: ({ text, units, stage, after, limit }) =>
      whole(() => {
        const rows = db
          .select(HIT)
          .from(orderRow)
          .where(
            and(
              inArray(orderRow.unit, [...units]),
              isNotNull(orderRow.reportedAt),
              ...searchTerms(text).map((term) => sql`instr(${orderRow.search}, ${term}) > 0`),
              stage === null ? undefined : sql`${orderRow.stage} = ${stage}`,
              after === null
                ? undefined
                : sql`(${orderRow.reportedAt}, ${orderRow.order}) < (${after.reportedAt}, ${after.order})`,
            ),
          )
          .orderBy(desc(orderRow.reportedAt), desc(orderRow.order))
          .limit(limit)
          .all();
        return rows.map((row) => ({ ...row, area: row.area ?? '', reportedAt: row.reportedAt ?? 0 }));
      }),
    earlier: ({ text, units, most }) =>
      whole(() =>
        read(() => {
          const terms = searchTerms(text);
          const latest = units.flatMap((unit) => prepared(latestOf).all({ unit, most: lookedThrough(units) }));
          return latest
            .filter(({ search }) => terms.every((term) => search.includes(term)))
            .toSorted((a, b) => (b.reportedAt ?? 0) - (a.reportedAt ?? 0))
            .slice(0, most)
            .flatMap(({ order }) => prepared(stateOf).get({ order })?.state ?? []);
        }),
      ),
  };
}

const latestOf = (db: BetterSQLite3Database) =>
  db
    .select({ order: orderRow.order, reportedAt: orderRow.reportedAt, search: orderRow.search })
    .from(orderRow)
    .where(and(eq(orderRow.unit, slot('unit')), isNotNull(orderRow.reportedAt)))
    .orderBy(desc(orderRow.reportedAt), desc(orderRow.order))
    .limit(atMost('most'))
    .prepare();

const stateOf = (db: BetterSQLite3Database) =>
  db
    .select({ state: orderRow.state })
    .from(orderRow)
    .where(eq(orderRow.order, slot('order')))
    .prepare();

const HIT = {
  id: orderRow.order,
  stage: orderRow.stage,
  address: sql<string>`json_extract(${orderRow.state}, '$.report.address')`,
  area: orderRow.area,
  reportedAt: orderRow.reportedAt,
  archived: orderRow.archived,
  sourceKey: orderRow.sourceKey,
};
