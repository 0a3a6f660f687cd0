import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import { preact } from '@preact/preset-vite';
import { chromium, type Page } from 'playwright-core';
import { createServer } from 'vite';

import { cityMap } from '../../server/demo/city/city-map.ts';
import { buildCity } from '../../server/demo/city/city.ts';

/**
 * Pictures of the desk into `artefacts/desk/`, for looking at. Arguments: scene names, or none for all;
 * `theme=night`, `lang=en`, `size=1024x768` may stand among them.
 */
const SCENES: Readonly<Record<string, { readonly query?: string; play?(page: Page): Promise<void> }>> = {
  board: {},
  signIn: { query: 'scene=signIn' },
  empty: { query: 'scene=empty' },
  lost: { query: 'scene=lost' },
  many: { query: 'orders=3000' },
  trace: {
    async play(page) {
      await page.locator('#find').fill('D3Q');
      await page.locator('#row-D3Q-1').click();
      await page.locator('.trace-head').nth(3).click();
    },
  },
  order: { play: (page) => page.locator('#row-P4X-1').click() },
  dispatch: {
    async play(page) {
      await page.locator('#row-E2N-1').click();
      await page.keyboard.press('d');
    },
  },
  radio: {
    async play(page) {
      await page.locator('#row-N3M-1').click();
      await page.keyboard.press('r');
    },
  },
  intake: { play: (page) => page.keyboard.press('n') },
  search: { play: (page) => page.keyboard.press('/') },
  keys: { play: (page) => page.keyboard.press('?') },
  reports: {
    async play(page) {
      await page.keyboard.press('b');
      await page.locator('.figures').waitFor();
    },
  },
  reportsByCrew: {
    async play(page) {
      await page.keyboard.press('b');
      await page.locator('.figures').waitFor();
      await page.locator('.filter-choice').nth(1).locator('button').nth(3).click();
      await page.locator('.figures th[scope=row]').nth(3).waitFor();
      await page.locator('.verdict-bar').nth(2).hover();
    },
  },
  reportsLong: {
    query: 'reports=long',
    async play(page) {
      await page.keyboard.press('b');
      await page.locator('.banner').waitFor();
    },
  },
  reportsNone: {
    query: 'reports=none',
    async play(page) {
      await page.keyboard.press('b');
      await page.locator('.banner').waitFor();
    },
  },
  shelve: {
    async play(page) {
      await page.locator('.alert-name').nth(2).click();
      await page.keyboard.press('z');
    },
  },
};

const given = process.argv.slice(2);
const named = given.filter((one) => !one.includes('='));
const query = given.filter((one) => one.includes('=')).join('&');
const [width = 1440, height = 900] = (new URLSearchParams(query).get('size') ?? '1440x900').split('x').map(Number);
const folder = join(import.meta.dirname, '../../artefacts/desk');
mkdirSync(folder, { recursive: true });

const map = JSON.stringify(cityMap(buildCity('relight')));
const server = await createServer({
  root: import.meta.dirname,
  configFile: false,
  plugins: [
    preact(),
    {
      name: 'city',
      configureServer: (dev) => {
        dev.middlewares.use('/maps/city.geojson', (_request, response) => response.end(map));
      },
    },
  ],
  logLevel: 'error',
  server: { port: 0, host: '127.0.0.1', fs: { allow: [join(import.meta.dirname, '../..')] } },
});
await server.listen();
const address = server.resolvedUrls?.local[0];
const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
});
const page = await browser.newPage({ viewport: { width, height } });
const complaints: string[] = [];
page.on('pageerror', (error) => complaints.push(error.stack ?? error.message));
page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
for (const [name, scene] of Object.entries(SCENES)) {
  if (named.length > 0 && !named.includes(name)) continue;
  await page.goto(`${address}desk.html?${scene.query ?? ''}&${query}`);
  await page.locator('.desk, .sign-in').first().waitFor();
  await page.waitForLoadState('networkidle');
  await scene.play?.(page);
  const tail = query === '' ? '' : `-${query.replaceAll(/[&=]/g, '-')}`;
  // Drawers fade in.
  await page.waitForFunction(() => document.getAnimations().every(({ playState }) => playState !== 'running'));
  await page.screenshot({ path: join(folder, `${name}${tail}.png`) });
}
await browser.close();
await server.close();
for (const complaint of complaints) process.stderr.write(`${complaint}\n`);
process.exitCode = complaints.length > 0 ? 1 : 0;
