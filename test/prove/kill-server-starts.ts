import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import Sqlite from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { migrate } from 'drizzle-orm/better-sqlite3/migrator';

import { diesAt } from '../e2e/kill-server-points.ts';
import { freePort, relight, startServerProcess } from '../e2e/server-process.ts';

const HOME = join(import.meta.dirname, '../..');
const MIGRATIONS = join(HOME, 'server/store/migrations');
const LAST_STATEMENT = 90;

type Asked = { readonly dir: string; readonly random: () => number; readonly count: number };

/**
 * Kills servers on an empty directory, or on one with older tables, at a statement of their start, up to three times in
 * a row; then the command line has to find a database that is whole. Gives a sentence for each, empty: it was.
 */
export async function killStarts({ dir, random, count }: Asked): Promise<string[]> {
  const said: string[] = [];
  const { entries } = JSON.parse(readFileSync(join(MIGRATIONS, 'meta/_journal.json'), 'utf8')) as Journal;
  while (said.length < count) {
    const dataDir = join(dir, `start-${said.length}`);
    mkdirSync(dataDir, { recursive: true });
    const older = Math.floor(random() * (entries.length + 1));
    if (older > 0) makeOlder(dataDir, older);
    for (let death = 0; death < 1 + random() * 2 && said.length < count; death += 1) {
      await dieStarting(dataDir, 1 + Math.floor(random() * LAST_STATEMENT));
      said.push(judge(dataDir, death));
    }
    rmSync(dataDir, { recursive: true, force: true });
  }
  return said;
}

type Journal = { readonly entries: readonly object[] };

/** The tables as an older build made them, up to the first `count` changes. */
function makeOlder(dataDir: string, count: number): void {
  const folder = join(dataDir, 'older-migrations');
  cpSync(MIGRATIONS, folder, { recursive: true });
  const file = join(folder, 'meta/_journal.json');
  const journal = JSON.parse(readFileSync(file, 'utf8')) as Journal;
  writeFileSync(file, JSON.stringify({ ...journal, entries: journal.entries.slice(0, count) }));
  const sqlite = new Sqlite(join(dataDir, 'relight.db'));
  migrate(drizzle({ client: sqlite }), { migrationsFolder: folder });
  sqlite.close();
}

/** A start that passes fewer statements listens, and is killed then. */
async function dieStarting(dataDir: string, passage: number): Promise<void> {
  const entry = join(HOME, 'test/e2e/kill-server-entry.ts');
  const env = { ...diesAt('starting', passage), LOG_LEVEL: 'warn' };
  const server = await startServerProcess({ dataDir, port: await freePort(), entry, env }).catch((error: unknown) => {
    if (String(error).includes('ended with SIGKILL')) return null;
    throw error;
  });
  await server?.kill();
}

function judge(dataDir: string, death: number): string {
  try {
    relight(dataDir, ['verify', '--json']);
    return '';
  } catch (error) {
    return `after death ${death + 1} at its start the database is not whole: ${String(error)}`;
  }
}
