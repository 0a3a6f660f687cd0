import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import Sqlite from 'better-sqlite3';
import type { Browser, Page } from 'playwright-core';
import { build } from 'vite';

import { must } from '#shared/result.ts';

import { parseConfig } from '../../../server/config.ts';
import { buildWhenStale } from '../../../server/demo/build-when-stale.ts';
import { startDemo } from '../../../server/demo/start-demo.ts';
import { systemClock } from '../../../server/device/clock.ts';
import { systemRandom } from '../../../server/device/random.ts';
import { keptLog } from '../../api/harness.ts';
import { freePort } from '../server-process.ts';
import type { Picture } from './covering-set.ts';
import type { Look } from './look.ts';

/** The desk as it is built, over the real server: for what nobody should invent. */
export type RealDesk = {
  readonly page: Page;
  /** The board in this look, once its map is drawn. */
  readonly show: (picture: Pick<Picture, 'theme' | 'lang'>) => Promise<void>;
  readonly look: (focus: boolean) => Promise<Look>;
  readonly close: () => Promise<void>;
};

/** The demonstration on a disk with `free` bytes left, at the desk of its leader. */
export async function openRealDesk(browser: Browser, free: number): Promise<RealDesk> {
  await buildWhenStale();
  const dataDir = mkdtempSync(join(tmpdir(), 'relight-real-desk-'));
  const config = must(parseConfig({ DATA_DIR: dataDir, HOST: '127.0.0.1', PORT: String(await freePort()) }));
  const ports = { clock: systemClock, random: systemRandom, log: keptLog().log, space: () => Promise.resolve(free) };
  const demo = must(await startDemo(config, ports, '1'));
  const looking = await lookingScript();
  const page = await browser.newPage({ reducedMotion: 'reduce', locale: 'zh-CN' });
  const leader = demo.page.accounts.find(({ role }) => role === 'leader');
  await page.goto(`${demo.url}/desk`);
  await page.getByLabel('姓名').fill(leader?.name ?? '');
  await page.getByLabel('密码').fill(leader?.password ?? '');
  await page.getByLabel('密码').press('Enter');
  await page.getByRole('button', { name: '不看了' }).click();

  return {
    page,
    show: async ({ theme, lang }) => {
      const root = page.locator('html');
      if ((await root.getAttribute('data-theme')) !== theme)
        await page.getByRole('button', { name: /^(夜间|日间|Night|Light)$/ }).click();
      if ((await root.getAttribute('lang'))?.startsWith(lang) !== true)
        await page.getByRole('button', { name: /^(中文|English)$/ }).click();
      await page.locator('.map-base').first().waitFor();
      await page.locator('.map-van').first().waitFor();
      await page.locator('.map-cluster').first().waitFor();
      // What was pressed is not pointed at any more.
      await page.mouse.move(0, 0);
    },
    look: async (focus) => {
      await page.evaluate(looking);
      const asked = { app: 'desk', data: saidIn(dataDir), focus };
      return page.evaluate((one) => (Reflect.get(globalThis, '__looking') as Looking).look(one), asked);
    },
    close: async () => {
      await page.close();
      await demo.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

type Looking = { readonly look: (asked: object) => Promise<Look> };

/** What judges a screen, to be run in a page that does not bring it. */
async function lookingScript(): Promise<string> {
  const lib = { entry: join(import.meta.dirname, 'look.ts'), formats: ['iife' as const], name: '__looking' };
  const built = await build({ configFile: false, logLevel: 'error', build: { write: false, minify: false, lib } });
  const [bundle] = Array.isArray(built) ? built : [built];
  const code = bundle && 'output' in bundle ? bundle.output[0].code : '';
  // A variable of a script that is evaluated would be lost.
  return `${code}\nglobalThis.__looking = __looking;`;
}

/** Every word that anybody of the demonstration said: data, not words of ours. */
function saidIn(dataDir: string): string {
  const db = new Sqlite(join(dataDir, 'relight.db'), { readonly: true });
  try {
    const bodies = db.prepare('select body from event').pluck().all();
    return JSON.stringify([bodies, '中文']);
  } finally {
    db.close();
  }
}
