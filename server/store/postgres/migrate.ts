import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Ask, Postgres } from './connection.ts';

/** One process brings the tables up to date, the others wait for it. Any number nobody else uses will do. */
export const BEGINNING = 7_355_608;
const LEAST_VERSION = 140_000;

/** Makes what is missing in the database; the files of `migrations` are applied in the order of their names, once. */
export async function migrate(postgres: Postgres): Promise<void> {
  const folder = join(import.meta.dirname, 'migrations');
  const files = readdirSync(folder)
    .filter((file) => file.endsWith('.sql'))
    .toSorted();
  await postgres.write(async (ask) => {
    await fitOrRefuse(ask);
    await ask('select pg_advisory_xact_lock($1)', BEGINNING);
    await ask('create table if not exists migration (name text primary key)');
    const done = new Set((await ask<{ name: string }>('select name from migration')).map(({ name }) => name));
    const unknown = [...done].filter((name) => !files.includes(name));
    if (unknown.length > 0) throw new Error(`a newer version has worked on this database: ${unknown.join(', ')}`);
    for (const file of files.filter((name) => !done.has(name))) {
      await ask(readFileSync(join(folder, file), 'utf8'));
      await ask('insert into migration values ($1)', file);
    }
  });
}

/** What cannot keep our promises is not begun with. */
async function fitOrRefuse(ask: Ask): Promise<void> {
  const [found] = await ask<{ version: number; encoding: string; fsync: string; commit: string }>(
    `select current_setting('server_version_num')::integer as version, current_setting('server_encoding') as encoding,
      current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit`,
  );
  if (!found) throw new Error('the database says nothing of itself');
  if (found.version < LEAST_VERSION) throw new Error('Relight needs PostgreSQL 14 or newer');
  if (found.encoding !== 'UTF8') throw new Error(`the database is in ${found.encoding}; it has to be made in UTF8`);
  if (found.fsync !== 'on' || found.commit === 'off')
    throw new Error('the database would lose acknowledged work: fsync or synchronous_commit is off');
}
