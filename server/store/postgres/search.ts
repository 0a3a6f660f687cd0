import type { OrderHit } from '#shared/api/orders.ts';

import { searchTerms } from '../search-text.ts';
import { lookedThrough, type Search } from '../search.ts';
import type { Postgres } from './connection.ts';
import { orderIn } from './order-row.ts';

type Hit = Omit<OrderHit, 'address' | 'area'> & { readonly state: string; readonly area: string | null };

/** Looks through every order's search text, as beside SQLite: any part of a Chinese address is found. */
export const createSearch = ({ read }: Postgres): Search => ({
  orders: ({ text, units, stage, after, limit }) =>
    read(async (ask) => {
      const rows = await ask<Hit>(
        `select "order" as id, stage, state, area, reported_at, archived, source_key from order_row
          where unit = any($1) and reported_at is not null
          and not exists (select 1 from unnest($2::text[]) as term where strpos(search, term) = 0)
          and ($3::text is null or stage = $3)
          and ($4::bigint is null or (reported_at, "order") < ($4, $5))
          order by reported_at desc, "order" desc limit $6`,
        units,
        searchTerms(text),
        stage,
        after?.reportedAt ?? null,
        after?.order ?? null,
        limit,
      );
      return rows.map(({ state, ...row }) => ({
        ...row,
        address: orderIn(state).report?.address ?? '',
        area: row.area ?? '',
      }));
    }),
  earlier: ({ text, units, most }) =>
    read(async (ask) => {
      const rows = await ask<{ readonly state: string }>(
        `select o.state from unnest($1::text[]) as u (unit) cross join lateral
          (select "order", reported_at, search from order_row where unit = u.unit and reported_at is not null
            order by reported_at desc, "order" desc limit $2) as latest
          join order_row o on o."order" = latest."order"
          where not exists (select 1 from unnest($3::text[]) as term where strpos(latest.search, term) = 0)
          order by latest.reported_at desc limit $4`,
        units,
        lookedThrough(units),
        searchTerms(text),
        most,
      );
      return rows.map(({ state }) => orderIn(state));
    }),
});
