import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { checkCustody, type AckLine, type LogLine as CustodyLine } from '../e2e/custody-check.ts';
import { seeded } from '../e2e/seeded.ts';
import { pause } from '../e2e/server-process.ts';
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
const CONTROL_ROUNDS = 16;
const CONTROL_MS = 3_000;
/** How long whoever is due may wait when all is over; whether that was too late is judged by itself. */
const TOLD_WITHIN_MS = 90_000;
/** Whatever happens to one of three servers, 99 of 100 limits are told by then. */
const PROMPT_MS = 2_000;

type Pace = { readonly apart: number; readonly pauseMs: number; readonly afterMs: number };
const FULL: Pace = { apart: 4_000, pauseMs: 30_000, afterMs: 8_000 };
/** Still longer than the database waits for a process that stopped inside a transaction. */
const QUICK: Pace = { apart: 1_500, pauseMs: 4_000, afterMs: 1_000 };

type Run = AlertHistory & {
  readonly faults: Faults;
  readonly acks: readonly AckLine[];
  readonly pulls: readonly PullLine[];
  readonly whole: Readonly<Record<string, readonly number[]>>;
  /** Servers that ended though nobody killed them. */
  readonly ended: readonly string[];
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
    const stage = await prepare(cluster, { dir, random, log });
    const caught = await control(stage);
    const history = await run(stage, n, quick);
    writeFileSync(join(dir, 'history.json'), JSON.stringify(history));
    return judge(history, caught);
  } finally {
    delete process.env['DATABASE_URL'];
    await cluster.stop();
  }
}

type Asked = Pick<ProofOptions, 'dir' | 'log'> & { readonly random: () => number };
/** A database with everybody signed in. `mistaken`: those who meet the broken servers, in a copy of it. */
type Stage = Asked & {
  readonly cluster: Cluster;
  readonly url: string;
  readonly people: People;
  readonly mistaken: People;
};

async function prepare(cluster: Cluster, asked: Asked): Promise<Stage> {
  const { dir, random } = asked;
  const url = await cluster.database();
  process.env['DATABASE_URL'] = url;
  const named = enrolPeople(dir, { writers: 15, pullers: 3 });
  const honest = await startProcesses({ count: 1, dir, url });
  const { writers, pullers } = await signIn(named, honest.any(random));
  await honest.stop();
  const people = { writers: writers.slice(0, 6), pullers };
  return { ...asked, cluster, url, people, mistaken: { writers: writers.slice(6), pullers } };
}

/** Servers that number by a sequence. If none of their pulls is seen to skip, the run after it shows nothing. */
async function control({ cluster, url: honest, mistaken, dir: room, random, log }: Stage): Promise<number> {
  const dir = join(room, 'control');
  mkdirSync(dir, { recursive: true });
  await cluster.terminate(honest);
  const url = await cluster.clone(honest);
  await withClient(url, async (client) => {
    const { rows } = await client.query<{ q: string }>('select q from head');
    await client.query(`create sequence serial_q start ${Number(rows[0]?.q) + 1}; create sequence serial_ids start 10`);
  });
  const entry = join(import.meta.dirname, 'serial-server.ts');
  const servers = await startProcesses({ count: SERVERS, dir, url, entry });
  let found: PullFindings;
  let rounds = 0;
  do {
    const done = await work(mistaken, { servers, random, most: 1, until: Date.now() + CONTROL_MS });
    found = checkPulls([], done.pulls, await pullWhole(mistaken, servers));
    rounds += 1;
  } while (found.skipped.length === 0 && rounds < CONTROL_ROUNDS);
  await servers.stop();
  if (found.skipped.length === 0) throw new Error('void: servers that number by a sequence were not caught');
  log(
    `control: servers that number by a sequence are caught, ${found.skipped.length} events skipped in ${found.pulls} pulls`,
  );
  return found.skipped.length;
}

async function run({ cluster, url, people, dir, random, log }: Stage, n: number, quick: boolean): Promise<Run> {
  const { apart, pauseMs, afterMs } = quick ? QUICK : FULL;
  const length = n * apart;
  const servers = await startProcesses({ count: SERVERS, dir, url });
  const count = Math.min(10_000, Math.ceil(length / 50));
  // The machine may have other things to do.
  const start = Date.now() + 2 * leadFor(dir, count);
  const orders = Array.from({ length: count }, (_, index) =>
    orderDueAt(String(index), AREAS[index % 3]!, start + random() * length),
  );
  bring(dir, orders, dir);
  const from = Date.now();
  if (from > start && !quick)
    throw new Error(`this machine is too slow: the orders are in ${from - start} ms too late`);
  const watch = await watchDatabase(url);
  log(`${count} limits pass in ${length / 1_000} s, ${n} faults meanwhile`);
  const until = start + length + afterMs;
  const [done, faults] = await Promise.all([
    work(people, { servers, random, most: 50, until }),
    tormentProcesses(servers, { n, random, start, apart, cluster, url, pauseMs, log }),
  ]);
  await untilTold(url, count);
  const to = Date.now();
  const whole = await pullWhole(people, servers);
  await servers.stop();
  // After the servers, so that whatever they wrote last was seen.
  const sightings = await watch.stop();
  return {
    orders,
    log: logOf(dir),
    sightings,
    outages: faults.outages,
    from,
    to,
    faults,
    ...done,
    whole,
    ended: servers.ended,
  };
}

/** Until as many limits were told as passed, or there was time enough for it. */
async function untilTold(url: string, count: number): Promise<void> {
  const end = Date.now() + TOLD_WITHIN_MS;
  await withClient(url, async (client) => {
    for (;;) {
      const { rows } = await client.query(`select 1 from raised where rule = 'arrival' and level = 'missed'`);
      if (rows.length >= count || Date.now() > end) return;
      await pause(200);
    }
  });
}

function judge({ faults, acks, pulls, whole, ended, ...history }: Run, caught: number): Proven {
  const alerts = checkAlerts(history);
  // The same lines; the alerts' check reads data, custody's reads hashes.
  const lines = history.log as unknown as readonly CustodyLine[];
  const custody = checkCustody(lines, acks);
  const view: PullFindings = checkPulls(lines, pulls, whole);
  const all = Object.values(alerts.lateness)
    .flat()
    .toSorted((a, b) => a - b);
  const slow = quantile(all, 0.99) >= PROMPT_MS ? [`p99 is ${quantile(all, 0.99)} ms`] : [];
  const { lost, doubled, gaps, reordered } = custody;
  const { late, clock, unmarked, missed, doubled: doubledAlert, early } = alerts.wrong;
  const timing = { late, clock, unmarked, slow };
  const wrong = {
    'a server': ended,
    missed,
    'doubled alert': doubledAlert,
    early,
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
    failures: sentences(wrong),
    overBar: sentences(timing),
    figures: {
      'log events': custody.logged,
      lost: lost.length,
      gaps: gaps.length,
      pulls: view.pulls,
      'skipped at a pull': view.skipped.length,
      missed: missed.length,
      doubled: doubledAlert.length,
      early: early.length,
      kills: faults.kills,
      'pauses inside a transaction': `${faults.inside} of ${faults.pauses}`,
      'clock jumps ± 1 h': faults.jumps,
      'connections cut': faults.cut,
      late: spread(all),
      'late undisturbed': spread(alerts.lateness.calm),
      'told later than meant': Object.values(timing).flat().length,
      'late over a kill': spread(alerts.lateness.kill),
      'late over a pause': spread(alerts.lateness.pause),
      'control: skipped': caught,
    },
  };
}

const sentences = (wrong: Readonly<Record<string, readonly string[]>>): string[] =>
  Object.entries(wrong).flatMap(([what, list]) => list.map((one) => `${what}: ${one}`));
