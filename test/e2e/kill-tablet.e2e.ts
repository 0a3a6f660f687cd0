import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { createServer, type ViteDevServer } from 'vite';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';

import { openTablet, type Tablet } from './browser.ts';
import { savedProblems, type Found } from './saved-check.ts';
import { tearLog } from './tear-log.ts';

/** Done-when 5: Chromium is killed while a page taps, and nothing that showed "saved" is lost. */
const KILLS = 8;
const repository = join(import.meta.dirname, '../..');

let pages: ViteDevServer;
let cacheDir: string;
let profile: string;
let tablet: Tablet | null = null;

beforeAll(async () => {
  cacheDir = await mkdtemp(join(tmpdir(), 'relight-vite-'));
  pages = await createServer({
    configFile: false,
    root: repository,
    logLevel: 'error',
    cacheDir,
    server: { port: 0, host: '127.0.0.1', hmr: false, watch: null },
    optimizeDeps: { include: ['idb', 'zod/mini', '@noble/hashes/sha2.js', '@noble/hashes/utils.js'] },
  });
  await pages.listen();
});
afterAll(async () => {
  await pages.close();
  await rm(cacheDir, { recursive: true, force: true });
});

beforeEach(async () => {
  profile = await mkdtemp(join(tmpdir(), 'relight-tablet-'));
});
afterEach(async () => {
  await tablet?.kill();
  await rm(profile, { recursive: true, force: true, maxRetries: 5 });
});

const origin = (): string => `http://127.0.0.1:${(pages.httpServer!.address() as { port: number }).port}`;

type Opening = { readonly quotaBytes?: number; readonly copies?: 1 | 2 };

/** Opens the page on the tablet's profile; `heard` collects what it shows as saved. */
async function open(heard: string[], { quotaBytes, copies = 2 }: Opening = {}): Promise<Tablet> {
  tablet = await openTablet({ profile, width: 400, height: 700 });
  const { page } = tablet;
  await page.exposeFunction('showedSaved', (id: string) => void heard.push(id));
  if (quotaBytes !== undefined) {
    const session = await tablet.context.newCDPSession(page);
    // It has to stand before the page opens its first database.
    await session.send('Storage.overrideQuotaForOrigin', { origin: origin(), quotaSize: quotaBytes });
  }
  await page.goto(`${origin()}/test/e2e/tapping/page.html?copies=${copies}`);
  await page.waitForFunction(() => typeof window.stored === 'function', null, { timeout: 60_000 });
  return tablet;
}

const found = (on: Tablet): Promise<Found> => on.page.evaluate(() => window.stored());

/** Waits until `heard` has grown by `more`, or fails. */
async function hears(heard: readonly string[], more: number): Promise<void> {
  const goal = heard.length + more;
  await expect.poll(() => heard.length, { timeout: 30_000, interval: 1 }).toBeGreaterThanOrEqual(goal);
}

test(`I7 nothing that showed "saved" is lost when Chromium is killed ${KILLS} times while tapping`, async () => {
  const heard: string[] = [];
  for (let kill = 0; kill < KILLS; kill += 1) {
    const opened = await open(heard);
    expect(savedProblems(heard, await found(opened))).toEqual([]);
    await opened.page.evaluate(() => window.tapOn());
    // At another point of the work each time.
    await hears(heard, 5 + kill * 7);
    await opened.kill();
  }
  const after = await open(heard);
  const held = await found(after);
  expect(savedProblems(heard, held)).toEqual([]);
  process.stdout.write(`killed ${KILLS} times: ${heard.length} shown as saved, ${held.ids.length} held, 0 lost\n`);
});

/** A record of the database's log is torn by a kill; after the second start since then the browser has thrown all away. */
async function tornAndStartedTwice(copies: 1 | 2): Promise<{ heard: readonly string[]; after: Tablet }> {
  const heard: string[] = [];
  for (let start = 0; start < 2; start += 1) {
    const opened = await open(heard, { copies });
    await opened.page.evaluate(() => window.tapOn());
    await hears(heard, 10);
    await opened.kill();
    if (start === 0) tearLog(profile, origin());
  }
  return { heard, after: await open([], { copies }) };
}

test('I7 a database that the browser found torn and threw away comes back whole from the second copy', async () => {
  const { heard, after } = await tornAndStartedTwice(2);
  const held = await found(after);
  expect(savedProblems(heard, held)).toEqual([]);
  expect(await after.page.evaluate(() => window.recovered())).toBe(held.ids.length);
});

test('with one copy only, the same tear loses everything that was shown as saved', async () => {
  const { heard, after } = await tornAndStartedTwice(1);
  expect(savedProblems(heard, await found(after)).length).toBeGreaterThanOrEqual(heard.length);
});

test('a build that says "saved" before the transaction has completed is caught', async () => {
  const heard: string[] = [];
  const careless = await open(heard);
  void careless.page.evaluate(() => window.tapCarelessly(400)).catch(() => undefined);
  await hears(heard, 400);
  await careless.kill();
  const after = await open([]);
  expect(savedProblems(heard, await found(after))).not.toEqual([]);
});

test('I7 with no space left the reserve is given up for events; after that none is said to be saved', async () => {
  const opened = await open([], { quotaBytes: 6 * 1024 * 1024 });
  expect(await opened.page.evaluate(() => window.reserves())).toBe(1);
  const { saved, withReserve, because } = await opened.page.evaluate(() => window.tapUntilFull());
  expect(because).toBe('full');
  expect(saved.length).toBeGreaterThan(withReserve);
  expect(await opened.page.evaluate(() => window.reserves())).toBe(0);
  const held = await found(opened);
  expect(held.counter).toBe(saved.length);
  expect(savedProblems(saved, held)).toEqual([]);
});
