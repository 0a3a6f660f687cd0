import { join } from 'node:path';

import { asUnitId } from '#shared/ids.ts';

import { RawWriter } from '../../e2e/raw-writer.ts';
import { withClient } from '../../store/cluster.ts';
import { foundCrowd, withOpened } from '../crowd.ts';
import { countSyncs } from '../disk/sync-count.ts';
import { buildWatchedDisk } from '../disk/watched-disk.ts';
import { cpuOf } from '../process-cpu.ts';
import { startMeasured, type LoopDelay } from './measured.ts';

/** `syncs`: of the disk, by the server or by PostgreSQL. */
export type Throughput = {
  readonly devices: number;
  readonly events: number;
  readonly seconds: number;
  readonly cpuMs: number;
  readonly syncs: number;
  readonly loop: LoopDelay;
};

type Asked = {
  readonly dir: string;
  readonly env: Readonly<Record<string, string>>;
  readonly devices: readonly number[];
  readonly quick: boolean;
  readonly log: (line: string) => void;
};

const AT_ONCE = 10;

/** So many devices push ten events at a time, each as soon as the last were received. */
export async function throughput({ dir, env, devices, quick, log }: Asked): Promise<readonly Throughput[]> {
  const dataDir = join(dir, 'busy');
  const most = Math.max(...devices);
  const crowd = await withOpened({ DATA_DIR: dataDir, ...env }, (opened) => foundCrowd(opened, most, 1));
  const url = env['DATABASE_URL'];
  const disk = url === undefined ? buildWatchedDisk(dir, dataDir) : null;
  const rates: Throughput[] = [];
  const writers: RawWriter[] = [];
  for (const count of devices) {
    const counted = countSyncs(join(dir, 'syncs'));
    const server = await startMeasured({ dataDir, env: { ...env, ...disk?.env({ faults: counted.file }) } });
    for (const { code } of crowd.slice(writers.length, count))
      writers.push(await again(() => RawWriter.enrol(server.url, code)));
    const each = writers.slice(0, count);
    await pushFor(each, server.url, 1_500);
    const syncs = async (): Promise<number> => (url === undefined ? counted.now() : walSyncs(url));
    const [before, cpuBefore] = [await syncs(), cpuOf(server.pid)];
    await server.loop();
    const begun = performance.now();
    const events = await pushFor(each, server.url, quick ? 2_000 : 8_000);
    const seconds = (performance.now() - begun) / 1_000;
    const cpuMs = cpuOf(server.pid) - cpuBefore;
    rates.push({ devices: count, events, seconds, cpuMs, syncs: (await syncs()) - before, loop: await server.loop() });
    log(`${count} devices: ${Math.round(events / seconds)} events a second`);
    await server.stop();
    counted.close();
  }
  return rates;
}

/** Ten reports that a crew takes on the road: an order does not grow with the number of pushes. */
export function makeTen(raw: RawWriter): void {
  const report = { unit: asUnitId(raw.unit), area: 'rural', channel: 'crew' } as const;
  for (let made = 0; made < AT_ONCE; made += 1) raw.make('reported', { ...report, address: `幸福路${made}号` });
}

async function pushFor(writers: readonly RawWriter[], url: string, ms: number): Promise<number> {
  const end = performance.now() + ms;
  let events = 0;
  const work = async (writer: RawWriter): Promise<void> => {
    while (performance.now() < end) {
      makeTen(writer);
      const { acks } = await again(() => writer.push(url));
      events += acks.length;
    }
  };
  await Promise.all(writers.map(work));
  return events;
}

/** A connection that was kept may be closed by the server in the moment it is used again. */
export async function again<T>(ask: () => Promise<T>): Promise<T> {
  for (let asked = 1; ; asked += 1) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof TypeError) || asked === ASKED_AT_MOST) throw error;
    }
  }
}

const ASKED_AT_MOST = 5;

const walSyncs = (url: string): Promise<number> =>
  withClient(url, async (client) => {
    // What a backend did is told some time after it.
    await client.query('select pg_stat_force_next_flush()');
    const { rows } = await client.query<{ syncs: string }>('select wal_sync as syncs from pg_stat_wal');
    return Number(rows[0]?.syncs ?? 0);
  });
