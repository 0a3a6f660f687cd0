import { and, eq, gt, lte, sql } from 'drizzle-orm';
import { union } from 'drizzle-orm/sqlite-core';

import type { WriterId } from '#shared/ids.ts';
import { LIMITS } from '#shared/sync/limits.ts';

import type { Connection } from './connection.ts';
import { event, quarantine, writer } from './schema.ts';

/** How many numbers one look reads; a longer gap is told in the next answer. */
const LOOK = 10_000;

/** Moves the mark up to which everything of this writer is in log or quarantine, and gives it. */
export function advanceThrough(connection: Connection, name: WriterId): number {
  const row = connection.db.select().from(writer).where(eq(writer.writer, name)).get();
  if (!row) return 0;
  let { through } = row;
  for (const n of present(connection, name, { over: through, upTo: Number.MAX_SAFE_INTEGER })) {
    if (n !== through + 1) break;
    through = n;
  }
  if (through !== row.through) connection.db.update(writer).set({ through }).where(eq(writer.writer, name)).run();
  return through;
}

/** The numbers up to `hiN` that are neither in log nor quarantine, as ranges (I11). */
export function missing(connection: Connection, name: WriterId, hiN: number): [number, number][] {
  const through = advanceThrough(connection, name);
  const ranges: [number, number][] = [];
  let next = through + 1;
  for (const n of present(connection, name, { over: through, upTo: hiN })) {
    if (n > next) ranges.push([next, n - 1]);
    next = n + 1;
  }
  if (next <= hiN) ranges.push([next, hiN]);
  return ranges.slice(0, LIMITS.needRanges);
}

function present({ db }: Connection, name: WriterId, { over, upTo }: { over: number; upTo: number }): number[] {
  const logged = db
    .select({ n: event.n })
    .from(event)
    .where(and(eq(event.writer, name), gt(event.n, over), lte(event.n, upTo)));
  const held = db
    .select({ n: quarantine.n })
    .from(quarantine)
    .where(and(eq(quarantine.writer, name), gt(quarantine.n, over), lte(quarantine.n, upTo)));
  return union(logged, held)
    .orderBy(sql`n`)
    .limit(LOOK)
    .all()
    .map((row) => row.n);
}
