import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { DemoAccounts } from '#shared/api/session.ts';

import type { Page } from '../e2e/browser.ts';
import { type CrewDriver, openCrew } from '../e2e/crew.driver.ts';
import { type DeskDriver, openDesk } from '../e2e/desk.driver.ts';
import { freePort, pause, type ServerProcess, startServerProcess } from '../e2e/server-process.ts';
import { smallPng } from './small-png.ts';

/**
 * The pictures of the README into `test/pictures`, taken from the running demonstration: two browsers, a desk and a
 * tablet, and at the end the server taken away. Whatever stands on the console besides the question for a session
 * that is not there yet makes it fail. Another folder may be given.
 */
const folder = process.argv[2] ?? join(import.meta.dirname, '../pictures');
const home = await mkdtemp(join(tmpdir(), 'relight-pictures-'));
await mkdir(folder, { recursive: true });
const demo = await startServerProcess({
  dataDir: '',
  port: await freePort(),
  entry: join(import.meta.dirname, '../../server/demo/demo.ts'),
  env: { TMPDIR: home, DEMO_SEED: '1' },
});
// It answers while it still lives through its history.
while (!demo.output().includes('/desk')) await pause(100);
const complaints: string[] = [];
let desk: DeskDriver | null = null;
let tablet: CrewDriver | null = null;
try {
  desk = await openDesk({ url: demo.url, profile: join(home, 'desk'), pictures: folder });
  tablet = await openCrew({ url: demo.url, profile: join(home, 'tablet'), pictures: folder });
  for (const { page } of [desk, tablet]) {
    page.on('pageerror', (error) => complaints.push(error.stack ?? error.message));
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  }
  await play(desk, tablet, demo);
} finally {
  await desk?.browser.close();
  await tablet?.tablet.close();
  await demo.stop();
  await rm(home, { recursive: true, force: true });
}
const unexpected = complaints.filter((one) => !/401|ERR_CONNECTION_REFUSED|ERR_INCOMPLETE/.test(one));
for (const complaint of unexpected) process.stderr.write(`${complaint}\n`);
process.exitCode = unexpected.length > 0 ? 1 : 0;

async function play(desk: DeskDriver, tablet: CrewDriver, demo: ServerProcess): Promise<void> {
  const { page } = desk;
  const { accounts, codes } = DemoAccounts.parse(await (await fetch(`${demo.url}/v1/demo`)).json());
  const dispatcher = accounts.find(({ role }) => role === 'dispatcher');
  const [{ code, crew } = { code: '', crew: '' }] = codes;
  await desk.signIn(dispatcher?.name ?? '', dispatcher?.password ?? '');
  await page.getByRole('option').first().waitFor();
  // The drawing of the city and the first page of live news.
  await page.locator('.map-base').first().waitFor();
  await page.locator('.map-van').first().waitFor();
  await page.getByRole('button', { name: '看五步导览' }).click();
  for (let step = 1; step < 3; step++) await page.keyboard.press('ArrowRight');
  await keep(page, 'desk-tour');
  await page.keyboard.press('Escape');
  await keep(page, 'desk');

  await page.keyboard.press('b');
  await page.locator('.figures th[scope=row]').first().waitFor();
  await keep(page, 'desk-reports');
  await page.goBack();
  await page.getByRole('option').first().waitFor();

  await tablet.enrol(code.replace('-', ''));
  await tablet.shows('看五步导览');
  await tablet.page.getByRole('button', { name: '不看了' }).click();
  await tablet.shows(/没有工单/);
  const waiting = page
    .getByRole('option')
    .filter({ hasText: '待派' })
    .filter({ hasText: /还剩 \d\d 分/ });
  const ids: string[] = [];
  for (let sent = 0; sent < 3; sent++) {
    const close = page.getByRole('button', { name: /^关闭/ });
    if (await close.isVisible()) await close.click();
    const row = waiting.nth(3);
    const id = (await row.locator('.row-id').textContent()) ?? '';
    ids.push(id);
    await row.click();
    await desk.dispatch(crew);
    await desk.shows(`${id} 已派 ${crew}`);
  }
  const [first = ''] = ids;
  for (const id of ids) await tablet.shows(id);
  await keep(tablet.page, 'crew-today');

  await tablet.tap('接单');
  await tablet.tap('出发');
  await tablet.page.getByRole('button', { name: '到达现场', exact: true }).click();
  await tablet.shows('以第一次按下为准');
  await keep(tablet.page, 'crew-arrive');
  await tablet.page.getByRole('button', { name: '确认到达', exact: true }).click();
  await tablet.shows('中心已收');

  await page.getByRole('button', { name: /^关闭/ }).click();
  await page.getByRole('option').filter({ hasText: first }).first().click();
  await page.locator('.trace-head').filter({ hasText: '到达' }).waitFor();
  await page.getByRole('button', { name: /^已撤/ }).click();
  await keep(page, 'desk-order');
  await page.getByRole('button', { name: /^待处理/ }).click();
  await page.getByRole('button', { name: /^关闭/ }).click();
  await page.getByRole('button', { name: 'English' }).click();
  await page.getByRole('button', { name: 'Night' }).click();
  await page.reload();
  await page.locator('.map-base').first().waitFor();
  await page.locator('.map-van').first().waitFor();
  await keep(page, 'desk-night');

  // The tablet drives into a cellar: nothing answers any more.
  await demo.kill();
  await tablet.openOrder(first);
  await tablet.tapTwice('复电', '确认复电');
  await tablet.shows(/待发 \d · 无信号/);
  await keep(tablet.page, 'crew-no-signal');
}

async function keep(page: Page, name: string): Promise<void> {
  await page.waitForFunction(() => document.getAnimations().every(({ playState }) => playState !== 'running'));
  await writeFile(join(folder, `${name}.png`), smallPng(await page.screenshot()));
}
