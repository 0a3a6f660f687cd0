import { join } from 'node:path';

import { custodyFailures } from '../e2e/custody-check.ts';
import { runKills } from '../e2e/kill-server-run.ts';
import { seeded } from '../e2e/seeded.ts';
import { postgresPrograms, startCluster } from '../store/cluster.ts';
import type { ProofOptions, Proven } from './proof.ts';
import { spread } from './quantiles.ts';

/** `n` SIGKILLs at random moments of a server on PostgreSQL while 50 writers push. */
export async function killServerPg({ n, seed, quick, log, dir }: ProofOptions): Promise<Proven> {
  const programs = postgresPrograms();
  if (programs === null) throw new Error('PostgreSQL is missing: apt-get install -y postgresql');
  const cluster = await startCluster(programs);
  try {
    const plan = { random: seeded(seed), log };
    const entry = join(import.meta.dirname, '../e2e/early-ack-postgres.ts');
    const wrong = { ...plan, dir: join(dir, 'control'), kills: 3, acknowledged: 100, writers: 20, entry };
    const control = await runKills({ ...wrong, env: { DATABASE_URL: await cluster.database() } });
    const caught = control.findings.lost.length;
    if (caught === 0) throw new Error('void: a server that acknowledges early was not caught');
    log(`control: a server that acknowledges early is caught ${caught} times`);

    const acknowledged = quick ? n * 50 : Math.max(100_000, n * 100);
    const env = { DATABASE_URL: await cluster.database() };
    const run = await runKills({
      ...plan,
      dir: join(dir, 'kills'),
      kills: n,
      acknowledged,
      writers: quick ? 20 : 50,
      env,
    });
    const busy = run.kills.filter((kill) => kill.busy > 0).length;
    return {
      runs: run.kills.length,
      faults: run.kills.length,
      acked: run.findings.acknowledged,
      failures: [
        ...custodyFailures(run.findings),
        ...(run.verified ? [] : ['relight verify finds damage']),
        ...(busy * 2 >= run.kills.length ? [] : [`only ${busy} of ${run.kills.length} kills met a request`]),
      ],
      figures: {
        lost: run.findings.lost.length,
        doubled: run.findings.doubled.length,
        gaps: run.findings.gaps.length,
        'chain ok': run.verified,
        'with requests in flight': busy,
        'control: lost': caught,
        'kill to answering': spread(run.kills.map(({ downMs }) => downMs)),
      },
    };
  } finally {
    await cluster.stop();
  }
}
