import { asc, eq } from 'drizzle-orm';

import { orderSubject, type OrderId } from '#shared/ids.ts';
import { foldAll } from '#shared/order/fold.ts';

import type { Connection } from './connection.ts';
import { LOGGED, loggedEvent } from './logged-event.ts';
import { columnsOf } from './order-columns.ts';
import { wakeOrder } from './order-statements.ts';
import { event, orderRow } from './schema.ts';

/** Raised with each change of what the fold makes of an order. */
export const FOLD = 1;

/**
 * Orders as an older build folded them are folded anew from the log and looked at again; the log says the same as ever.
 * Done once, when the directory is first opened by this build.
 */
export function refoldOrders(connection: Connection): void {
  if (foldOf(connection) === FOLD) return;
  connection.write(() => {
    if (foldOf(connection) === FOLD) return;
    const rows = connection.db.select({ order: orderRow.order, history: orderRow.history }).from(orderRow).all();
    for (const { order, history } of rows) refold(connection, order, history);
    connection.sqlite.pragma(`user_version = ${FOLD}`);
  });
}

const foldOf = ({ sqlite }: Connection): unknown => sqlite.pragma('user_version', { simple: true });

function refold(connection: Connection, id: OrderId, history: boolean): void {
  const { db } = connection;
  const subject = orderSubject(id);
  const events = db.select(LOGGED).from(event).where(eq(event.subject, subject)).orderBy(asc(event.q)).all();
  const state = foldAll(id, events.map(loggedEvent));
  db.update(orderRow)
    .set({ state, ...columnsOf(state) })
    .where(eq(orderRow.order, id))
    .run();
  if (state.report && !history && !state.archived) connection.prepared(wakeOrder).run({ order: id });
}
