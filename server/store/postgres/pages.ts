import type { CrewId, OrderId } from '#shared/ids.ts';

import { devicesOfCrews } from '../devices-of-crews.ts';
import type { EndedMark, EndedPage } from '../ended-orders.ts';
import { groupBy } from '../group-by.ts';
import type { LogPages } from '../log-pages.ts';
import type { OrderMark, OrderPage, OrderPages, SeeOrder } from '../order-pages.ts';
import type { Ask, Postgres } from './connection.ts';
import { membersOf } from './members.ts';
import { orderIn } from './order-row.ts';
import { eventOf, LOGGED, type StoredEvent } from './stored-event.ts';

export const createLogPages = ({ read }: Postgres): LogPages => ({
  page: (after, limit, subject) =>
    read(async (ask) => {
      const rows = await ask<StoredEvent & { chain: string }>(
        `select ${LOGGED}, chain from event where q > $1 and ($3::text is null or subject = $3) order by q limit $2`,
        after,
        limit,
        subject ?? null,
      );
      return rows.map(({ chain, ...row }) => ({ ...eventOf(row), chain, text: row.body }));
    }),
});

export const createOrderPages = ({ read }: Postgres): OrderPages => ({
  page: async (page, see) => show(await read((ask) => pageOf(ask, page)), see),
  ended: async (page, see) => show(await read((ask) => endedOf(ask, page)), see),
  bySource: (system, key) =>
    read(async (ask) => {
      const [row] = await ask<{ order: OrderId }>(
        'select "order" from order_row where source_system = $1 and source_key = $2',
        system,
        key,
      );
      return row?.order ?? null;
    }),
});

async function pageOf(ask: Ask, { after, limit, units, from, to }: OrderPage) {
  const rows = await ask<{ state: string; reportedAt: number }>(
    `select state, reported_at from order_row where reported_at >= $1 and reported_at < $2
      and ($3::text is null or (reported_at, "order") > ($1, $3)) and ($4::text[] is null or unit = any($4))
      order by reported_at, "order" limit $5`,
    after?.reportedAt ?? from,
    to,
    after?.order ?? null,
    units,
    limit,
  );
  return shown(ask, rows, (row, order): OrderMark | null =>
    rows.length < limit ? null : { reportedAt: row.reportedAt, order },
  );
}

/** Asked in the words of the index `order_ended`. */
const ENDED_AT = "(state::jsonb #>> '{closed,at}')::double precision";

async function endedOf(ask: Ask, { after, limit, before }: EndedPage) {
  const rows = await ask<{ state: string; endedAt: number }>(
    `select state, ${ENDED_AT} as ended_at from order_row where stage = 'closed' and not archived and ${ENDED_AT} < $3
      and ($1::double precision is null or (${ENDED_AT}, "order") > ($1, $2))
      order by ${ENDED_AT}, "order" limit $4`,
    after?.endedAt ?? null,
    after?.order ?? '',
    before,
    limit,
  );
  return shown(ask, rows, (row, order): EndedMark | null =>
    rows.length < limit ? null : { endedAt: row.endedAt, order },
  );
}

/** The orders in these rows, with the devices of every crew that held them; `endOf` the last one. */
async function shown<Row extends { readonly state: string }, Mark>(
  ask: Ask,
  rows: readonly Row[],
  endOf: (last: Row, order: OrderId) => Mark | null,
) {
  const orders = rows.map(({ state }) => orderIn(state));
  const crews = new Set(orders.flatMap((order) => order.holdings.map((held) => held.crew)));
  const members = groupBy(await membersOf(ask, [...crews]), (row): CrewId => row.crew);
  const [order, row] = [orders.at(-1), rows.at(-1)];
  return { orders, members, end: order && row ? endOf(row, order.id) : null };
}

/** Seen only after the reading: work on the database may be done twice. */
function show<Mark>(
  { orders, members, end }: Awaited<ReturnType<typeof shown<{ state: string }, Mark>>>,
  see: SeeOrder,
) {
  const devicesOf = devicesOfCrews((crew) => members.get(crew) ?? []);
  for (const order of orders) see(order, (crew, limit) => devicesOf(order, crew, limit));
  return end;
}
