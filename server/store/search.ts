import { and, desc, inArray, isNotNull, sql } from 'drizzle-orm';

import type { OrderHit } from '#shared/api/orders.ts';
import type { OrderId, UnitId } from '#shared/ids.ts';

import type { Connection } from './connection.ts';
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
};

/**
 * Looks through every order's search text. At tens of thousands of orders this takes tens of milliseconds and finds any
 * part of a Chinese address; an index over parts of words would take three characters at least.
 */
export function createSearch({ db }: Connection): Search {
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
  };
}

const HIT = {
  id: orderRow.order,
  stage: orderRow.stage,
  address: sql<string>`json_extract(${orderRow.state}, '$.report.address')`,
  area: orderRow.area,
  reportedAt: orderRow.reportedAt,
  archived: orderRow.archived,
  sourceKey: orderRow.sourceKey,
};
