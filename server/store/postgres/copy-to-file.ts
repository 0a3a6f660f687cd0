import { rmSync } from 'node:fs';

import { openConnection, type Connection } from '../connection.ts';
import { FOLD } from '../refold-orders.ts';
import type { Ask, Postgres } from './connection.ts';
import { snake } from './row-names.ts';

/** Every table, whoever is referred to first. The two databases name tables and columns alike. */
export const TABLES = [
  'head',
  'history',
  'receipt',
  'event',
  'quarantine',
  'redaction',
  'writer',
  'contact',
  'position',
  'order_row',
  'scope',
  'device_crew',
  'unit',
  'pack',
  'crew',
  'crew_past',
  'person',
  'device',
  'due',
  'raised',
  'login',
  'session',
  'enrol_code',
  'tracker',
  'equipment',
  'customer',
  'customer_key',
] as const;

const ROWS = 5_000;

/**
 * Copies all that is kept, as of one moment, into a SQLite database: the same file that a server with `DATA_DIR` keeps,
 * so what reads and checks one reads and checks the other, and there is a way back.
 */
export async function copyToFile({ read }: Postgres, file: string): Promise<void> {
  rmSync(file, { force: true });
  const copy = openConnection(file);
  try {
    await read(async (ask) => {
      copy.sqlite.pragma('foreign_keys = OFF');
      for (const table of TABLES) await copyTable(ask, copy, table);
    });
    copy.sqlite.pragma(`user_version = ${FOLD}`);
    copy.sqlite.pragma('journal_mode = DELETE');
  } finally {
    copy.sqlite.close();
  }
}

async function copyTable(ask: Ask, copy: Connection, table: string): Promise<void> {
  copy.write(() => void copy.sqlite.prepare(`delete from "${table}"`).run());
  await ask(`declare rows no scroll cursor for select * from "${table}"`);
  for (;;) {
    const rows = await ask<Readonly<Record<string, unknown>>>(`fetch ${ROWS} from rows`);
    const [first] = rows;
    if (first) {
      const names = Object.keys(first);
      const columns = names.map((name) => `"${snake(name)}"`).join(', ');
      const insert = copy.sqlite.prepare(
        `insert into "${table}" (${columns}) values (${names.map(() => '?').join(', ')})`,
      );
      copy.write(() => {
        for (const row of rows) insert.run(...Object.values(row).map(plain));
      });
    }
    if (rows.length < ROWS) break;
  }
  await ask('close rows');
}

const plain = (value: unknown): unknown => (typeof value === 'boolean' ? Number(value) : value);
