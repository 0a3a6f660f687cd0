import { and, eq, sql } from 'drizzle-orm';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core';

import { slot } from './connection.ts';
import { due, orderRow } from './schema.ts';

/** The statements that run for every order that is touched; made once per connection (`Connection.prepared`). */

export const readOrder = (db: BetterSQLite3Database) =>
  db
    .select({ state: orderRow.state, history: orderRow.history, lastQ: orderRow.lastQ, broken: orderRow.broken })
    .from(orderRow)
    .where(eq(orderRow.order, slot('order')))
    .prepare();

export const insertOrder = (db: BetterSQLite3Database) =>
  db
    .insert(orderRow)
    .values({ order: slot('order'), ...columns(), sourceSystem: slot('system'), sourceKey: slot('key') })
    .prepare();

export const updateOrder = (db: BetterSQLite3Database) =>
  db
    .update(orderRow)
    .set(columns())
    .where(eq(orderRow.order, slot('order')))
    .prepare();

/** The same of an order that is found where it was: what it is found by would be written anew with it. */
export function updateWork(db: BetterSQLite3Database) {
  const { unit: _unit, reportedAt: _reportedAt, ...work } = columns();
  return db
    .update(orderRow)
    .set(work)
    .where(eq(orderRow.order, slot('order')))
    .prepare();
}

export const sourceOwner = (db: BetterSQLite3Database) =>
  db
    .select({ order: orderRow.order })
    .from(orderRow)
    .where(and(eq(orderRow.sourceSystem, slot('system')), eq(orderRow.sourceKey, slot('key'))))
    .prepare();

/** An order that has news is looked at next. */
export const wakeOrder = (db: BetterSQLite3Database) =>
  db
    .insert(due)
    .values({ order: slot('order'), at: 0, waits: null })
    .onConflictDoUpdate({ target: due.order, set: { at: 0 } })
    .prepare();

/** What an order's events decide, as often as they do. */
const columns = () => ({
  state: typed(orderRow.state),
  stage: slot('stage'),
  unit: slot('unit'),
  crew: slot('crew'),
  area: slot('area'),
  reportedAt: slot('reportedAt'),
  archived: typed(orderRow.archived),
  history: typed(orderRow.history),
  search: slot('search'),
  lastQ: slot('lastQ'),
  broken: slot('broken'),
});

/** A value under its column's name that lies in the database as something else: JSON as text, a truth as 0 or 1. */
export const typed = (column: SQLiteColumn) => sql`${sql.param(sql.placeholder(column.name), column)}`;
