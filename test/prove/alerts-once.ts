import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import { seeded } from '../e2e/seeded.ts';
import { checkAlerts, type AlertHistory } from './alerts-check.ts';
import { fakedTime } from './faked-time.ts';
import { AREAS, bring, leadFor, orderDueAt } from './given-orders.ts';
import { hasHistory, keepHistory, keptHistory, logOf } from './kept-history.ts';
import type { ProofOptions, Proven } from './proof.ts';
import { quantile, spread } from './quantiles.ts';
import { BURST_EVERY_MS, torment, type Tormented } from './torment.ts';

/** From kill to kill, on average. */
const APART_MS = 5_000;
const CONTROL_KILLS = 4;
const HOUR_S = 3_600;

type Run = AlertHistory & Pick<Tormented, 'jumps' | 'aimed'>;
type Asked = {
  readonly kills: number;
  readonly orders: number;
  readonly random: () => number;
  readonly jump: () => number | null;
  readonly dir: string;
  readonly entry?: string;
  readonly log: ProofOptions['log'];
};

/**
 * `n` kills of the real server while limits pass, its wall clock jumping by an hour to and fro, now and then stopped for
 * seconds. Every limit has to be told once, not before it passed, and soon after. Resumed, it judges the kept history again.
 */
export async function alertsOnce({ n, seed, quick, log, dir }: ProofOptions): Promise<Proven> {
  if (hasHistory(dir)) return judge(keptHistory<Run>(dir));
  const random = seeded(seed);
  if (!quick) await control({ random, dir: join(dir, 'control'), log });
  const jump = (): number | null => (random() < 0.5 ? null : ([0, HOUR_S, -HOUR_S][Math.floor(random() * 3)] ?? 0));
  return judge(await run({ kills: n, orders: quick ? 400 : 10_000, random, jump, dir, log }));
}

/** A server that believes the wall clock. If it is not caught, the run after it shows nothing. */
async function control(asked: Pick<Asked, 'random' | 'dir' | 'log'>): Promise<void> {
  const entry = join(import.meta.dirname, 'believing-server.ts');
  let jumps = 0;
  const jump = (): number => (jumps++ % 2 === 0 ? HOUR_S : 0);
  const size = { kills: CONTROL_KILLS, orders: 400 };
  const found = checkAlerts(await run({ ...asked, ...size, jump, entry }));
  const caught = found.wrong.early.length + found.wrong.clock.length;
  if (caught === 0) throw new Error('void: a server that believes the wall clock was not caught');
  asked.log(`control: a server that believes the wall clock is caught ${caught} times`);
}

async function run({ kills, orders: count, random, jump, dir, entry, log }: Asked): Promise<Run> {
  mkdirSync(dir, { recursive: true });
  const time = fakedTime(dir);
  if (!time) throw new Error('libfaketime is missing: apt-get install -y libfaketime');
  const dataDir = join(dir, 'data');
  const length = kills * APART_MS;
  const start = Date.now() + leadFor(dataDir, count);
  const orders = Array.from({ length: count }, (_, index) => {
    const at = random() * length;
    // Half of them in bursts, so that a kill can be aimed at many at once.
    const limit = start + (index % 2 === 0 ? at : Math.ceil(at / BURST_EVERY_MS) * BURST_EVERY_MS);
    return orderDueAt(String(index), AREAS[index % 3]!, limit);
  });
  bring(dataDir, orders, dir);
  log(`${orders.length} orders are in; ${kills} kills in ${length / 1_000} s`);
  const tormented = await torment({
    kills,
    random,
    time,
    jump,
    dataDir,
    start,
    length,
    dir,
    log,
    ...(entry ? { entry } : {}),
  });
  const history = { orders, ...tormented, log: logOf(dataDir) };
  keepHistory(dir, history);
  return history;
}

function judge({ jumps, aimed, ...history }: Run): Proven {
  const { wrong, lateness, alerts } = checkAlerts(history);
  const calm = lateness.calm.toSorted((a, b) => a - b);
  const slow = quantile(calm, 0.99) >= 2_000 ? [`p99 of the undisturbed is ${quantile(calm, 0.99)} ms`] : [];
  const kills = history.outages.filter(({ why }) => why === 'kill');
  return {
    runs: history.orders.length,
    faults: history.outages.length + jumps,
    acked: alerts,
    failures: Object.entries(wrong).flatMap(([what, list]) => list.map((one) => `${what}: ${one}`)),
    overBar: slow,
    figures: {
      missed: wrong.missed.length,
      doubled: wrong.doubled.length,
      early: wrong.early.length,
      kills: kills.length,
      'kills aimed at a burst': aimed,
      'clock jumps ± 1 h': jumps,
      pauses: history.outages.length - kills.length,
      'late undisturbed': spread(calm),
      'late over a kill': spread(lateness.kill),
      'late over a pause': spread(lateness.pause),
      'kill to restart': spread(kills.map(({ from, to }) => to - from)),
    },
  };
}
