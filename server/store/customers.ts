import { and, asc, eq, gt, gte, inArray, lt } from 'drizzle-orm';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';

import type { Area, CustomerClass } from '#shared/event/parts.ts';
import type { UnitId } from '#shared/ids.ts';
import { callerKeys } from '#shared/order/caller-keys.ts';

import { atMost, slot, type Connection } from './connection.ts';
import { customer, customerKey } from './schema-customers.ts';
import { whole } from './whole.ts';

/** A customer as kept; null: not known. Degrees, WGS 84. */
export type CustomerRow = {
  readonly unit: UnitId;
  readonly account: string;
  readonly name: string | null;
  readonly phone: string | null;
  readonly address: string;
  readonly area: Area | null;
  readonly customerClass: CustomerClass | null;
  readonly lat: number | null;
  readonly lon: number | null;
  readonly transformer: string | null;
  readonly feeder: string | null;
};

/** A customer is known by unit, source and account. */
export type Brought = { readonly source: string; readonly rows: readonly CustomerRow[] };

/** Reference data: customers. Each function is one transaction. */
export type Customers = {
  /** Of at most `AT_ONCE` rows how many are not here, and how many say something else. Nothing is written. */
  readonly compare: (brought: Brought) => Promise<Differences>;
  /** The same, and they are as the rows say now. */
  readonly put: (brought: Brought) => Promise<Differences>;
  /** What a source brought for these units, in the order of `id`, behind `after`. */
  readonly page: (of: CustomerPage) => Promise<readonly Known[]>;
  readonly remove: (ids: readonly number[]) => Promise<void>;
  /** Whoever of these units has a key that begins with `key`; the nearest first, nobody twice. */
  readonly startingWith: (wanted: Wanted) => Promise<readonly CustomerRow[]>;
};

export type Differences = { readonly created: number; readonly changed: number };
export type CustomerPage = {
  readonly source: string;
  readonly units: readonly UnitId[];
  readonly after: number;
  readonly most: number;
};
export type Known = { readonly id: number; readonly unit: UnitId; readonly account: string };
export type Wanted = { readonly key: string; readonly units: readonly UnitId[]; readonly most: number };

/** A transaction of so many takes some ten milliseconds. */
export const AT_ONCE = 500;

export function createCustomers({ db, write, read, prepared }: Connection): Customers {
  const put = ({ source, rows }: Brought): Differences => {
    const differences = { created: 0, changed: 0 };
    for (const row of rows) {
      const here = prepared(oneOf).get({ unit: row.unit, source, account: row.account });
      if (here && saysSame(here, row)) continue;
      if (here) {
        prepared(updateOne).run({ id: here.id, ...row });
        prepared(dropKeys).run({ customer: here.id });
        differences.changed += 1;
      } else differences.created += 1;
      const id = here?.id ?? Number(prepared(insertOne).run({ source, ...row }).lastInsertRowid);
      for (const key of callerKeys(row)) prepared(insertKey).run({ unit: row.unit, key, customer: id });
    }
    return differences;
  };
  const compare = ({ source, rows }: Brought): Differences => {
    const here = rows.map((row) => prepared(oneOf).get({ unit: row.unit, source, account: row.account }));
    return {
      created: here.filter((one) => !one).length,
      changed: here.filter((one, at) => one && !saysSame(one, rows[at] ?? one)).length,
    };
  };

  return {
    compare: (brought) => whole(() => read(() => compare(brought))),
    put: (brought) => whole(() => write(() => put(brought))),
    page: ({ source, units, after, most }) =>
      whole(() =>
        db
          .select({ id: customer.id, unit: customer.unit, account: customer.account })
          .from(customer)
          .where(and(eq(customer.source, source), inArray(customer.unit, [...units]), gt(customer.id, after)))
          .orderBy(asc(customer.id))
          .limit(most)
          .all(),
      ),
    remove: (ids) =>
      whole(() =>
        write(() => {
          db.delete(customerKey)
            .where(inArray(customerKey.customer, [...ids]))
            .run();
          db.delete(customer)
            .where(inArray(customer.id, [...ids]))
            .run();
        }),
      ),
    startingWith: ({ key, units, most }) =>
      whole(() =>
        read(() => {
          // One after the other: each unit's keys lie in order, so that none of them is sorted.
          const bounds = { from: key, to: `${key}${LAST}`, most: most * KEYS_EACH };
          const found = units.flatMap((unit) => prepared(keysFrom).all({ unit, ...bounds }));
          return nearest(found, most).flatMap((id) => prepared(byId).get({ id }) ?? []);
        }),
      ),
  };
}

/** Behind every text that begins the same. */
export const LAST = '\u{10FFFF}';
/** How often one customer may be met under one beginning. */
export const KEYS_EACH = 3;

/** The customers of the first keys, each once. */
export function nearest(found: readonly { readonly key: string; readonly customer: number }[], most: number): number[] {
  const inOrder = found.toSorted((a, b) => a.key.length - b.key.length || (a.key < b.key ? -1 : 1));
  return [...new Set(inOrder.map(({ customer: id }) => id))].slice(0, most);
}

/** Does what is here say what the row says? */
export const saysSame = (here: CustomerRow, row: CustomerRow): boolean =>
  FACTS.every((fact) => here[fact] === row[fact]);

/** What may change of a customer. */
export const FACTS = [
  'name',
  'phone',
  'address',
  'area',
  'customerClass',
  'lat',
  'lon',
  'transformer',
  'feeder',
] as const satisfies readonly (keyof CustomerRow)[];

const ROW = {
  unit: customer.unit,
  account: customer.account,
  name: customer.name,
  phone: customer.phone,
  address: customer.address,
  area: customer.area,
  customerClass: customer.customerClass,
  lat: customer.lat,
  lon: customer.lon,
  transformer: customer.transformer,
  feeder: customer.feeder,
};

const SAID = {
  name: slot('name'),
  phone: slot('phone'),
  address: slot('address'),
  area: slot('area'),
  customerClass: slot('customerClass'),
  lat: slot('lat'),
  lon: slot('lon'),
  transformer: slot('transformer'),
  feeder: slot('feeder'),
};

const oneOf = (db: BetterSQLite3Database) =>
  db
    .select({ id: customer.id, ...ROW })
    .from(customer)
    .where(
      and(eq(customer.unit, slot('unit')), eq(customer.source, slot('source')), eq(customer.account, slot('account'))),
    )
    .prepare();

const insertOne = (db: BetterSQLite3Database) =>
  db
    .insert(customer)
    .values({ unit: slot('unit'), source: slot('source'), account: slot('account'), ...SAID })
    .prepare();

const updateOne = (db: BetterSQLite3Database) =>
  db
    .update(customer)
    .set(SAID)
    .where(eq(customer.id, slot('id')))
    .prepare();

const insertKey = (db: BetterSQLite3Database) =>
  db
    .insert(customerKey)
    .values({ unit: slot('unit'), key: slot('key'), customer: slot('customer') })
    .prepare();

const dropKeys = (db: BetterSQLite3Database) =>
  db
    .delete(customerKey)
    .where(eq(customerKey.customer, slot('customer')))
    .prepare();

const keysFrom = (db: BetterSQLite3Database) =>
  db
    .select({ key: customerKey.key, customer: customerKey.customer })
    .from(customerKey)
    .where(and(eq(customerKey.unit, slot('unit')), gte(customerKey.key, slot('from')), lt(customerKey.key, slot('to'))))
    .orderBy(asc(customerKey.key))
    .limit(atMost('most'))
    .prepare();

const byId = (db: BetterSQLite3Database) =>
  db
    .select(ROW)
    .from(customer)
    .where(eq(customer.id, slot('id')))
    .prepare();
