import { and, eq } from 'drizzle-orm';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';

import { sha256Hex } from '#shared/canonical.ts';
import type { WriterId } from '#shared/ids.ts';

import { slot, type Connection } from './connection.ts';
import type { Held } from './log-tables.ts';
import { quarantine } from './schema.ts';

/** Takes custody of something that may not enter the log. The same bytes again get the same number. */
export function quarantineHeld({ db }: Connection, held: Held, rcv: number): number {
  const rawHash = sha256Hex(held.raw);
  return db
    .insert(quarantine)
    .values({ ...held, rawHash, rcv })
    .onConflictDoUpdate({ target: [quarantine.device, quarantine.rawHash], set: { code: held.code } })
    .returning({ id: quarantine.id })
    .get().id;
}

/** What was held has entered the log after all. */
export function release(connection: Connection, placed: { writer: WriterId; n: number; q: number }): void {
  connection.prepared(markReleased).run(placed);
}

const markReleased = (db: BetterSQLite3Database) =>
  db
    .update(quarantine)
    .set({ releasedQ: slot('q') })
    .where(and(eq(quarantine.writer, slot('writer')), eq(quarantine.n, slot('n'))))
    .prepare();
