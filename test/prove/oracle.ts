import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as breathe } from 'node:timers/promises';

import { MUTANTS } from '../laws/engine-mutants.ts';
import { firstDifference } from '../laws/oracle-search.ts';
import type { ProofOptions, Proven } from './proof.ts';

const AT_ONCE = 1_000;
const SAY_EVERY = 50_000;
/** Enough stories for every wrong engine to differ in one. */
const CONTROL_RUNS = 20_000;
/** More of them say nothing that these do not. */
const ENOUGH = 20;

/** How far a run is, so that it can go on. `differences`: each with the seed that has it again. */
type Progress = { readonly done: number; readonly differences: readonly string[] };

/** Engine and oracle over `n` random histories of an order, one for each seed from `seed` on. */
export async function oracle({ n, seed, quick, log, dir }: ProofOptions): Promise<Proven> {
  const file = join(dir, 'progress.json');
  let progress = readProgress(file);
  while (progress.done < n && progress.differences.length < ENOUGH) {
    progress = further(progress, seed, n);
    writeFileSync(file, JSON.stringify(progress));
    if (progress.done % SAY_EVERY < AT_ONCE)
      log(`${progress.done} histories, ${progress.differences.length} differences`);
    await breathe();
  }
  const mutants = quick ? [] : Object.entries(MUTANTS);
  const uncaught = mutants.filter(([, engine]) => firstDifference({ from: 1, runs: CONTROL_RUNS, engine }) === null);
  return {
    runs: progress.done,
    faults: mutants.length,
    acked: 0,
    failures: [...progress.differences, ...uncaught.map(([name]) => `void: an engine that ${name} is not caught`)],
    figures: {
      histories: progress.done,
      mismatches: progress.differences.length,
      ...(quick ? {} : { 'wrong engines caught': `${mutants.length - uncaught.length} of ${mutants.length}` }),
    },
  };
}

function further({ done, differences }: Progress, seed: number, n: number): Progress {
  const runs = Math.min(AT_ONCE, n - done);
  const found = firstDifference({ from: seed + done, runs });
  if (!found) return { done: done + runs, differences };
  const upTo = found.seed - seed + 1;
  return { done: upTo, differences: [...differences, `seed ${found.seed}: ${found.difference}`] };
}

const readProgress = (file: string): Progress =>
  existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Progress) : { done: 0, differences: [] };
