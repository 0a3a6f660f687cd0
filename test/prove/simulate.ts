import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';

import type { SeedTold } from './live-seeds.ts';
import type { ProofOptions, Proven } from './proof.ts';

/** `done` from the first on, and those `ahead` of that. */
type Progress = {
  done: number;
  ahead: number[];
  readonly failures: string[];
  readonly counts: Record<string, number>;
};

const SAY_EVERY = 100;
/** More of them say nothing that these do not. */
const ENOUGH = 20;
const MOST_THREADS = 2;

/** Lives through `n` seeds from `seed` on, each in one of two threads, and judges what each left behind. */
export async function simulate({ n, seed, log, dir }: ProofOptions): Promise<Proven> {
  const file = join(dir, 'progress.json');
  const progress = readProgress(file);
  const ahead = new Set(progress.ahead);
  let next = progress.done;
  /** The next one that nobody has lived through or begun, null: there is none. */
  const take = (): number | null => {
    while (ahead.has(next)) next += 1;
    return next < n && progress.failures.length < ENOUGH ? next++ : null;
  };
  const took = ({ seed: at, failures, counts }: SeedTold): void => {
    ahead.add(at - seed);
    while (ahead.delete(progress.done)) progress.done += 1;
    progress.ahead = [...ahead];
    progress.failures.push(...failures);
    for (const [name, by] of Object.entries(counts)) progress.counts[name] = (progress.counts[name] ?? 0) + by;
    writeFileSync(file, JSON.stringify(progress));
    failures.forEach(log);
    const lived = progress.done + ahead.size;
    if (lived % SAY_EVERY === 0) log(`${lived} seeds, ${progress.failures.length} failures`);
  };
  const threads = Math.min(MOST_THREADS, availableParallelism(), Math.max(1, n - progress.done));
  await Promise.all(Array.from({ length: threads }, () => inThread({ seed, take, took })));
  const { faults = 0, acked = 0, 'CPU ms': cpu = 0, ...figures } = progress.counts;
  const runs = progress.done + ahead.size;
  return {
    runs,
    faults,
    acked,
    failures: progress.failures,
    figures: { ...figures, 'CPU ms a seed': Math.round(cpu / Math.max(1, runs)) },
  };
}

type Work = { readonly seed: number; readonly take: () => number | null; readonly took: (told: SeedTold) => void };

/** One seed after the other until there is none left. */
function inThread({ seed, take, took }: Work): Promise<void> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('live-seeds.ts', import.meta.url));
    const give = (): void => {
      const at = take();
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
      worker.postMessage(at === null ? null : seed + at);
    };
    worker.on('message', (told: SeedTold) => {
      took(told);
      give();
    });
    worker.on('error', reject);
    worker.on('exit', () => resolve());
    give();
  });
}

function readProgress(file: string): Progress {
  const fresh: Progress = { done: 0, ahead: [], failures: [], counts: {} };
  return existsSync(file) ? { ...fresh, ...(JSON.parse(readFileSync(file, 'utf8')) as Progress) } : fresh;
}
