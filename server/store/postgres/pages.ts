import type { CrewId, OrderId } from '#shared/ids.ts';

import { devicesOfCrews } from '../devices-of-crews.ts';
import type { LogPages } from '../log-pages.ts';
import type { OrderMark, OrderPage, OrderPages } from '../order-pages.ts';
import type { Ask, Postgres } from './connection.ts';
import { groupBy } from './group-by.ts';
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
  page: async (page, see) => {
    const rows = await read((ask) => pageOf(ask, page));
    const devicesOf = devicesOfCrews((crew) => rows.members.get(crew) ?? []);
    // Seen only now: work on the database may be done twice.
    for (const order of rows.orders) see(order, (crew, limit) => devicesOf(order, crew, limit));
    return rows.end;
  },
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
  const orders = rows.map(({ state }) => orderIn(state));
  const crews = new Set(orders.flatMap((order) => order.holdings.map((held) => held.crew)));
  const members = groupBy(await membersOf(ask, [...crews]), (row): CrewId => row.crew);
  const [order, row] = [orders.at(-1), rows.at(-1)];
  const end: OrderMark | null =
    rows.length < limit || !order || !row ? null : { reportedAt: row.reportedAt, order: order.id };
  return { orders, members, end };
}
