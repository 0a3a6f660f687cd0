import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import { seeded } from '../e2e/seeded.ts';
import { freePort, pause, startServerProcess } from '../e2e/server-process.ts';
import { checkAlerts, type AlertHistory } from './alerts-check.ts';
import { AREAS, bring, leadFor, orderDueAt, type GivenOrder } from './given-orders.ts';
import { logOf } from './kept-history.ts';
import { cpuOf } from './process-cpu.ts';
import type { Figure, ProofOptions, Proven } from './proof.ts';
import { spread } from './quantiles.ts';
import { watchLog } from './watch-log.ts';

/** A limit this far away passes after everything is over; a remote one is not even warned of. */
const FAR_MS = 100 * 60_000;
/** Per due item the engine may cost this much more with a hundred times as many orders open. */
const FLAT = 2;

type Round = { readonly open: number; readonly cpuPerDue: number; readonly idle: number; readonly proven: Proven };

/**
 * `n` limits pass within a minute (quick: eight seconds), beside ever more orders that are open and not due. Every one has to be
 * told, soon, and what it costs must not grow with what is open.
 */
export async function alertScale({ n, seed, quick, log, dir }: ProofOptions): Promise<Proven> {
  const sizes = quick ? [1_000] : [1_000, 10_000, 100_000];
  const rounds: Round[] = [];
  for (const open of sizes) {
    const round = await storm({ n, seed, quick, log, dir: join(dir, String(open)) }, open);
    log(`${open} open: ${JSON.stringify(round.proven.figures)}`);
    rounds.push(round);
  }
  const [least, most] = [rounds[0]!, rounds.at(-1)!];
  const growth = most.cpuPerDue / least.cpuPerDue;
  const grown = !(least.cpuPerDue > 0 && growth > 0 && growth <= FLAT)
    ? [`a due item costs ${growth.toFixed(1)} times as much with ${most.open} orders open`]
    : [];
  return {
    runs: rounds.length * n,
    faults: 0,
    acked: rounds.reduce((sum, { proven }) => sum + proven.acked, 0),
    failures: rounds.flatMap(({ open, proven }) => proven.failures.map((one) => `${open} open: ${one}`)),
    overBar: grown,
    figures: Object.fromEntries(
      rounds.flatMap(({ open, proven }) =>
        Object.entries(proven.figures).map(([name, value]): [string, Figure] => [`${open} open: ${name}`, value]),
      ),
    ),
  };
}

async function storm({ n, seed, quick, log, dir }: ProofOptions, open: number): Promise<Round> {
  mkdirSync(dir, { recursive: true });
  const random = seeded(seed + open);
  const dataDir = join(dir, 'data');
  const length = quick ? 8_000 : 60_000;

  const far = Array.from({ length: open }, (_, index) => orderDueAt(`far-${index}`, 'remote', Date.now() + FAR_MS));
  bring(dataDir, far, dir);
  const start = Date.now() + leadFor(dataDir, n);
  const due: GivenOrder[] = Array.from({ length: n }, (_, index) =>
    orderDueAt(`due-${index}`, AREAS[index % 3]!, start + random() * length),
  );
  bring(dataDir, due, dir);
  const server = await startServerProcess({ dataDir, port: await freePort(), env: { LOG_LEVEL: 'warn' } });
  const from = Date.now();
  const watch = watchLog(dataDir, join(dir, 'sightings.ndjson'));
  await watch.quiet(2_000);
  if (Date.now() > start) throw new Error('this machine is too slow: limits passed before the measurement began');
  await pause(Math.max(0, start - Date.now()));
  const before = cpuOf(server.pid);
  log(`${open} orders are open, ${n} limits pass in ${length / 1_000} s`);
  await pause(Math.max(0, start + length - Date.now()) + 3_000);
  const to = Date.now();
  const used = cpuOf(server.pid) - before;
  // What it costs when nothing is due, with everything compiled and read that the storm needed.
  await pause(quick ? 3_000 : 20_000);
  const idle = (cpuOf(server.pid) - before - used) / (Date.now() - to);
  const cpuPerDue = (used - idle * (to - start)) / n;
  const sightings = watch.stop();
  await server.stop();

  const lines = logOf(dataDir);
  const history: AlertHistory = { orders: due, log: lines, sightings, outages: [], from, to };
  const { wrong, lateness } = checkAlerts(history);
  const told = lines.filter(({ kind, rcv }) => kind === 'alertRaised' && rcv >= start).length;
  const recorded = lateness.calm.length;
  const proven: Proven = {
    runs: n,
    faults: 0,
    acked: told,
    failures: Object.entries(wrong).flatMap(([what, list]) => list.map((one) => `${what}: ${one}`)),
    figures: {
      recorded: `${recorded} of ${n} in ${length / 1_000} s`,
      lateness: spread(lateness.calm),
      'CPU per due ms': Number(cpuPerDue.toFixed(2)),
      'CPU idle %': Number((idle * 100).toFixed(1)),
    },
  };
  return { open, cpuPerDue, idle, proven };
}
