import Sqlite from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';

import { createLogCheck, type Damage } from './check-log.ts';
import type { Connection } from './connection.ts';
import { readLog } from './log-pages.ts';
import { readHead } from './log-writer.ts';
import { head } from './schema.ts';
import { whole } from './whole.ts';

/** What a copy holds: everything up to position `q` of history `epoch`. */
export type CopyContent = { readonly q: number; readonly epoch: string };

export type Backups = {
  /** Copies the database to `file` while it is in use; one file, nothing beside it. */
  readonly copyTo: (file: string) => Promise<void>;
  /** Opens a copy and reads all of it; `damage` empty: it can be restored from. */
  readonly inspect: (file: string) => Promise<{ readonly content: CopyContent; readonly damage: readonly Damage[] }>;
  /** Publishes that everything up to `q` is inside a verified copy; never goes back. Gives the mark that now stands. */
  readonly publishSafe: (content: CopyContent) => Promise<number | null>;
};

export function createBackups(connection: Connection): Backups {
  return {
    copyTo: async (file) => {
      await connection.sqlite.backup(file, { progress: () => PAGES_AT_ONCE });
      const copy = new Sqlite(file);
      copy.pragma('journal_mode = DELETE');
      copy.close();
    },
    inspect: inspectCopy,
    publishSafe: ({ q, epoch }) =>
      whole(() =>
        connection.write(() => {
          const row = readHead(connection);
          // A copy of another history says nothing about this one.
          if (row.epoch !== epoch || q > row.q) return row.safe;
          const safe = Math.max(row.safe ?? 0, q);
          connection.db.update(head).set({ safe }).run();
          return safe;
        }),
      ),
  };
}

/** About 20 MB: some ten milliseconds in which nobody else is served. */
const PAGES_AT_ONCE = 5_000;
const LINES_AT_ONCE = 500;

/** Opens a copy and reads all of it. */
export async function inspectCopy(file: string): Promise<{ content: CopyContent; damage: readonly Damage[] }> {
  const sqlite = new Sqlite(file, { readonly: true, fileMustExist: true });
  try {
    const db = drizzle({ client: sqlite });
    const damage: Damage[] = [];
    const structure = sqlite.pragma('integrity_check(1)', { simple: true });
    if (structure !== 'ok') damage.push({ q: null, what: `the file is damaged: ${String(structure)}` });
    const check = createLogCheck((one) => damage.push(one));
    for (;;) {
      const lines = readLog({ db }, check.end().q, LINES_AT_ONCE);
      check.add(lines);
      if (lines.length < LINES_AT_ONCE) break;
      await new Promise(setImmediate);
    }
    const row = db.select().from(head).get();
    const end = check.close();
    if (row?.q !== end.q || row.chain !== end.chain)
      damage.push({ q: row?.q ?? null, what: 'the head is not where the log ends' });
    return { content: { q: end.q, epoch: row?.epoch ?? '' }, damage };
  } catch (error) {
    if (!(error instanceof Sqlite.SqliteError) || !/NOTADB|CORRUPT/.test(error.code)) throw error;
    return { content: { q: 0, epoch: '' }, damage: [{ q: null, what: `the file is damaged: ${error.message}` }] };
  } finally {
    sqlite.close();
  }
}
