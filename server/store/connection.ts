import { join } from 'node:path';

import Sqlite, { type Database } from 'better-sqlite3';
import { sql, type Placeholder, type SQL } from 'drizzle-orm';
import { drizzle, type BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import { migrate } from 'drizzle-orm/better-sqlite3/migrator';

import { groupCommits } from './group-commits.ts';
import { leanStatement } from './lean-statement.ts';
import { isDiskBroken } from './storage-failure.ts';

/** One connection to the database; the whole process works through it, so its writes never wait for each other. */
export type Connection = {
  readonly db: BetterSQLite3Database;
  readonly sqlite: Database;
  /** What `build` makes of the database, made once per connection: statements whose text never changes. */
  readonly prepared: <T>(build: Build<T>) => T;
  /** Runs `work` as one write transaction; back from here means it is on disk. */
  readonly write: <T>(work: () => T) => T;
  /** The same, together with whatever else asks in the same turn of the event loop: one sync for all of them. */
  readonly grouped: <T>(work: () => T) => Promise<T>;
  /** Runs `work` on one snapshot. */
  readonly read: <T>(work: () => T) => T;
  /** Runs `work` inside a write transaction; if it throws, only its own changes are undone. */
  readonly part: <T>(work: () => T) => T;
};

/** Prepares statements; it has to be one and the same function each time, for it is what they are found by. */
type Build<T> = (db: BetterSQLite3Database) => T;

/**
 * A value that a prepared statement is given when it runs, as it lies in the database. The plus changes nothing, but SQLite
 * looks at a bare parameter for its plan, and plans anew each time it is given another value: that took longer than running.
 */
export const slot = (name: string): SQL => sql`+${sql.placeholder(name)}`;

/** The same for how many rows at most: a number as it is, or the name of a slot. */
export const atMost = (most: number | string): Placeholder => {
  const text: unknown = typeof most === 'number' ? sql.raw(String(most)) : slot(most);
  // oxlint-disable-next-line typescript/consistent-type-assertions -- drizzle writes whatever it is given, and has no type for it
  return text as Placeholder;
};

const BUSY_MS = 5_000;
const FULL = 2;

/** `onBroken`: told once, when the disk failed under a write; nothing is written here from then on. */
export function openConnection(file: string, onBroken: (error: unknown) => void = () => {}): Connection {
  const sqlite = new Sqlite(file);
  sqlite.pragma(`busy_timeout = ${BUSY_MS}`);
  sqlite.pragma('journal_mode = WAL');
  // After journal_mode: entering WAL falls back to NORMAL, which loses the last commits with the power (I8).
  sqlite.pragma('synchronous = FULL');
  sqlite.pragma('foreign_keys = ON');
  // What was redacted, and every earlier version of a row that said it, is not to lie about in free pages (I4).
  sqlite.pragma('secure_delete = ON');
  // Where a sync failed, the system's memory may show what the disk never got. It is written anew before all else.
  sqlite.pragma('wal_checkpoint(PASSIVE)');
  const db = drizzle({ client: sqlite });
  migrate(db, { migrationsFolder: join(import.meta.dirname, 'migrations') });
  // What undoes a part of a large group is no file beside the log.
  sqlite.pragma('temp_store = MEMORY');

  // Making a transaction function costs more than a small transaction, so one serves all.
  const transaction = sqlite.transaction((work: () => unknown) => work());
  const unlessBroken = createFuse(onBroken);
  let asserted = false;
  const write: Connection['write'] = (work) => {
    const result = unlessBroken(() => resultOf((all) => transaction.immediate(all), work));
    if (!asserted) assertDurable(sqlite);
    asserted = true;
    return result;
  };
  const part: Connection['part'] = (work) => resultOf(transaction, work);
  return {
    db,
    sqlite,
    prepared: keepStatements(db),
    write,
    grouped: groupCommits(write, part),
    read: (work) => resultOf((all) => transaction.deferred(all), work),
    part,
  };
}

/** After a failed sync the next one may succeed without having written anything, so there is no next one. */
function createFuse(onBroken: (error: unknown) => void) {
  let broken: { readonly error: unknown } | null = null;
  return <T>(work: () => T): T => {
    if (broken) throw broken.error;
    try {
      return work();
    } catch (error) {
      if (isDiskBroken(error)) {
        broken = { error };
        onBroken(error);
      }
      throw error;
    }
  };
}

function keepStatements(db: BetterSQLite3Database): Connection['prepared'] {
  const kept = new Map<Build<unknown>, unknown>();
  return <T>(build: Build<T>): T => {
    if (!kept.has(build)) {
      const made = build(db);
      kept.set(build, leanStatement(made) ?? made);
    }
    // oxlint-disable-next-line typescript/consistent-type-assertions -- what lies under a function is what it built
    return kept.get(build) as T;
  };
}

const resultOf = <T>(transaction: (work: () => unknown) => unknown, work: () => T): T =>
  // oxlint-disable-next-line typescript/consistent-type-assertions -- it hands on what `work` gave
  transaction(work) as T;

/** Only after the first write does SQLite tell the setting that is really used. */
function assertDurable(sqlite: Database): void {
  const synchronous = sqlite.pragma('synchronous', { simple: true });
  if (synchronous !== FULL)
    throw new Error(`the database would lose acknowledged work: synchronous is ${String(synchronous)}`);
}
