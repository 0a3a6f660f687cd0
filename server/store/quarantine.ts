import { and, eq } from 'drizzle-orm';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';

import { sha256Hex } from '#shared/canonical.ts';
import type { DeviceId, WriterId } from '#shared/ids.ts';
import type { HeldCode } from '#shared/sync/protocol.ts';

import { slot, type Connection } from './connection.ts';
import { quarantine } from './schema.ts';

export type Held = {
  readonly device: DeviceId;
  /** Null: nobody could say which writer it is of. */
  readonly writer: WriterId | null;
  readonly n: number;
  readonly code: HeldCode;
  readonly raw: string;
};

/** Takes custody of something that may not enter the log. The same bytes again get the same reference. */
export function quarantineHeld({ db }: Connection, held: Held, rcv: number): string {
  const rawHash = sha256Hex(held.raw);
  const row = db
    .insert(quarantine)
    .values({ ...held, rawHash, rcv })
    .onConflictDoUpdate({ target: [quarantine.device, quarantine.rawHash], set: { code: held.code } })
    .returning({ id: quarantine.id })
    .get();
  return `H${row.id}`;
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
