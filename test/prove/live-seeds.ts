import { isMainThread, parentPort } from 'node:worker_threads';

import { liveSeed, type Lived } from '../sim/live-seed.ts';
import { keepTemplates, type Templates } from '../sim/template.ts';
import { traceHash } from '../sim/trace-hash.ts';

/** What a seed came to, in few words. `failures`: sentences. `counts`: to be added up. */
export type SeedTold = {
  readonly seed: number;
  readonly failures: readonly string[];
  readonly counts: Readonly<Record<string, number>>;
};

/** So many seeds are lived through twice, to see that they are the same. */
const TWICE_EVERY = 200;

/** In a thread of its own: each number that comes is a seed, each answer what became of it. */
if (!isMainThread && parentPort) {
  const port = parentPort;
  const templates = keepTemplates();
  port.on('message', (seed: number | null) => {
    if (seed === null) void templates.close().then(() => port.close());
    else void tellSeed(seed, templates).then((told) => port.postMessage(told));
  });
}

async function tellSeed(seed: number, templates: Templates): Promise<SeedTold> {
  const before = process.threadCpuUsage();
  const lived = await liveSeed(seed, templates);
  const failures = failuresOf(seed, lived);
  if (seed % TWICE_EVERY === 0) failures.push(...(await otherwise(seed, lived, templates)));
  const { user, system } = process.threadCpuUsage(before);
  return { seed, failures, counts: { ...countsOf(lived), 'CPU ms': Math.round((user + system) / 1_000) } };
}

async function otherwise(seed: number, { history }: Lived, templates: Templates): Promise<string[]> {
  const again = await liveSeed(seed, templates);
  const same = history && again.history && traceHash(history) === traceHash(again.history);
  return same ? [] : [`seed ${seed} is not the same twice`];
}

/** One sentence a seed: the first promise of each kind that was broken, and how to see it again. */
function failuresOf(seed: number, { broken }: Lived): string[] {
  const [first] = broken;
  if (!first) return [];
  const checks = [...new Set(broken.map(({ check }) => check))].join(', ');
  return [`seed ${seed} (${checks}): ${first.says}; again: npm run prove -- simulate --n 1 --seed ${seed}`];
}

const PLAIN: ReadonlySet<string> = new Set(['visit', 'tap', 'desk', 'backup', 'archive']);

function countsOf({ plan, history }: Lived): Record<string, number> {
  const faults = plan.happenings.filter(({ is }) => !PLAIN.has(is)).length;
  if (!history) return { faults };
  return {
    faults,
    acked: history.wire.reduce((sum, { answer }) => sum + (answer?.acks.length ?? 0), 0),
    machines: history.machines.length,
    'taps saved': history.saved.length,
    exchanges: history.wire.length,
    restores: history.logs.length - 1,
    'copied tablets': history.machines.filter(({ cloneOf }) => cloneOf !== null).length,
    'virtual days': Math.round((history.endedAt - (history.wire[0]?.at ?? history.endedAt)) / 86_400_000),
  };
}
