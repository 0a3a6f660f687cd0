import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import { preact } from '@preact/preset-vite';
import { chromium } from 'playwright-core';
import { createServer } from 'vite';

import { scenes } from './scenes.ts';

/**
 * Pictures of every scene into `artefacts/crew/`, for looking at. Arguments: scene names, or none for all;
 * `theme=night`, `lang=en`, `wide=1`, `phone=1`, `onehand=1` may stand among them.
 */
const given = process.argv.slice(2);
const named = given.filter((one) => !one.includes('='));
const query = given.filter((one) => one.includes('=')).join('&');
const size = query.includes('wide=1')
  ? { width: 1024, height: 768 }
  : query.includes('phone=1')
    ? { width: 390, height: 844 }
    : { width: 800, height: 1280 };
const folder = join(import.meta.dirname, '../../artefacts/crew');
mkdirSync(folder, { recursive: true });

const server = await createServer({
  root: import.meta.dirname,
  configFile: false,
  plugins: [preact()],
  logLevel: 'error',
  server: { port: 0, host: '127.0.0.1', fs: { allow: [join(import.meta.dirname, '../..')] } },
});
await server.listen();
const address = server.resolvedUrls?.local[0];
const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
});
const page = await browser.newPage({ viewport: size });
const complaints: string[] = [];
page.on('pageerror', (error) => complaints.push(error.stack ?? error.message));
page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
for (const scene of named.length > 0 ? named : Object.keys(scenes)) {
  await page.goto(`${address}crew.html?scene=${scene}&${query}`);
  await page.locator('main:not(:empty)').first().waitFor();
  await page.waitForLoadState('networkidle');
  const tail = query === '' ? '' : `-${query.replaceAll(/[&=]/g, '-')}`;
  await page.screenshot({ path: join(folder, `${scene}${tail}.png`) });
}
await browser.close();
await server.close();
for (const complaint of complaints) process.stderr.write(`${complaint}\n`);
process.exitCode = complaints.length > 0 ? 1 : 0;
