import { index, integer, real, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';

import type { Area, CustomerClass } from '#shared/event/parts.ts';
import type { UnitId } from '#shared/ids.ts';

/** Reference data: a unit's customers, brought by files. Never part of the log, and never on a tablet. */
export const customer = sqliteTable(
  'customer',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    unit: text().$type<UnitId>().notNull(),
    source: text().notNull(),
    account: text().notNull(),
    name: text(),
    phone: text(),
    address: text().notNull(),
    area: text().$type<Area>(),
    customerClass: text('customer_class').$type<CustomerClass>(),
    lat: real(),
    lon: real(),
    transformer: text(),
    feeder: text(),
  },
  (t) => [uniqueIndex('customer_account').on(t.unit, t.source, t.account)],
);

/** What each customer is found by (`callerKeys`), unit by unit: what begins with something lies side by side. */
export const customerKey = sqliteTable(
  'customer_key',
  {
    unit: text().$type<UnitId>().notNull(),
    key: text().notNull(),
    customer: integer().notNull(),
  },
  (t) => [index('customer_key_found').on(t.unit, t.key), index('customer_key_of').on(t.customer)],
);
