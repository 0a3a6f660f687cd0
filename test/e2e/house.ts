import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, afterEach } from 'vitest';
import * as z from 'zod/mini';

import type { Clocks } from './browser.ts';
import { openCrew, type CrewDriver } from './crew.driver.ts';
import { openDesk, type DeskDriver } from './desk.driver.ts';
import { freePort, relight, startServerProcess, type ServerProcess } from './server-process.ts';

const HOME = join(import.meta.dirname, '../..');
export const MINUTE = 60_000;

/** The two orders that are there from the start, by their addresses. */
export const IN_TIME = '育才路6号';
export const TAKEN = '水厂路12号';

/** A line of `relight log --ndjson --data`, as far as the stories ask. */
const LogLine = z.object({
  subject: z.string(),
  kind: z.string(),
  lo: z.number(),
  hi: z.number(),
  est: z.number(),
  grade: z.string(),
  data: z.record(z.string(), z.unknown()),
});
type LogLine = z.infer<typeof LogLine>;

export type House = ReturnType<ReturnType<typeof createHouses>>;

/**
 * Makes houses for the tests of a file, and takes them down again: after each test, or, where tests run side by side, at
 * the end. Pictures of each step go to artefacts/story.
 */
export function createHouses({ atEnd = false } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'relight-story-'));
  const opened: { close(): Promise<void> }[] = [];
  const servers: ServerProcess[] = [];
  // What is registered last is done first: the folder goes when nobody writes into it.
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const after = atEnd ? afterAll : afterEach;
  after(async () => {
    for (const one of opened.splice(0)) await one.close().catch(() => undefined);
    for (const one of servers.splice(0)) await one.stop();
  });
  return (name: string) => house(name, { folder, opened, servers });
}

type Kept = {
  readonly folder: string;
  readonly opened: { close(): Promise<void> }[];
  readonly servers: ServerProcess[];
};

/** A station with two crews, two live orders and two tablets' codes; everything through the command line. */
function house(name: string, { folder, opened, servers }: Kept) {
  const dataDir = join(folder, name);
  const pictures = join(HOME, 'artefacts/story');
  const port = freePort();
  const run = (...args: string[]): string => relight(dataDir, args);
  run('unit', 'add', '--name', '城西供电所', '--level', 'station');
  for (const n of ['1', '2']) {
    run('crew', 'add', '--name', `抢修${n}班`, '--unit', '城西供电所');
    run('user', 'add', '--name', `工${n}`, '--role', 'crew', '--unit', '城西供电所');
  }
  relight(
    dataDir,
    ['user', 'add', '--name', '王调度', '--role', 'dispatcher', '--unit', '城西供电所', '--password-stdin'],
    '夜班的长密码-714',
  );
  const codes = ['1', '2'].map((n) =>
    codeOf(run('enrol-code', '--crew', `抢修${n}班`, '--person', `工${n}`, '--json')),
  );
  importOrders(folder, dataDir);
  const browserOf = (n: string): string => join(folder, `${name}-${n}`);
  const keep = <Driver>(driver: Driver, close: () => Promise<void>): Driver => {
    opened.push({ close });
    return driver;
  };
  const crewAt = async (url: string, n: string, clocks: number | Clocks): Promise<CrewDriver> => {
    const driver = await openCrew({ url, profile: browserOf(n), clocks: clocksOf(clocks), pictures });
    return keep(driver, () => driver.tablet.close());
  };
  return {
    dataDir,
    codes,
    start: async (shiftMs: number): Promise<ServerProcess> => {
      const entry = join(import.meta.dirname, 'clocked-server.ts');
      const server = await startServerProcess({ dataDir, port: await port, entry, env: { SHIFT_MS: String(shiftMs) } });
      servers.push(server);
      return server;
    },
    desk: async (url: string): Promise<DeskDriver> => {
      const driver = await openDesk({ url, profile: browserOf('desk'), pictures });
      keep(driver, () => driver.browser.close());
      await driver.signIn('王调度', '夜班的长密码-714');
      return driver;
    },
    /** Another code for a tablet of this crew. */
    codeFor: (n: string): string => codeOf(run('enrol-code', '--crew', `抢修${n}班`, '--person', `工${n}`, '--json')),
    crew: async (
      url: string,
      n: string,
      code: string | undefined,
      clocks: number | Clocks = 0,
    ): Promise<CrewDriver> => {
      const driver = await crewAt(url, n, clocks);
      if (code === undefined) throw new Error('no code');
      await driver.enrol(code);
      await driver.shows('全部已收');
      // Without its worker at work the app would not open where there is no signal.
      await driver.page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
      // Enrolled at the depot and switched off once: Chromium writes a new cookie to disk only within half a minute.
      await driver.tablet.close();
      return crewAt(url, n, clocks);
    },
    reopen: crewAt,
    /** Everything in the log, in order. */
    log: (): readonly LogLine[] =>
      run('log', '--ndjson', '--data')
        .trim()
        .split('\n')
        .map((line) => LogLine.parse(JSON.parse(line))),
  };
}

const clocksOf = (clocks: number | Clocks): Clocks =>
  typeof clocks === 'number' ? { wallMs: clocks, monoMs: clocks } : clocks;

/** Two reports of this minute, brought in as another system's list. */
function importOrders(folder: string, dataDir: string): void {
  const mapping = join(folder, 'mapping.json');
  const list = join(folder, 'list.csv');
  writeFileSync(
    mapping,
    JSON.stringify({
      system: 'line',
      key: 'no',
      address: 'where',
      words: 'said',
      customers: 'out',
      times: { reported: 'at' },
      zone: 'UTC',
      area: 'urban',
      unit: '城西供电所',
    }),
  );
  const now = new Date().toISOString();
  writeFileSync(
    list,
    `no,where,said,out,at\nX1,${IN_TIME},全楼没电，有焦味,3,${now}\nX2,${TAKEN},半边屋没电,1,${now}\n`,
  );
  relight(dataDir, ['import', list, '--mapping', mapping]);
}

function codeOf(json: string): string {
  const made: unknown = JSON.parse(json);
  if (typeof made === 'object' && made !== null && 'code' in made && typeof made.code === 'string') return made.code;
  throw new Error('no code');
}
