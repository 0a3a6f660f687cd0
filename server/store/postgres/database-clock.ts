import { performance } from 'node:perf_hooks';

import type { Ask, Postgres } from './connection.ts';

/**
 * What time it is in the database, without asking each time: what it said last, and what this process's monotonic clock
 * has counted since. Processes agree this way whatever their own wall clocks show.
 */
export type DatabaseClock = {
  readonly now: () => number;
  /** Asks anew. To be called each second; a slow answer is not believed. */
  readonly ask: () => Promise<void>;
};

/** An answer that took longer says too little about when it was given. */
const PROMPT_MS = 50;
/** After so long an uncertain answer is better than an old one. */
const OLD_MS = 60_000;

export async function openDatabaseClock({ read }: Postgres): Promise<DatabaseClock> {
  let known: { readonly at: number; readonly mono: number } | null = null;
  let latest = 0;
  const ask = async (): Promise<void> => {
    const { at, before, after } = await read(async (ask) => {
      const before = performance.now();
      const at = await databaseNow(ask);
      return { at, before, after: performance.now() };
    });
    const isOld = known === null || after - known.mono > OLD_MS;
    // The answer was given between the two; the later half keeps a limit from being met too early.
    if (after - before <= PROMPT_MS || isOld) known = { at, mono: after };
  };
  await ask();
  return {
    ask,
    now: () => {
      // It never runs back: a moment between two answers is not worth an event before its cause.
      latest = Math.max(latest, Math.floor((known?.at ?? 0) + performance.now() - (known?.mono ?? 0)));
      return latest;
    },
  };
}

/** Milliseconds since 1970, now and not when the transaction began. */
export async function databaseNow(ask: Ask): Promise<number> {
  const [row] = await ask<{ at: number }>('select floor(extract(epoch from clock_timestamp()) * 1000)::bigint as at');
  if (!row) throw new Error('the database does not say what time it is');
  return row.at;
}
