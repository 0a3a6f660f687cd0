import { and, eq, gt, lte, sql } from 'drizzle-orm';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import { union } from 'drizzle-orm/sqlite-core';

import type { WriterId } from '#shared/ids.ts';
import { LIMITS } from '#shared/sync/limits.ts';

import { atMost, slot, type Connection } from './connection.ts';
import { event, quarantine, writer } from './schema.ts';

/** How many numbers one look reads; a longer gap is told in the next answer. */
const LOOK = 10_000;

/** Moves the mark up to which everything of this writer is in log or quarantine. */
export function advanceThrough(connection: Connection, name: WriterId): void {
  const { stored, through } = markOf(connection, name);
  if (through !== stored) connection.prepared(moveMark).run({ writer: name, through });
}

/** The numbers up to `hiN` that are neither in log nor quarantine, as ranges (I11). Writes only if the mark moves. */
export function missing(connection: Connection, name: WriterId, hiN: number): [number, number][] {
  const found = connection.read(() => gaps(connection, name, hiN));
  if (found.moved) connection.write(() => advanceThrough(connection, name));
  return found.ranges;
}

/** See `LogStore`. */
export function isOver(connection: Connection, name: WriterId, hiN: number): boolean {
  const row = connection.prepared(readMark).get({ writer: name });
  if (!row || row.forkedN !== null || gaps(connection, name, hiN).ranges.length > 0) return false;
  return numbersIn(connection, name, { over: hiN, upTo: Number.MAX_SAFE_INTEGER }).length === 0;
}

function gaps(connection: Connection, name: WriterId, hiN: number): { ranges: [number, number][]; moved: boolean } {
  const { stored, through } = markOf(connection, name);
  const moved = through !== stored;
  if (hiN <= through) return { ranges: [], moved };
  const ranges: [number, number][] = [];
  let next = through + 1;
  for (const n of numbersIn(connection, name, { over: through, upTo: hiN })) {
    if (n > next) ranges.push([next, n - 1]);
    next = n + 1;
  }
  if (next <= hiN) ranges.push([next, hiN]);
  return { ranges: ranges.slice(0, LIMITS.needRanges), moved };
}

/** The mark as it is stored, and where it belongs now. */
function markOf(connection: Connection, name: WriterId): { readonly stored: number; readonly through: number } {
  const row = connection.prepared(readMark).get({ writer: name });
  if (!row) return { stored: 0, through: 0 };
  let { through } = row;
  for (const n of numbersIn(connection, name, { over: through, upTo: Number.MAX_SAFE_INTEGER })) {
    if (n !== through + 1) break;
    through = n;
  }
  return { stored: row.through, through };
}

const numbersIn = (connection: Connection, name: WriterId, range: { over: number; upTo: number }): number[] =>
  connection
    .prepared(present)
    .all({ writer: name, ...range })
    .map((row) => row.n);

const readMark = (db: BetterSQLite3Database) =>
  db
    .select({ through: writer.through, forkedN: writer.forkedN })
    .from(writer)
    .where(eq(writer.writer, slot('writer')))
    .prepare();

const moveMark = (db: BetterSQLite3Database) =>
  db
    .update(writer)
    .set({ through: slot('through') })
    .where(eq(writer.writer, slot('writer')))
    .prepare();

function present(db: BetterSQLite3Database) {
  const logged = db
    .select({ n: event.n })
    .from(event)
    .where(and(eq(event.writer, slot('writer')), gt(event.n, slot('over')), lte(event.n, slot('upTo'))));
  const held = db
    .select({ n: quarantine.n })
    .from(quarantine)
    .where(and(eq(quarantine.writer, slot('writer')), gt(quarantine.n, slot('over')), lte(quarantine.n, slot('upTo'))));
  return union(logged, held)
    .orderBy(sql`n`)
    .limit(atMost(LOOK))
    .prepare();
}
