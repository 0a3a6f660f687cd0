import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, afterEach, expect, test } from 'vitest';

import { openCrew, type CrewDriver } from './crew.driver.ts';
import { openDesk, type DeskDriver } from './desk.driver.ts';
import { freePort, relight, startServerProcess, type ServerProcess } from './server-process.ts';

/**
 * The whole job, with nothing imitated but the time: two browsers with profiles of their own, the server as a process,
 * and the 45 minutes themselves, through clocks that can be moved. The network is cut by stopping the server.
 * Pictures of each step are kept in artefacts/story.
 */
const HOME = join(import.meta.dirname, '../..');
const MINUTE = 60_000;
const IN_TIME = '育才路6号';
const TAKEN = '水厂路12号';

const folder = mkdtempSync(join(tmpdir(), 'relight-story-'));
const opened: { close(): Promise<void> }[] = [];
const servers: ServerProcess[] = [];

afterEach(async () => {
  for (const one of opened.splice(0)) await one.close().catch(() => undefined);
  for (const one of servers.splice(0)) await one.stop();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a crew out of coverage is not called late, and its late news withdraws the alert', async () => {
  const place = await house('in-time');
  let server = await place.start(0);
  const desk = await place.desk(server.url);
  let crew = await place.crew(server.url, '1', place.codes[0]);

  await desk.openOrder(IN_TIME);
  await desk.dispatch('抢修1班');
  await crew.shows(IN_TIME);
  await desk.shows('已送达');
  await crew.picture('01-tablet-has-the-order');
  await desk.picture('02-desk-dispatched');

  await server.stop();
  await crew.tablet.kill();
  crew = await place.reopen(server.url, '1', 5 * MINUTE);
  await crew.shows(IN_TIME);
  await crew.tap('接单');
  await crew.move(8 * MINUTE);
  await crew.tap('出发');
  await crew.move(21 * MINUTE);
  await crew.page.getByRole('button', { name: '到达现场', exact: true }).click();
  await crew.shows('以第一次按下为准');
  await crew.picture('03-arrive-asks-again');
  await crew.page.getByRole('button', { name: '确认到达', exact: true }).click();
  await crew.shows('到达');
  await crew.move(35 * MINUTE);
  await crew.tapTwice('复电', '确认复电');
  await crew.sign('张');
  await crew.move(40 * MINUTE);
  await crew.tapTwice('提交', '确认提交');
  await crew.picture('04-all-done-without-signal');
  await crew.tablet.kill();

  server = await place.start(47 * MINUTE);
  await desk.move(47 * MINUTE);
  await desk.alert('联系 抢修1班');
  const row = desk.row(IN_TIME);
  await row.filter({ hasText: '无消息' }).waitFor();
  expect(await row.textContent()).not.toContain('超');
  await desk.picture('05-desk-no-news-not-late');

  await server.tell({ shiftMs: 60 * MINUTE });
  await desk.move(60 * MINUTE);
  crew = await place.reopen(server.url, '1', 60 * MINUTE);
  await crew.shows('全部已收');
  await crew.picture('06-delivered-without-a-touch');

  await row.filter({ hasText: '按时' }).waitFor({ timeout: 30_000 });
  await desk.openOrder(IN_TIME);
  await desk.shows(/预警撤回：.+撤：到达/);
  await desk.picture('07-desk-alert-withdrawn');
  const trace = await desk.page.locator('.drawer, [class*=drawer]').first().textContent();
  for (const said of ['接单', '出发', '到达', '复电', '客户签字 · 张', '提交', '收 ', '工1'])
    expect(trace).toContain(said);
  await desk.page.locator('[class*=signature]').first().scrollIntoViewIfNeeded();
  await desk.picture('08-desk-trace-and-signature');
  expect(JSON.parse(relight(place.dataDir, ['verify', '--json']))).toMatchObject({ ok: true });
});

test('an order given to another crew meanwhile is told to both, and nothing done is lost', async () => {
  const place = await house('taken');
  let server = await place.start(0);
  const desk = await place.desk(server.url);
  const other = await place.crew(server.url, '2', place.codes[1]);
  let crew = await place.crew(server.url, '1', place.codes[0]);
  await desk.openOrder(TAKEN);
  await desk.dispatch('抢修1班');
  await crew.shows(TAKEN);
  await crew.tap('接单');
  await crew.shows('全部已收');
  await crew.tablet.kill();

  await server.tell({ shiftMs: 10 * MINUTE });
  await desk.move(10 * MINUTE);
  await desk.openOrder(TAKEN);
  await desk.reassign('抢修2班', '2班更近');
  await other.shows(TAKEN);
  await other.picture('11-other-crew-has-it');
  await server.stop();

  crew = await place.reopen(server.url, '1', 20 * MINUTE);
  await crew.shows(TAKEN);
  await crew.tap('出发');
  await crew.move(24 * MINUTE);
  await crew.tapTwice('到达现场', '确认到达');
  await crew.tablet.kill();
  server = await place.start(30 * MINUTE);
  crew = await place.reopen(server.url, '1', 30 * MINUTE);
  await crew.shows('全部已收');
  await crew.openOrder(TAKEN);
  await crew.shows('2班更近');
  await crew.shows('抢修2班');
  await crew.picture('12-taken-away-told-and-kept');

  await desk.move(30 * MINUTE);
  await desk.openOrder(TAKEN);
  await desk.shows('已不归该班组，留作证据');
  await desk.picture('13-desk-sees-both');
  const log = relight(place.dataDir, ['log', '--ndjson']);
  expect(log.match(/"kind":"arrived"/g)).toHaveLength(1);
});

/** A station with two crews, two live orders and two tablets' codes; everything through the command line. */
async function house(name: string) {
  const dataDir = join(folder, name);
  const pictures = join(HOME, 'artefacts/story');
  const port = await freePort();
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
  importOrders(dataDir);
  const browserOf = (n: string): string => join(folder, `${name}-${n}`);
  const keep = <Driver>(driver: Driver, close: () => Promise<void>): Driver => {
    opened.push({ close });
    return driver;
  };
  const crewAt = async (url: string, n: string, shiftMs: number): Promise<CrewDriver> => {
    const driver = await openCrew({ url, profile: browserOf(n), shiftMs, pictures });
    return keep(driver, () => driver.tablet.close());
  };
  return {
    dataDir,
    codes,
    start: async (shiftMs: number): Promise<ServerProcess> => {
      const entry = join(import.meta.dirname, 'clocked-server.ts');
      const server = await startServerProcess({ dataDir, port, entry, env: { SHIFT_MS: String(shiftMs) } });
      servers.push(server);
      return server;
    },
    desk: async (url: string): Promise<DeskDriver> => {
      const driver = await openDesk({ url, profile: browserOf('desk'), pictures });
      await driver.signIn('王调度', '夜班的长密码-714');
      return keep(driver, () => driver.browser.close());
    },
    crew: async (url: string, n: string, code: string | undefined): Promise<CrewDriver> => {
      const driver = await crewAt(url, n, 0);
      if (code === undefined) throw new Error('no code');
      await driver.enrol(code);
      await driver.shows('全部已收');
      // Enrolled at the depot and switched off once: Chromium writes a new cookie to disk only within half a minute.
      await driver.tablet.close();
      return crewAt(url, n, 0);
    },
    reopen: crewAt,
  };
}

/** Two reports of this minute, brought in as another system's list. */
function importOrders(dataDir: string): void {
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
  const done: unknown = JSON.parse(relight(dataDir, ['import', list, '--mapping', mapping, '--json']));
  expect(done).toMatchObject({ read: 2, created: 2 });
}

function codeOf(json: string): string {
  const made: unknown = JSON.parse(json);
  if (typeof made === 'object' && made !== null && 'code' in made && typeof made.code === 'string') return made.code;
  throw new Error('no code');
}
