import { join } from 'node:path';

import Sqlite, { type Database } from 'better-sqlite3';
import { drizzle, type BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import { migrate } from 'drizzle-orm/better-sqlite3/migrator';

/** One connection to the database; the whole process works through it, so its writes never wait for each other. */
export type Connection = {
  readonly db: BetterSQLite3Database;
  readonly sqlite: Database;
  /** Runs `work` as one write transaction; back from here means it is on disk. */
  readonly write: <T>(work: () => T) => T;
  /** Runs `work` on one snapshot. */
  readonly read: <T>(work: () => T) => T;
  /** Runs `work` inside a write transaction; if it throws, only its own changes are undone. */
  readonly part: <T>(work: () => T) => T;
};

const BUSY_MS = 5_000;
const FULL = 2;

export function openConnection(file: string): Connection {
  const sqlite = new Sqlite(file);
  sqlite.pragma(`busy_timeout = ${BUSY_MS}`);
  sqlite.pragma('journal_mode = WAL');
  // After journal_mode: entering WAL falls back to NORMAL, which loses the last commits with the power (I8).
  sqlite.pragma('synchronous = FULL');
  sqlite.pragma('foreign_keys = ON');
  const db = drizzle({ client: sqlite });
  migrate(db, { migrationsFolder: join(import.meta.dirname, 'migrations') });

  let asserted = false;
  return {
    db,
    sqlite,
    write: (work) => {
      const result = sqlite.transaction(work).immediate();
      if (!asserted) assertDurable(sqlite);
      asserted = true;
      return result;
    },
    read: (work) => sqlite.transaction(work).deferred(),
    part: (work) => sqlite.transaction(work)(),
  };
}

/** Only after the first write does SQLite tell the setting that is really used. */
function assertDurable(sqlite: Database): void {
  const synchronous = sqlite.pragma('synchronous', { simple: true });
  if (synchronous !== FULL)
    throw new Error(`the database would lose acknowledged work: synchronous is ${String(synchronous)}`);
}
