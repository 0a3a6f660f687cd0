import { orderSubject, type OrderId } from '#shared/ids.ts';
import { foldAll } from '#shared/order/fold.ts';

import { FOLD } from '../refold-orders.ts';
import type { Ask, Postgres } from './connection.ts';
import { eventOf, LOGGED, type StoredEvent } from './stored-event.ts';
import { lockHead } from './write-log.ts';

/** Orders as an older build folded them are folded anew from the log and looked at again, as beside SQLite. */
export const refoldOrders = ({ write }: Postgres): Promise<void> =>
  write(async (ask) => {
    await lockHead(ask);
    const [kept] = await ask<{ version: number }>('select version from fold');
    if (kept?.version === FOLD) return;
    const rows = await ask<{ order: OrderId; history: boolean }>('select "order", history from order_row');
    for (const { order, history } of rows) await refold(ask, order, history);
    await ask('update fold set version = $1', FOLD);
  });

async function refold(ask: Ask, id: OrderId, history: boolean): Promise<void> {
  const rows = await ask<StoredEvent>(`select ${LOGGED} from event where subject = $1 order by q`, orderSubject(id));
  const state = foldAll(id, rows.map(eventOf));
  await ask(
    'update order_row set state = $2, stage = $3, crew = $4, area = $5, archived = $6 where "order" = $1',
    id,
    JSON.stringify(state),
    state.stage,
    state.crew,
    state.report?.area ?? null,
    state.archived,
  );
  if (state.report && !history && !state.archived)
    await ask('insert into due ("order", at) values ($1, 0) on conflict ("order") do update set at = 0', id);
}
