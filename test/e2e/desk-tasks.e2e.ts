import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { openTablet, type Page, type Tablet } from './browser.ts';
import { freePort, relight, startServerProcess, type ServerProcess } from './server-process.ts';

const PASSWORD = '夜班的长密码-714';
const WAIT = 15_000;

let folder: string;
let server: ServerProcess;
let browser: Tablet;
let page: Page;

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
  writeFileSync(list, `no,where,at\nL1,过时路1号,${at(70)}\nL2,过时路2号,${at(80)}\n`);
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
  page = browser.page;
  // Listened to from the start: a chooser asked for while nobody listens opens a window of the system.
  page.on('filechooser', () => undefined);
  await page.goto(`${server.url}/desk`);
});

afterAll(async () => {
  await browser.close();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

const press = async (...keys: string[]): Promise<void> => {
  for (const key of keys) await page.keyboard.press(key);
};
const type = (text: string): Promise<void> => page.keyboard.insertText(text);
const sees = (text: string | RegExp): Promise<void> =>
  page.getByText(text).first().waitFor({ state: 'visible', timeout: WAIT });
const answers = async (text: string | RegExp): Promise<void> => {
  const line = page.locator('.order-answer', { hasText: text });
  await line.waitFor({ state: 'visible', timeout: WAIT });
};
const focusIs = (selector: string): Promise<unknown> =>
  page.waitForFunction((wanted) => document.activeElement?.matches(wanted) === true, selector, { timeout: WAIT });
/** What stands first in the palette for these words, done. */
const go = async (words: string): Promise<void> => {
  await press('Control+k');
  await focusIs('.palette-typed');
  await type(words);
  const first = words.split(' ')[0] ?? '';
  await page.locator('.palette-item[aria-selected=true]', { hasText: first }).waitFor({ timeout: WAIT });
  await press('Enter');
};
/** Of the choices the focus is in, the one of this name. */
const choose = async (name: string): Promise<void> => {
  await focusIs('input[type=radio]');
  for (let at = 0; at < 12; at += 1) {
    const label = await page.evaluate(() => document.activeElement?.closest('label')?.textContent?.trim());
    if (label === name) return;
    await press('ArrowRight');
  }
  throw new Error(`nothing called ${name} is to be chosen`);
};
/** Goes on with Tab until the control of this name has the focus. */
const tabTo = async (name: RegExp): Promise<void> => {
  for (let at = 0; at < 60; at += 1) {
    const label = await page.evaluate(() => {
      const here = document.activeElement;
      const labels = here instanceof HTMLInputElement || here instanceof HTMLSelectElement ? here.labels : null;
      return `${labels?.[0]?.textContent ?? ''} ${here?.textContent ?? ''}`;
    });
    if (name.test(label)) return;
    await press('Tab');
  }
  throw new Error(`no control ${String(name)} was reached by Tab`);
};
const report = async (address: string): Promise<void> => {
  await press('n');
  await focusIs('input[name=address]');
  await type(address);
  await press('Control+Enter');
  await page.locator('.intake-taken').waitFor({ timeout: WAIT });
  await press('Escape');
  await page.locator('.intake-taken').waitFor({ state: 'detached', timeout: WAIT });
};
const reason = async (text: string): Promise<void> => {
  await tabTo(/^原因/);
  await type(text);
  await press('Control+Enter');
};

/** What people at a desk do; each by keyboard alone, on one server, in the order of a shift. */
const TASKS: readonly (readonly [task: string, by: () => Promise<void>])[] = [
  [
    'sign in',
    async () => {
      await page.getByLabel('姓名').waitFor();
      await tabTo(/^姓名/);
      await type('王管理');
      await press('Tab');
      await type(PASSWORD);
      await press('Enter');
      await page.locator('#order-list').waitFor({ timeout: WAIT });
    },
  ],
  [
    'see which key does what',
    async () => {
      await press('?');
      await sees('组字中一律不触发');
      await press('Escape');
    },
  ],
  ['take a report', async () => report('育才路6号')],
  [
    'take a report with a danger and a place in the country',
    async () => {
      await press('n');
      await focusIs('input[name=address]');
      await type('北桥村3组');
      await tabTo(/^城区/);
      await press('ArrowRight');
      await tabTo(/居家医疗/);
      await press('Space', 'Control+Enter');
      await page.locator('.intake-taken').waitFor({ timeout: WAIT });
      await press('Escape');
    },
  ],
  [
    'recognise a second call about the same trouble and note it there',
    async () => {
      await press('n');
      await focusIs('input[name=address]');
      await type('育才路6号');
      await sees('同地址');
      await tabTo(/^\s*接着那张单/);
      await press('Enter');
      await answers('已记');
      await press('Escape');
    },
  ],
  [
    'make a report of its own and merge it at once',
    async () => {
      await press('n');
      await focusIs('input[name=address]');
      await type('北桥村3组');
      await sees('同地址');
      await press('Control+m');
      await page.locator('.intake-taken').waitFor({ timeout: WAIT });
      await press('Escape');
    },
  ],
  [
    'find an order in the list',
    async () => {
      await press('f');
      await focusIs('#find');
      await type('育才');
      await expect.poll(() => page.locator('.row-id').count()).toBe(1);
      await press('Control+a', 'Backspace', 'Escape');
      await go('去工单');
      await focusIs('#order-list');
    },
  ],
  [
    'walk the list and open an order',
    async () => {
      await press('j', 'Enter');
      await page.locator('.drawer').waitFor({ timeout: WAIT });
      await press('Escape');
    },
  ],
  [
    'look into an order without leaving the list',
    async () => {
      await go('去工单');
      await press('j', 'Space');
      await page.locator('.drawer').waitFor({ timeout: WAIT });
      await press('Escape');
    },
  ],
  [
    'filter by what is not dispatched, and show all again',
    async () => {
      await press('5');
      await expect.poll(() => page.locator('.row-id').count()).toBe(4);
      await press('0');
    },
  ],
  [
    'dispatch to the crew that stands first',
    async () => {
      await go('打开 育才路6号');
      await press('d');
      await focusIs('input[name=crew]');
      await sees('说不准');
      await press('Enter');
      await answers('已派');
    },
  ],
  [
    'give the order to another crew, with a reason',
    async () => {
      await press('d');
      await tabTo(/^原因/);
      await type('2班更近');
      await press('Tab');
      await type('班');
      await press('ArrowDown', 'Enter');
      await answers('改派');
    },
  ],
  [
    'urge',
    async () => {
      await press('u');
      await focusIs('input[type=radio]');
      await press('ArrowRight', 'Control+Enter');
      await answers('已催');
    },
  ],
  [
    'write down what a crew says over the radio: arrived',
    async () => {
      await press('r');
      await choose('到达');
      await tabTo(/^几点/);
      await type(new Date().toTimeString().slice(0, 5));
      await press('Control+Enter');
      await answers(/到达/);
    },
  ],
  [
    'write down that power is back',
    async () => {
      await go('代报 育才');
      await choose('复电');
      await tabTo(/^几点/);
      await type(new Date().toTimeString().slice(0, 5));
      await press('Control+Enter');
      await answers(/复电/);
    },
  ],
  [
    'note something',
    async () => {
      await go('备注 育才');
      await focusIs('textarea');
      await type('客户已通知');
      await press('Control+Enter');
      await answers('已记');
    },
  ],
  [
    'close an order with its outcome',
    async () => {
      await go('办结 育才');
      await focusIs('input[type=radio]');
      await press('Space', 'Control+Enter');
      await answers('办结');
    },
  ],
  [
    'take up again what was closed',
    async () => {
      await go('重开 育才');
      await reason('又没电了');
      await answers('重开');
    },
  ],
  [
    'correct a report',
    async () => {
      await go('打开 过时路1号');
      await go('改报修 过时路1号');
      await tabTo(/^地址/);
      await press('Control+a');
      await type('过时路1号乙');
      await reason('听错了门牌');
      await answers(/./);
    },
  ],
  [
    'merge two orders',
    async () => {
      await go('打开 过时路2号');
      await press('w');
      await focusIs('input[type=radio]');
      await press('Space');
      await reason('同一台区');
      await answers('并');
    },
  ],
  [
    'part them again',
    async () => {
      await press('Shift+W');
      await reason('不是同一件事');
      await answers('拆');
    },
  ],
  [
    'dispatch and take the order back',
    async () => {
      await press('d');
      await focusIs('input[name=crew]');
      await type('抢修1班');
      await press('Enter');
      await answers('已派');
      await go('撤单 过时路2号');
      await reason('另有安排');
      await answers('撤');
    },
  ],
  [
    'tell a customer and end a report at intake',
    async () => {
      await press('Escape');
      await report('停电通知路5号');
      await go('告知结束 停电通知路');
      await focusIs('input[type=radio]');
      await press('Space', 'Control+Enter');
      await answers(/./);
    },
  ],
  [
    'cancel an order',
    async () => {
      await press('Escape');
      await report('自己好了路8号');
      await go('取消工单 自己好了路');
      await reason('客户自己合闸');
      await answers('取消');
      await press('Escape');
    },
  ],
  [
    'claim an alert and say when to look again',
    async () => {
      await page.locator('.alert-card').first().waitFor({ timeout: WAIT });
      await press('c');
      await focusIs('input[type=radio]');
      await press('Control+Enter');
      await expect.poll(() => page.getByRole('button', { name: /认领 [1-9]/ }).count()).toBe(1);
    },
  ],
  [
    'shelve an alert with a reason',
    async () => {
      await press('z');
      await reason('等变电站回话');
      await expect.poll(() => page.getByRole('button', { name: /暂缓 [1-9]/ }).count()).toBe(1);
    },
  ],
  [
    'search everything, the archive included',
    async () => {
      await press('/');
      await focusIs('input[name=search]');
      await type('育才');
      await press('Enter');
      await page.locator('.hit').first().waitFor({ timeout: WAIT });
      await press('Escape');
    },
  ],
  [
    'read the report of the day',
    async () => {
      await press('b');
      await page.locator('.reports').waitFor({ timeout: WAIT });
      await press('Escape');
      await page.locator('#order-list').waitFor({ timeout: WAIT });
    },
  ],
  [
    'make a crew',
    async () => {
      await press('g');
      await sees('管什么');
      await tabTo(/^平板/);
      await press('ArrowRight');
      await tabTo(/^名称/);
      await type('抢修3班');
      await press('Control+Enter');
      await sees('已建 抢修3班');
    },
  ],
  [
    'make a code for a tablet',
    async () => {
      await press('Escape', 'g');
      await tabTo(/^几小时/);
      await press('Control+Enter');
      await page.locator('.qr-code').waitFor({ timeout: WAIT });
      await press('Escape');
    },
  ],
  [
    'import a list: look, check, import',
    async () => {
      const file = join(folder, 'more.csv');
      writeFileSync(file, `no,where,at\nM1,导入路1号,${new Date().toISOString()}\n`);
      await page.locator('#order-list').waitFor({ timeout: WAIT });
      await press('i');
      await tabTo(/^选 CSV/);
      const chooser = page.waitForEvent('filechooser');
      await press('Enter');
      await (await chooser).setFiles(file);
      await sees('导入路1号');
      await tabTo(/^\s*先查一遍/);
      await press('Enter');
      await sees('查过了，什么都没写');
      await press('Tab', 'Enter');
      await sees('导完了');
      await press('Escape');
      await sees('导入路1号');
    },
  ],
  [
    'change language and light',
    async () => {
      await go('换语言');
      await sees('Orders');
      await press('Control+k');
      await focusIs('.palette-typed');
      await type('Light or night');
      await press('Enter');
      await expect.poll(() => page.evaluate(() => document.documentElement.dataset['theme'])).toBe('night');
    },
  ],
  [
    'sign out',
    async () => {
      await press('Control+k');
      await focusIs('.palette-typed');
      await type('Sign out');
      await press('Enter');
      await page.locator('input[type=password]').waitFor({ timeout: WAIT });
    },
  ],
];

describe('everything a desk does, by keyboard alone', () => {
  test.each(TASKS)('%s', async (_, by) => {
    await by();
  });
});
