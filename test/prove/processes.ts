import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { checkCustody, type AckLine, type LogLine as CustodyLine } from '../e2e/custody-check.ts';
import { seeded } from '../e2e/seeded.ts';
import { postgresPrograms, startCluster, withClient, type Cluster } from '../store/cluster.ts';
import { checkAlerts, type AlertHistory } from './alerts-check.ts';
import { AREAS, bring, leadFor, orderDueAt } from './given-orders.ts';
import { logOf } from './kept-history.ts';
import { tormentProcesses, type Faults } from './process-faults.ts';
import { enrolPeople, pullWhole, signIn, work, type People } from './process-people.ts';
import { startProcesses } from './process-servers.ts';
import type { ProofOptions, Proven } from './proof.ts';
import { checkPulls, type PullFindings, type PullLine } from './pulls-check.ts';
import { quantile, spread } from './quantiles.ts';
import { watchDatabase } from './watch-database.ts';

const SERVERS = 3;
const APART_MS = 4_000;
const AFTER_MS = 8_000;
const CONTROL_ROUNDS = 8;

type Run = AlertHistory & {
  readonly faults: Faults;
  readonly acks: readonly AckLine[];
  readonly pulls: readonly PullLine[];
  readonly whole: Readonly<Record<string, readonly number[]>>;
};

/**
 * Three server processes on one PostgreSQL while `n` faults happen to them: kills, pauses inside a transaction, wall
 * clocks an hour off, connections that are cut. Writers write, pullers pull and limits pass all the while.
 */
export async function processes({ n, seed, quick, log, dir }: ProofOptions): Promise<Proven> {
  const programs = postgresPrograms();
  if (programs === null) throw new Error('PostgreSQL is missing: apt-get install -y postgresql');
  const cluster = await startCluster(programs);
  try {
    const random = seeded(seed);
    const caught = await control(cluster, { dir: join(dir, 'control'), random, log });
    const history = await run(cluster, { n, quick, random, dir, log });
    writeFileSync(join(dir, 'history.json'), JSON.stringify(history));
    return judge(history, caught);
  } finally {
    delete process.env['DATABASE_URL'];
    await cluster.stop();
  }
}

type Asked = Pick<ProofOptions, 'dir' | 'log'> & { readonly random: () => number };

/** Servers that number by a sequence. If none of their pulls is seen to skip, the run after it shows nothing. */
async function control(cluster: Cluster, { dir, random, log }: Asked): Promise<number> {
  mkdirSync(dir, { recursive: true });
  const url = await cluster.database();
  process.env['DATABASE_URL'] = url;
  const people = enrolPeople(dir, { writers: 9, pullers: 3 });
  const honest = await startProcesses({ count: 1, dir, url });
  await signIn(people, honest.any(random));
  await honest.stop();
  await withClient(url, async (client) => {
    const { rows } = await client.query<{ q: string }>('select q from head');
    await client.query(`create sequence serial_q start ${Number(rows[0]?.q) + 1}; create sequence serial_ids start 10`);
  });
  const entry = join(import.meta.dirname, 'serial-server.ts');
  const servers = await startProcesses({ count: SERVERS, dir, url, entry });
  let found: PullFindings;
  let rounds = 0;
  do {
    const done = await work(people, { servers, random, most: 1, until: Date.now() + 6_000 });
    found = checkPulls([], done.pulls, await pullWhole(people, servers));
    rounds += 1;
  } while (found.skipped.length === 0 && rounds < CONTROL_ROUNDS);
  await servers.stop();
  if (found.skipped.length === 0) throw new Error('void: servers that number by a sequence were not caught');
  log(
    `control: servers that number by a sequence are caught, ${found.skipped.length} events skipped in ${found.pulls} pulls`,
  );
  return found.skipped.length;
}

async function run(
  cluster: Cluster,
  { n, quick, random, dir, log }: Asked & { readonly n: number; readonly quick: boolean },
): Promise<Run> {
  const url = await cluster.database();
  process.env['DATABASE_URL'] = url;
  const length = n * APART_MS;
  const people: People = enrolPeople(dir, { writers: 6, pullers: 3 });
  const servers = await startProcesses({ count: SERVERS, dir, url });
  await signIn(people, servers.any(random));
  const count = Math.min(10_000, Math.ceil(length / 50));
  const start = Date.now() + leadFor(dir, count);
  const orders = Array.from({ length: count }, (_, index) =>
    orderDueAt(String(index), AREAS[index % 3]!, start + random() * length),
  );
  bring(dir, orders, dir);
  const from = Date.now();
  if (from > start) throw new Error(`this machine is too slow: the orders are in ${from - start} ms too late`);
  const watch = await watchDatabase(url);
  log(`${count} limits pass in ${length / 1_000} s, ${n} faults meanwhile`);
  const until = start + length + AFTER_MS;
  const [done, faults] = await Promise.all([
    work(people, { servers, random, most: 50, until }),
    tormentProcesses(servers, {
      n,
      random,
      start,
      apart: APART_MS,
      cluster,
      url,
      pauseMs: quick ? 7_000 : 30_000,
      log,
    }),
  ]);
  const to = Date.now();
  const whole = await pullWhole(people, servers);
  const sightings = await watch.stop();
  await servers.stop();
  return { orders, log: logOf(dir), sightings, outages: faults.outages, from, to, faults, ...done, whole };
}

function judge({ faults, acks, pulls, whole, ...history }: Run, caught: number): Proven {
  const alerts = checkAlerts(history);
  // The same lines; the alerts' check reads data, custody's reads hashes.
  const lines = history.log as unknown as readonly CustodyLine[];
  const custody = checkCustody(lines, acks);
  const view: PullFindings = checkPulls(lines, pulls, whole);
  const calm = alerts.lateness.calm.toSorted((a, b) => a - b);
  const slow = quantile(calm, 0.99) >= 2_000 ? [`p99 of the undisturbed is ${quantile(calm, 0.99)} ms`] : [];
  const { lost, doubled, gaps, reordered } = custody;
  const wrong = {
    ...alerts.wrong,
    slow,
    lost,
    'doubled event': doubled,
    gap: [...gaps, ...view.log],
    reordered,
    skipped: view.skipped,
    'doubled in a pull': view.doubled,
    foreign: view.foreign,
  };
  return {
    runs: history.orders.length,
    faults: faults.kills + faults.pauses + faults.jumps + faults.cut,
    acked: acks.length,
    failures: Object.entries(wrong).flatMap(([what, list]) => list.map((one) => `${what}: ${one}`)),
    figures: {
      'log events': custody.logged,
      lost: lost.length,
      gaps: gaps.length,
      pulls: view.pulls,
      'skipped at a pull': view.skipped.length,
      missed: alerts.wrong.missed.length,
      doubled: alerts.wrong.doubled.length,
      early: alerts.wrong.early.length,
      kills: faults.kills,
      'pauses inside a transaction': `${faults.inside} of ${faults.pauses}`,
      'clock jumps ± 1 h': faults.jumps,
      'connections cut': faults.cut,
      'late undisturbed': spread(calm),
      'late over a kill': spread(alerts.lateness.kill),
      'late over a pause': spread(alerts.lateness.pause),
      'control: skipped': caught,
    },
  };
}
