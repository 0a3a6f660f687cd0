import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { asUnitId } from '#shared/ids.ts';

import type { AckLine } from '../e2e/custody-check.ts';
import { RawWriter } from '../e2e/raw-writer.ts';
import { freePort, pause, relight, startServerProcess } from '../e2e/server-process.ts';
import type { Contents } from './disk/disk-model.ts';
import { readTrace, type DiskOp } from './disk/disk-trace.ts';
import { buildWatchedDisk } from './disk/watched-disk.ts';

/** What a server did to its disk, and what it told. `end`: the files as they really were when it had ended. */
export type TracedRun = {
  readonly root: string;
  readonly start: Contents;
  readonly ops: readonly DiskOp[];
  readonly end: Contents;
  /** What each writer heard, by the request that was answered. */
  readonly heard: ReadonlyMap<string, readonly AckLine[]>;
};

export type TracePlan = {
  readonly random: () => number;
  /** Requests of each writer. */
  readonly requests: number;
  readonly entry?: string;
};

const WRITERS = 3;
const HOUR = 3_600_000;

/** Folders in memory where there are: nothing here has to survive. */
export const inMemory = (): string =>
  mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'relight-power-'));

/** A real server on an empty directory, a few writers, a backup, a SIGKILL in the middle and another server after it. */
export async function traceServer({ random, requests, entry }: TracePlan): Promise<TracedRun> {
  const home = realpathSync(inMemory());
  try {
    const root = join(home, 'root');
    const dataDir = join(root, 'data');
    mkdirSync(root);
    const trace = join(home, 'trace');
    const disk = buildWatchedDisk(home, root);
    const add = (...args: string[]): string => relight(dataDir, [...args, '--json'], '', disk.env({ trace }));
    add('unit', 'add', '--name', '城西供电所', '--level', 'station');
    add('crew', 'add', '--name', '抢修1班', '--unit', '城西供电所');
    add('user', 'add', '--name', '工1', '--role', 'crew', '--unit', '城西供电所');
    const codes = JSON.parse(add('enrol-code', '--crew', '抢修1班', '--person', '工1', '--count', String(WRITERS))) as {
      readonly codes: readonly string[];
    };
    const port = await freePort();
    const env = { ...disk.env({ trace }), BACKUP_DIR: join(root, 'backups'), LOG_LEVEL: 'warn' };
    const begin = () => startServerProcess({ dataDir, port, env, ...(entry ? { entry } : {}) });
    const first = await begin();
    const writers = await Promise.all(codes.codes.map((code) => RawWriter.enrol(first.url, code)));
    const work = async (share: number): Promise<void> =>
      void (await Promise.all(writers.map((writer) => push(writer, first.url, random, Math.ceil(requests * share)))));
    await work(0.6);
    await first.kill();
    const second = await begin();
    await work(0.4);
    await second.stop();
    return {
      root,
      start: new Map(),
      ops: readTrace(trace),
      end: contentsOf(root),
      heard: Map.groupBy(
        writers.flatMap(({ acks }) => acks),
        ({ req }) => req ?? '',
      ),
    };
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

/** Orders, some of them so old that alerts are raised at once. */
async function push(writer: RawWriter, url: string, random: () => number, requests: number): Promise<void> {
  const report = { unit: asUnitId(writer.unit), address: '幸福路', area: 'urban', channel: 'crew' } as const;
  for (let request = 0; request < requests; request += 1) {
    const old = random() < 0.2 ? { at: { at: Date.now() - 5 * HOUR, source: 'typed' as const } } : {};
    for (let made = 0; made < 1 + random() * 2; made += 1) writer.make('reported', { ...report, ...old });
    await pushPatiently(writer, url);
    await pause(random() * 20);
  }
}

const TRIES = 10;

/** Connections to the server before this one are still tried; what came in by one of them is a `dup` at the next. */
async function pushPatiently(writer: RawWriter, url: string): Promise<void> {
  for (let left = TRIES; writer.queued > 0; left -= 1) {
    try {
      await writer.push(url);
    } catch (error) {
      if (left === 0 || !(error instanceof TypeError)) throw error;
      await pause(20);
    }
  }
}

/** Every file under a folder but mapped memory, which nobody has to keep. */
function contentsOf(root: string): Contents {
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map((entry) => join(entry.parentPath, entry.name)).filter((path) => !path.endsWith('-shm'));
  return new Map(paths.map((path) => [path, readFileSync(path)]));
}
