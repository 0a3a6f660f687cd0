import { err, ok, type Result } from '#shared/result.ts';

import { openConnection } from '../connection.ts';
import { refoldOrders } from '../refold-orders.ts';
import { openPool, type Ask } from './connection.ts';
import { TABLES } from './copy-to-file.ts';
import { BEGINNING, migrate } from './migrate.ts';
import { writeRows, type Row } from './write-rows.ts';

const ROWS = 2_000;

/** `file` is brought up to date first, so it has to be a copy. `notEmpty`: this database has a history of its own already. */
export async function fillFromFile(url: string, file: string): Promise<Result<{ q: number }, 'notEmpty'>> {
  const from = openConnection(file);
  const postgres = openPool(url);
  try {
    refoldOrders(from);
    await migrate(postgres);
    return await postgres.write(async (ask) => {
      await ask('select pg_advisory_xact_lock($1)', BEGINNING);
      if ((await ask('select 1 from head')).length > 0) return err('notEmpty');
      for (const table of TABLES)
        await fillTable(ask, table, from.sqlite.prepare<[], Row>(`select * from "${table}"`).iterate());
      for (const table of ['equipment', 'customer'])
        await ask(
          `select setval(pg_get_serial_sequence('${table}', 'id'), greatest((select max(id) from ${table}), 1))`,
        );
      const [head] = await ask<{ q: number }>('select q from head');
      return ok({ q: head?.q ?? 0 });
    });
  } finally {
    from.sqlite.close();
    await postgres.close();
  }
}

async function fillTable(ask: Ask, table: string, rows: Iterable<Row>): Promise<void> {
  let some: Row[] = [];
  for (const row of rows) {
    some.push(row);
    if (some.length < ROWS) continue;
    await writeRows(ask, { table }, some);
    some = [];
  }
  await writeRows(ask, { table }, some);
}
