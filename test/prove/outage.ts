import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import { seeded } from '../e2e/seeded.ts';
import { freePort, pause, startServerProcess } from '../e2e/server-process.ts';
import { checkAlerts, type AlertHistory } from './alerts-check.ts';
import { AREAS, bring, leadFor, orderDueAt } from './given-orders.ts';
import { hasHistory, keepHistory, keptHistory, logOf } from './kept-history.ts';
import type { ProofOptions, Proven } from './proof.ts';
import { spread } from './quantiles.ts';
import { watchLog } from './watch-log.ts';

const BAR_MS = 5_000;

type Run = AlertHistory & { readonly killed: number; readonly answered: number; readonly started: number };

/**
 * The server is killed, `n` limits pass while it is away (ten minutes; quick: four seconds), and it comes back: every
 * one has to be told within five seconds of its answering, and say how late it is.
 */
export async function outage({ n, seed, quick, log, dir }: ProofOptions): Promise<Proven> {
  return judge(hasHistory(dir) ? keptHistory<Run>(dir) : await run({ n, seed, quick, log, dir }));
}

async function run({ n, seed, quick, log, dir }: ProofOptions): Promise<Run> {
  mkdirSync(dir, { recursive: true });
  const dataDir = join(dir, 'data');
  const random = seeded(seed);
  const length = quick ? 4_000 : 600_000;
  const start = Date.now() + leadFor(dataDir, n);
  const orders = Array.from({ length: n }, (_, index) =>
    orderDueAt(String(index), AREAS[index % 3]!, start + random() * length),
  );
  bring(dataDir, orders, dir);
  const at = { dataDir, port: await freePort(), env: { LOG_LEVEL: 'warn' } };
  const before = await startServerProcess(at);
  const from = Date.now();
  const watch = watchLog(dataDir, join(dir, 'sightings.ndjson'));
  // What is due already has been told when the power goes.
  await pause(Math.max(0, start - 1_000 - Date.now()));
  const killed = Date.now();
  if (killed >= start) throw new Error('this machine is too slow: limits passed before the outage began');
  await before.kill();
  log(`${n} limits pass in ${length / 1_000} s without a server`);
  await pause(Math.max(0, start + length - Date.now()) + 500);

  const started = Date.now();
  const after = await startServerProcess(at);
  const answered = Date.now();
  await pause(2 * BAR_MS);
  const to = Date.now();
  const sightings = watch.stop();
  await after.stop();
  const outages = [{ why: 'kill' as const, from: killed, to: answered }];
  const history = { orders, log: logOf(dataDir), sightings, outages, from, to, killed, answered, started };
  keepHistory(dir, history);
  return history;
}

function judge({ killed, started, answered, ...history }: Run): Proven {
  const { wrong, alerts } = checkAlerts(history);
  const told = history.log.filter(({ kind, data, rcv }) => kind === 'alertRaised' && rcv >= started && isMissed(data));
  const last = Math.max(...history.sightings.map(({ at }) => at));
  const seen = history.sightings.filter(({ q }) => q >= (told.at(-1)?.q ?? Infinity)).map(({ at }) => at)[0] ?? last;
  const tooSlow = seen - answered > BAR_MS ? [`the last was told ${seen - answered} ms after the server was up`] : [];
  const unmarked = told.filter(({ data, rcv }) => rcv - limitOf(data) > BAR_MS && data?.['late'] === undefined);
  return {
    runs: history.orders.length,
    faults: 1,
    acked: alerts,
    failures: [
      ...Object.entries(wrong).flatMap(([what, list]) => list.map((one) => `${what}: ${one}`)),
      ...unmarked.map(({ q }) => `position ${q} does not say that it is late`),
    ],
    overBar: tooSlow,
    figures: {
      'outage s': Math.round((started - killed) / 1_000),
      'told after it': told.length,
      'start to answering ms': answered - started,
      'answering to last alert ms': seen - answered,
      'marked late': told.filter(({ data }) => data?.['late'] !== undefined).length,
      lateness: spread(
        told.map(({ data, rcv }) => (rcv - limitOf(data)) / 1_000),
        's',
      ),
    },
  };
}

type Data = AlertHistory['log'][number]['data'];

const isMissed = (data: Data): boolean => data?.['rule'] === 'arrival' && data['level'] === 'missed';

const limitOf = (data: Data): number => Number(data?.['limit']);
