import type { WriterId } from '#shared/ids.ts';
import { LIMITS } from '#shared/sync/limits.ts';

import type { Ask } from './connection.ts';

/** How many numbers one look reads; a longer gap is told in the next answer. */
const LOOK = 10_000;

/** Moves the mark up to which everything of this writer is in log or quarantine. */
export async function advanceThrough(ask: Ask, name: WriterId): Promise<void> {
  const { stored, through } = await markOf(ask, name);
  if (through !== stored) await ask('update writer set through = $2 where writer = $1 and through < $2', name, through);
}

/** The numbers up to `hiN` that are neither in log nor quarantine, as ranges (I11). */
export async function gapsOf(
  ask: Ask,
  name: WriterId,
  hiN: number,
): Promise<{ ranges: [number, number][]; moved: boolean }> {
  const { stored, through } = await markOf(ask, name);
  const moved = through !== stored;
  if (hiN <= through) return { ranges: [], moved };
  const ranges: [number, number][] = [];
  let next = through + 1;
  for (const n of await numbersIn(ask, name, { over: through, upTo: hiN })) {
    if (n > next) ranges.push([next, n - 1]);
    next = n + 1;
  }
  if (next <= hiN) ranges.push([next, hiN]);
  return { ranges: ranges.slice(0, LIMITS.needRanges), moved };
}

/** See `LogStore`. */
export async function isOver(ask: Ask, name: WriterId, hiN: number): Promise<boolean> {
  const [row] = await ask<{ forkedN: number | null }>('select forked_n from writer where writer = $1', name);
  if (!row || row.forkedN !== null || (await gapsOf(ask, name, hiN)).ranges.length > 0) return false;
  return (await numbersIn(ask, name, { over: hiN, upTo: Number.MAX_SAFE_INTEGER })).length === 0;
}

/** The mark as it is stored, and where it belongs now. */
async function markOf(ask: Ask, name: WriterId): Promise<{ readonly stored: number; readonly through: number }> {
  const [row] = await ask<{ through: number }>('select through from writer where writer = $1', name);
  if (!row) return { stored: 0, through: 0 };
  let { through } = row;
  for (const n of await numbersIn(ask, name, { over: through, upTo: Number.MAX_SAFE_INTEGER })) {
    if (n !== through + 1) break;
    through = n;
  }
  return { stored: row.through, through };
}

async function numbersIn(ask: Ask, name: WriterId, { over, upTo }: { over: number; upTo: number }): Promise<number[]> {
  const rows = await ask<{ n: number }>(
    `select n from event where writer = $1 and n > $2 and n <= $3
      union select n from quarantine where writer = $1 and n > $2 and n <= $3 order by n limit $4`,
    name,
    over,
    upTo,
    LOOK,
  );
  return rows.map(({ n }) => n);
}
