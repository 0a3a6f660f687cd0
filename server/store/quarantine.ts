import { and, eq, inArray, isNotNull, isNull, ne, or, sql } from 'drizzle-orm';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';

import type { DeviceId, Subject, WriterId } from '#shared/ids.ts';

import { slot, type Connection } from './connection.ts';
import type { Held } from './log-tables.ts';
import { nativeSha256 } from './native-sha256.ts';
import { head, quarantine } from './schema.ts';

/**
 * Takes custody of something that may not enter the log. The same bytes again get the same number, and what is known of them
 * by then: a writer that is known counts them as received (I11).
 */
export function quarantineHeld({ db }: Connection, { lay, ...held }: Held, rcv: number): number {
  const rawHash = nativeSha256(held.raw);
  return db
    .insert(quarantine)
    .values({ ...held, layEpoch: lay?.epoch ?? null, layQ: lay?.q ?? null, rawHash, rcv })
    .onConflictDoUpdate({
      target: [quarantine.device, quarantine.rawHash],
      set: {
        code: held.code,
        ...(held.writer === null ? {} : { writer: held.writer }),
        ...(lay ? { layEpoch: lay.epoch, layQ: lay.q } : {}),
      },
    })
    .returning({ id: quarantine.id })
    .get().id;
}

/** One look for a whole push: there is hardly ever anything. */
export const anyHeld = (
  connection: Connection,
  of: { writers: readonly WriterId[]; hashes: readonly string[]; subjects: readonly Subject[] },
): boolean =>
  connection.prepared(heldOfAny).get({
    writers: JSON.stringify(of.writers),
    hashes: JSON.stringify(of.hashes),
    subjects: JSON.stringify(of.subjects),
  })?.any === 1;

/** Has anything about it entered the log from here? */
export const letIn = (connection: Connection, subject: Subject): boolean =>
  connection.prepared(releasedAbout).get({ subject }) !== undefined;

/** Under this number lies another event than this one; one of them is a fork (I3). */
export const heldOther = (connection: Connection, made: { writer: WriterId; n: number; hash: string }): boolean =>
  connection.prepared(otherHeld).get(made) !== undefined;

/** What was held has entered the log after all. */
export function release(
  connection: Connection,
  placed: { writer: WriterId; n: number; hash: string; q: number },
): void {
  connection.prepared(markReleased).run(placed);
}

/** The same, for what was held under another name than the one it has come back under. */
export function releaseFork(connection: Connection, placed: { device: DeviceId; hash: string; q: number }): void {
  connection.prepared(markForkReleased).run(placed);
}

/** What is kept of an event whose texts were erased says nothing any more; that it was held stays. */
export function emptyHeld(connection: Connection, of: { q: number; hash: string }): void {
  connection.prepared(emptyRaw).run(of);
}

const emptyRaw = (db: BetterSQLite3Database) =>
  db
    .update(quarantine)
    .set({ raw: '' })
    .where(or(eq(quarantine.hash, slot('hash')), eq(quarantine.releasedQ, slot('q'))))
    .prepare();

const heldOfAny = (db: BetterSQLite3Database) =>
  db
    .select({
      any: sql<number>`exists (select 1 from json_each(${slot('hashes')}) cross join quarantine on hash = value)
        or exists (select 1 from json_each(${slot('writers')}) cross join quarantine on writer = value
          where released_q is null)
        or exists (select 1 from json_each(${slot('subjects')}) cross join quarantine on subject = value
          where released_q is not null)`,
    })
    .from(head)
    .prepare();

const releasedAbout = (db: BetterSQLite3Database) =>
  db
    .select({ id: quarantine.id })
    .from(quarantine)
    .where(and(eq(quarantine.subject, slot('subject')), isNotNull(quarantine.releasedQ)))
    .limit(1)
    .prepare();

/** It is held under another name now, and enters the log when that does. */
export function followFork(connection: Connection, of: { device: DeviceId; was: string; hash: string }): void {
  connection.prepared(markFollowed).run(of);
}

const otherHeld = (db: BetterSQLite3Database) =>
  db
    .select({ id: quarantine.id })
    .from(quarantine)
    .where(
      and(
        eq(quarantine.writer, slot('writer')),
        eq(quarantine.n, slot('n')),
        isNotNull(quarantine.hash),
        ne(quarantine.hash, slot('hash')),
        inArray(quarantine.code, ['unknownKind', 'badData', 'noSubject', 'notAllowed']),
        isNull(quarantine.releasedQ),
      ),
    )
    .limit(1)
    .prepare();

/** By its hash alone: of what a stranger brought nobody could say whose it was. */
const markReleased = (db: BetterSQLite3Database) =>
  db
    .update(quarantine)
    .set({ releasedQ: slot('q') })
    .where(eq(quarantine.hash, slot('hash')))
    .prepare();

const markForkReleased = (db: BetterSQLite3Database) =>
  db
    .update(quarantine)
    .set({ releasedQ: slot('q') })
    .where(and(eq(quarantine.device, slot('device')), eq(quarantine.hash, slot('hash'))))
    .prepare();

const markFollowed = (db: BetterSQLite3Database) =>
  db
    .update(quarantine)
    .set({ hash: slot('hash') })
    .where(and(eq(quarantine.device, slot('device')), eq(quarantine.hash, slot('was'))))
    .prepare();
