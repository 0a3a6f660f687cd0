import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, onTestFailed, test } from 'vitest';

import { openTablet, type Tablet } from './browser.ts';
import { type DeskKeyboard, deskKeyboard } from './desk-keyboard.ts';
import { ORDER_TASKS, PASSWORD } from './desk-tasks-orders.ts';
import { PAGE_TASKS } from './desk-tasks-pages.ts';
import { freePort, relight, startServerProcess, type ServerProcess } from './server-process.ts';

/** What the desk looked like when a task went wrong. */
const LEFT = join(import.meta.dirname, '../../artefacts');

let folder: string;
let server: ServerProcess;
let browser: Tablet;
let keys: DeskKeyboard;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'relight-tasks-'));
  const dataDir = join(folder, 'data');
  const run = (...args: string[]): string => relight(dataDir, args);
  run('unit', 'add', '--name', '城西供电所', '--level', 'station');
  for (const n of ['1', '2']) run('crew', 'add', '--name', `抢修${n}班`, '--unit', '城西供电所');
  run('user', 'add', '--name', '陈师傅', '--role', 'crew', '--unit', '城西供电所');
  const person = ['--name', '王管理', '--role', 'admin', '--unit', '城西供电所', '--password-stdin'];
  relight(dataDir, ['user', 'add', ...person], PASSWORD);
  const list = join(folder, 'late.csv');
  const mapping = join(folder, 'late.json');
  const at = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString();
  // The last two are left alone by all tasks but those about alerts, so that there are always two of these.
  const late = [70, 80, 62, 60].map((minutes, index) => `L${index + 1},过时路${index + 1}号,${at(minutes)}`);
  writeFileSync(list, ['no,where,at', ...late, ''].join('\n'));
  writeFileSync(
    mapping,
    JSON.stringify({
      system: 'late',
      key: 'no',
      address: 'where',
      times: { reported: 'at' },
      zone: 'UTC',
      area: 'urban',
      unit: '城西供电所',
    }),
  );
  run('import', list, '--mapping', mapping);
  server = await startServerProcess({ dataDir, port: await freePort() });
  browser = await openTablet({ profile: join(folder, 'browser'), width: 1440, height: 900 });
  const { page } = browser;
  keys = deskKeyboard(page, folder);
  // Listened to from the start: a chooser asked for while nobody listens opens a window of the system.
  page.on('filechooser', () => undefined);
  await page.goto(`${server.url}/desk`);
});

afterAll(async () => {
  await browser.close();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('everything a desk does, by keyboard alone', () => {
  test.each([...ORDER_TASKS, ...PAGE_TASKS])('%s', async (_, by) => {
    onTestFailed(async () => void (await browser.page.screenshot({ path: join(LEFT, 'desk-task-failed.png') })));
    await expect(by(keys)).resolves.toBeUndefined();
  });
});
