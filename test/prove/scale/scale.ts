import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import { postgresPrograms, startCluster } from '../../store/cluster.ts';
import type { Figure, ProofOptions, Proven } from '../proof.ts';
import { costsBySize, type SizeCosts } from './costs-by-size.ts';
import { throughput, type Throughput } from './throughput.ts';

/** What something costs beside a longer log may be so many times as much as beside a short one. */
const FLAT = 2;
const SHORT = 1_000;
const FOREIGN = 200_000;

/**
 * Server events a second with 1, 50 and 200 devices, syncs of the disk per event, how long the event loop is held up; then
 * what a push of ten events, a pull with no news and a catch-up cost beside logs of up to `n` events. On SQLite, and in
 * shorter form on PostgreSQL, where that is installed.
 */
export async function scale(options: ProofOptions): Promise<Proven> {
  const { n, quick, log, dir } = options;
  const sizes = [SHORT, 100_000, 1_000_000, 10_000_000].filter((size) => size < n).concat(n);
  const foreign = quick ? Math.min(n, 10_000) : FOREIGN;
  const sqlite = join(dir, 'sqlite');
  mkdirSync(sqlite, { recursive: true });
  const rates = await throughput({ dir: sqlite, env: {}, devices: quick ? [1, 50] : [1, 50, 200], quick, log });
  const costs = await costsBySize({ dir: sqlite, env: {}, sizes, foreign, log });
  // A short run has no time for a second database.
  const beside = quick ? null : await onPostgres(options, foreign);
  const grown = [...overBar('', costs), ...(beside ? overBar('PostgreSQL: ', beside.costs) : [])];
  const pushed = [...rates, ...(beside?.rates ?? [])].reduce((sum, { events }) => sum + events, 0);
  return {
    runs: pushed,
    faults: 0,
    acked: pushed,
    failures: [],
    overBar: grown,
    figures: {
      ...ratesIn('', rates),
      ...costsIn('', costs),
      ...(beside ? { ...ratesIn('PostgreSQL: ', beside.rates), ...costsIn('PostgreSQL: ', beside.costs) } : {}),
    },
  };
}

async function onPostgres({ n, log, dir: room }: ProofOptions, foreign: number) {
  const programs = postgresPrograms();
  if (programs === null) return null;
  const dir = join(room, 'postgres');
  mkdirSync(dir, { recursive: true });
  const cluster = await startCluster(programs);
  try {
    const databases = [await cluster.database(), await cluster.database()];
    const [busy, long] = databases.map((DATABASE_URL) => ({ DATABASE_URL }));
    const rates = await throughput({ dir, env: busy!, devices: [1, 50], quick: false, log });
    const sizes = [SHORT, Math.min(n, 100_000)];
    const costs = await costsBySize({ dir, env: long!, sizes, foreign: Math.min(foreign, 50_000), log });
    return { rates, costs };
  } finally {
    await cluster.stop();
  }
}

function overBar(name: string, { sizes, catchUp }: SizeCosts): string[] {
  const [least, most] = [sizes[0]!, sizes.at(-1)!];
  const ratios = {
    'a push': most.push.cpuMs / least.push.cpuMs,
    'a pull without news': most.pull.cpuMs / least.pull.cpuMs,
    'a desk’s pull': most.desk.cpuMs / least.desk.cpuMs,
    'a catch-up': catchUp.behind.cpuMs / catchUp.alone.cpuMs,
  };
  return Object.entries(ratios)
    .filter(([, ratio]) => !(ratio <= FLAT))
    .map(([what, ratio]) => `${name}${what} costs ${ratio.toFixed(1)} times as much, ${FLAT} are allowed`);
}

const round = (value: number, digits = 2): number => Number(value.toFixed(digits));

const ratesIn = (name: string, rates: readonly Throughput[]): Record<string, Figure> =>
  Object.fromEntries(
    rates.flatMap(({ devices, events, seconds, cpuMs, syncs, loop }): [string, Figure][] => [
      [`${name}${devices} devices: events a second`, Math.round(events / seconds)],
      [`${name}${devices} devices: CPU ms per event`, round(cpuMs / events, 3)],
      [`${name}${devices} devices: syncs per event`, round(syncs / events, 4)],
      [`${name}${devices} devices: event loop p99, max ms`, `${round(loop.p99, 1)}, ${round(loop.max, 1)}`],
    ]),
  );

const costsIn = (name: string, { sizes, catchUp }: SizeCosts): Record<string, Figure> => ({
  ...Object.fromEntries(
    (['push', 'pull', 'desk'] as const).map((what): [string, Figure] => [
      `${name}${NAMES[what]} beside ${sizes.map(({ events }) => events).join(', ')} events`,
      `${sizes.map((one) => round(one[what].cpuMs)).join(', ')} CPU ms; ${sizes.map((one) => round(one[what].ms)).join(', ')} ms; last to first ${round(sizes.at(-1)![what].cpuMs / sizes[0]![what].cpuMs)}`,
    ]),
  ),
  [`${name}catch-up behind 0, ${catchUp.foreign} foreign events`]: `${round(catchUp.alone.cpuMs)}, ${round(catchUp.behind.cpuMs)} CPU ms; ${round(catchUp.alone.ms)}, ${round(catchUp.behind.ms)} ms; ratio ${round(catchUp.behind.cpuMs / catchUp.alone.cpuMs)}`,
});

const NAMES = { push: 'push of 10', pull: 'pull without news', desk: 'desk’s pull without news' };
