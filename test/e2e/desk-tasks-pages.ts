import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect } from 'vitest';

import type { DeskTask } from './desk-tasks-orders.ts';

const WAIT = 15_000;

/** With alerts, and beside the board: archive, report, administration, import, the desk itself. */
export const PAGE_TASKS: readonly DeskTask[] = [
  [
    'claim an alert and say when to look again',
    async (k) => {
      await k.page.locator('.alert-card').first().waitFor({ timeout: WAIT });
      await k.press('c');
      await k.focusIs('input[type=radio]');
      await k.press('Control+Enter');
      await expect.poll(() => k.page.getByRole('button', { name: /认领 [1-9]/ }).count()).toBe(1);
    },
  ],
  [
    'shelve an alert with a reason',
    async (k) => {
      await k.press('z');
      await k.reason('等变电站回话');
      await expect.poll(() => k.page.getByRole('button', { name: /暂缓 [1-9]/ }).count()).toBe(1);
    },
  ],
  [
    'search everything, the archive included',
    async (k) => {
      await k.press('/');
      await k.focusIs('input[name=search]');
      await k.type('育才');
      await k.press('Enter');
      await k.page.locator('.hit').first().waitFor({ timeout: WAIT });
      await k.press('Escape');
    },
  ],
  [
    'read the report of the day',
    async (k) => {
      await k.press('b');
      await k.page.locator('.reports').waitFor({ timeout: WAIT });
      await k.press('Escape');
      await k.page.locator('#order-list').waitFor({ timeout: WAIT });
    },
  ],
  [
    'make a crew',
    async (k) => {
      await k.press('g');
      await k.sees('管什么');
      await k.tabTo(/^平板/);
      await k.press('ArrowRight');
      await k.tabTo(/^名称/);
      await k.type('抢修3班');
      await k.press('Control+Enter');
      await k.sees('已建 抢修3班');
    },
  ],
  [
    'make a code for a tablet',
    async (k) => {
      await k.press('Escape', 'g');
      await k.tabTo(/^几小时/);
      await k.press('Control+Enter');
      await k.page.locator('.qr-code').waitFor({ timeout: WAIT });
      await k.press('Escape');
    },
  ],
  [
    'import a list: look, check, import',
    async (k) => {
      const file = join(k.folder, 'more.csv');
      writeFileSync(file, `no,where,at\nM1,导入路1号,${new Date().toISOString()}\n`);
      await k.page.locator('#order-list').waitFor({ timeout: WAIT });
      await k.press('i');
      await k.tabTo(/^选 CSV/);
      const chooser = k.page.waitForEvent('filechooser');
      await k.press('Enter');
      await (await chooser).setFiles(file);
      await k.sees('导入路1号');
      await k.tabTo(/^\s*先查一遍/);
      await k.press('Enter');
      await k.sees('查过了，什么都没写');
      await k.press('Tab', 'Enter');
      await k.sees('导完了');
      await k.press('Escape');
      await k.sees('导入路1号');
    },
  ],
  [
    'change language and light',
    async (k) => {
      await k.go('换语言');
      await k.sees('Orders');
      await k.press('Control+k');
      await k.focusIs('.palette-typed');
      await k.type('Light or night');
      await k.press('Enter');
      await expect.poll(() => k.page.evaluate(() => document.documentElement.dataset['theme'])).toBe('night');
    },
  ],
  [
    'sign out',
    async (k) => {
      await k.press('Control+k');
      await k.focusIs('.palette-typed');
      await k.type('Sign out');
      await k.press('Enter');
      await k.page.locator('input[type=password]').waitFor({ timeout: WAIT });
    },
  ],
];
