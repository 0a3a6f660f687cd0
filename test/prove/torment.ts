import { appendFileSync } from 'node:fs';
import { join } from 'node:path';

import { freePort, pause, startServerProcess, type ServerProcess } from '../e2e/server-process.ts';
import type { Outage, Sighting } from './alerts-check.ts';
import type { FakedTime } from './faked-time.ts';
import { watchLog } from './watch-log.ts';

/** Moments at which many limits pass at once; a kill can be aimed at them. */
export const BURST_EVERY_MS = 2_000;

export type Torment = {
  readonly kills: number;
  readonly random: () => number;
  readonly time: FakedTime;
  /** By how many seconds the wall clock is off from now on; null: as before. Asked before and while the server is away. */
  readonly jump: () => number | null;
  readonly dataDir: string;
  /** Limits pass from `start` on, for `length`. True time, ms. */
  readonly start: number;
  readonly length: number;
  /** For what was seen and done. */
  readonly dir: string;
  /** Another server than the real one. */
  readonly entry?: string;
  readonly log: (line: string) => void;
};

export type Tormented = {
  readonly from: number;
  readonly to: number;
  readonly outages: readonly Outage[];
  readonly sightings: readonly Sighting[];
  readonly jumps: number;
  readonly aimed: number;
};

/** Runs a server and kills, stops and lies to it; somebody beside it writes down when its log grew. */
export async function torment({
  kills,
  random,
  time,
  jump,
  start,
  length,
  dir,
  log,
  ...server
}: Torment): Promise<Tormented> {
  const port = await freePort();
  const begin = (): Promise<ServerProcess> =>
    startServerProcess({ ...server, port, env: { ...time.env, LOG_LEVEL: 'warn' } });
  let running = await begin();
  const from = Date.now();
  if (from > start) throw new Error(`this machine is too slow: the server runs ${from - start} ms too late`);
  const watch = watchLog(server.dataDir, join(dir, 'sightings.ndjson'));
  const outages: Outage[] = [];
  const suffered = (outage: Outage): void => {
    outages.push(outage);
    appendFileSync(join(dir, 'outages.ndjson'), `${JSON.stringify(outage)}\n`);
  };
  let jumps = 0;
  let aimed = 0;
  const maybeJump = (): void => {
    const seconds = jump();
    if (seconds === null) return;
    time.set(seconds);
    jumps += 1;
  };
  const untilNextBurst = (): number =>
    start + Math.ceil((Date.now() - start) / BURST_EVERY_MS) * BURST_EVERY_MS - Date.now();

  for (let kill = 1; kill <= kills; kill += 1) {
    await pause(Math.max(0, start + (kill - 1) * (length / kills) - Date.now()));
    maybeJump();
    if (random() < 0.1) {
      const stopped = Date.now();
      process.kill(running.pid, 'SIGSTOP');
      await pause(1_000 + random() * 5_000);
      process.kill(running.pid, 'SIGCONT');
      suffered({ why: 'pause', from: stopped, to: Date.now() });
    }
    const aim = random() < 0.5;
    if (aim) aimed += 1;
    await pause(aim ? Math.max(0, untilNextBurst()) + random() * 120 : random() * 1_500);
    const killed = Date.now();
    await running.kill();
    time.tidy(running.pid);
    maybeJump();
    running = await begin();
    suffered({ why: 'kill', from: killed, to: Date.now() });
    if (kill % 25 === 0) log(`${kill} kills, ${jumps} jumps`);
  }
  await pause(Math.max(0, start + length - Date.now()) + 5_000);
  const to = Date.now();
  const sightings = watch.stop();
  await running.kill();
  time.tidy(running.pid);
  return { from, to, outages, sightings, jumps, aimed };
}
