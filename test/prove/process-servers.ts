import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import { freePort, startServerProcess, type ServerProcess } from '../e2e/server-process.ts';
import { fakedTime, type FakedTime } from './faked-time.ts';

/** Several server processes on one database, each with a wall clock of its own. */
export type Processes = {
  /** One that is meant to answer now, by chance. */
  readonly any: (random: () => number) => string;
  readonly list: readonly OneProcess[];
  /** Processes that ended without having been killed, with their last words; each was started again. */
  readonly ended: readonly string[];
  readonly stop: () => Promise<void>;
};

export type OneProcess = {
  readonly name: string;
  readonly time: FakedTime;
  readonly pid: () => number;
  /** It dies as in a power cut, and is started again. */
  readonly restart: () => Promise<void>;
};

const LAST_WORDS = 2_000;

type Asked = { readonly count: number; readonly dir: string; readonly url: string; readonly entry?: string };

const STARTS = 5;

/** As a service manager does it: a server that finds no database to begin with is started again. */
async function startPatiently(asked: Parameters<typeof startServerProcess>[0]): ReturnType<typeof startServerProcess> {
  for (let start = 1; ; start += 1) {
    try {
      return await startServerProcess(asked);
    } catch (error) {
      if (start === STARTS || !String(error).includes('does not answer')) throw error;
    }
  }
}

export async function startProcesses({ count, dir, url, entry }: Asked): Promise<Processes> {
  const running = new Map<string, ServerProcess>();
  const urls: string[] = [];
  const list: OneProcess[] = [];
  const starting: Promise<void>[] = [];
  const ended: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const name = `relight-${index}`;
    const dataDir = join(dir, name);
    mkdirSync(dataDir, { recursive: true });
    const time = fakedTime(dataDir);
    if (!time) throw new Error('libfaketime is missing: apt-get install -y libfaketime');
    const port = await freePort();
    const env = { ...time.env, DATABASE_URL: url, PGAPPNAME: name, LOG_LEVEL: 'error' };
    const begin = async (): Promise<void> => {
      const server = await startPatiently({ dataDir, port, env, ...(entry ? { entry } : {}) });
      running.set(name, server);
      void server.ended.then(async (code) => {
        if (code === null || running.get(name) !== server) return;
        ended.push(`${name} ended by itself with ${code}: ${server.output().slice(-LAST_WORDS)}`);
        time.tidy(server.pid);
        await begin();
      });
    };
    starting.push(begin());
    urls.push(`http://127.0.0.1:${port}`);
    const pid = (): number => running.get(name)?.pid ?? 0;
    const restart = async (): Promise<void> => {
      const killed = pid();
      await running.get(name)?.kill();
      time.tidy(killed);
      await begin();
    };
    list.push({ name, time, pid, restart });
  }
  await Promise.all(starting);
  return {
    list,
    ended,
    any: (random) => urls[Math.floor(random() * urls.length)] ?? '',
    stop: async () => {
      for (const one of list) {
        const killed = one.pid();
        await running.get(one.name)?.kill();
        one.time.tidy(killed);
      }
    },
  };
}
