import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { liveSeed, type Lived } from '../sim/live-seed.ts';
import { keepTemplates } from '../sim/template.ts';
import { traceHash } from '../sim/trace-hash.ts';
import type { ProofOptions, Proven } from './proof.ts';

type Progress = {
  done: number;
  readonly failures: string[];
  readonly counts: Record<string, number>;
};

const SAY_EVERY = 100;
/** More of them say nothing that these do not. */
const ENOUGH = 20;
/** So many seeds are lived through twice, to see that they are the same. */
const TWICE_EVERY = 200;

/** Lives through `n` seeds from `seed` on and judges what each left behind. */
export async function simulate({ n, seed, log, dir }: ProofOptions): Promise<Proven> {
  const file = join(dir, 'progress.json');
  const progress = readProgress(file);
  const templates = keepTemplates();
  try {
    while (progress.done < n && progress.failures.length < ENOUGH) {
      const at = seed + progress.done;
      const lived = await liveSeed(at, templates);
      const before = progress.failures.length;
      progress.failures.push(...failuresOf(at, lived));
      if (at % TWICE_EVERY === 0) progress.failures.push(...(await otherwise(at, lived)));
      count(progress.counts, lived);
      progress.done += 1;
      writeFileSync(file, JSON.stringify(progress));
      for (const failure of progress.failures.slice(before)) log(failure);
      if (progress.done % SAY_EVERY === 0) log(`${progress.done} seeds, ${progress.failures.length} failures`);
    }
  } finally {
    await templates.close();
  }
  const { faults = 0, acked = 0, ...figures } = progress.counts;
  return { runs: progress.done, faults, acked, failures: progress.failures, figures };

  async function otherwise(at: number, { history }: Lived): Promise<string[]> {
    const again = await liveSeed(at, templates);
    const same = history && again.history && traceHash(history) === traceHash(again.history);
    return same ? [] : [`seed ${at} is not the same twice`];
  }
}

/** One sentence a seed: the first promise of each kind that was broken, and how to see it again. */
function failuresOf(seed: number, { broken }: Lived): string[] {
  const [first] = broken;
  if (!first) return [];
  const checks = [...new Set(broken.map(({ check }) => check))].join(', ');
  return [`seed ${seed} (${checks}): ${first.says}; again: npm run prove -- simulate --n 1 --seed ${seed}`];
}

const PLAIN: ReadonlySet<string> = new Set(['visit', 'tap', 'desk', 'backup', 'archive']);

function count(counts: Record<string, number>, { plan, history }: Lived): void {
  const add = (name: string, by: number): void => {
    counts[name] = (counts[name] ?? 0) + by;
  };
  add('faults', plan.happenings.filter(({ is }) => !PLAIN.has(is)).length);
  if (!history) return;
  add(
    'acked',
    history.wire.reduce((sum, { answer }) => sum + (answer?.acks.length ?? 0), 0),
  );
  add('machines', history.machines.length);
  add('taps saved', history.saved.length);
  add('exchanges', history.wire.length);
  add('restores', history.logs.length - 1);
  add('copied tablets', history.machines.filter(({ cloneOf }) => cloneOf !== null).length);
  add('virtual days', Math.round((history.endedAt - (history.wire[0]?.at ?? history.endedAt)) / 86_400_000));
}

const readProgress = (file: string): Progress =>
  existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Progress) : { done: 0, failures: [], counts: {} };
