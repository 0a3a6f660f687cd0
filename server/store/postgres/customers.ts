import type { UnitId } from '#shared/ids.ts';
import { callerKeys } from '#shared/order/caller-keys.ts';

import {
  FACTS,
  KEYS_EACH,
  LAST,
  nearest,
  saysSame,
  type Brought,
  type CustomerRow,
  type Customers,
  type Known,
} from '../customers.ts';
import type { Ask, Postgres } from './connection.ts';
import { writeRows } from './write-rows.ts';

type Here = CustomerRow & { readonly id: number };

export const createCustomers = ({ write, read }: Postgres): Customers => ({
  compare: (brought) => read(async (ask) => counted(await differing(ask, brought))),
  put: ({ source, rows }) =>
    write(async (ask) => {
      const found = await differing(ask, { source, rows });
      const differ = found.map(({ row }) => row);
      const update = [...FACTS];
      await writeRows(ask, { table: 'customer', key: ['unit', 'source', 'account'], update }, differ.map(withSource));
      const ids = found.flatMap(({ here }) => (here ? [here.id] : []));
      await ask('delete from customer_key where customer = any($1)', ids);
      const written = keyed(await rowsHere(ask, { source, rows: differ }));
      const keys = differ.flatMap((row) => {
        const customer = written.get(nameOf(row))?.id;
        if (customer === undefined) throw new Error(`customer ${row.account} was not written`);
        return callerKeys(row).map((key) => ({ unit: row.unit, key, customer }));
      });
      await writeRows(ask, { table: 'customer_key' }, keys);
      return counted(found);

      function withSource(row: CustomerRow) {
        return { source, ...row };
      }
    }),
  page: ({ source, units, after, most }) =>
    read((ask) =>
      ask<Known>(
        `select id, unit, account from customer where source = $1 and unit = any($2) and id > $3
          order by id limit $4`,
        source,
        units,
        after,
        most,
      ),
    ),
  remove: (ids) =>
    write(async (ask) => {
      await ask('delete from customer_key where customer = any($1)', ids);
      await ask('delete from customer where id = any($1)', ids);
    }),
  startingWith: ({ key, units, most }) =>
    read(async (ask) => {
      const found = await ask<{ key: string; customer: number }>(
        `select found.key, found.customer from unnest($1::text[]) as u (unit) cross join lateral
          (select key, customer from customer_key where unit = u.unit and key >= $2 and key < $3
            order by key limit $4) as found`,
        units,
        key,
        `${key}${LAST}`,
        most * KEYS_EACH,
      );
      const ids = nearest(found, most);
      const rows = await ask<Here>(`select ${COLUMNS} from customer where id = any($1)`, ids);
      const byId = new Map(rows.map(({ id, ...row }) => [id, row]));
      return ids.flatMap((id) => byId.get(id) ?? []);
    }),
});

type Differing = { readonly row: CustomerRow; readonly here: Here | undefined };

async function differing(ask: Ask, brought: Brought): Promise<readonly Differing[]> {
  const known = keyed(await rowsHere(ask, brought));
  return brought.rows.flatMap((row) => {
    const here = known.get(nameOf(row));
    return here && saysSame(here, row) ? [] : [{ row, here }];
  });
}

const rowsHere = (ask: Ask, { source, rows }: Brought): Promise<Here[]> =>
  ask<Here>(
    `select ${COLUMNS} from customer where source = $1 and (unit, account) in
      (select * from unnest($2::text[], $3::text[]))`,
    source,
    rows.map(({ unit }) => unit),
    rows.map(({ account }) => account),
  );

const counted = (found: readonly Differing[]) => {
  const changed = found.filter(({ here }) => here).length;
  return { created: found.length - changed, changed };
};

const keyed = (rows: readonly Here[]): ReadonlyMap<string, Here> => new Map(rows.map((row) => [nameOf(row), row]));

const nameOf = ({ unit, account }: { readonly unit: UnitId; readonly account: string }): string => `${unit} ${account}`;

const COLUMNS = 'id, unit, account, name, phone, address, area, customer_class, lat, lon, transformer, feeder';
