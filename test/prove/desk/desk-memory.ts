import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { acceptanceData } from '../../acceptance/data.ts';
import { openTablet, type Page } from '../../e2e/browser.ts';
import { pause } from '../../e2e/server-process.ts';
import type { Prove } from '../proof.ts';
import { buildDesk } from './build-desk.ts';
import { startChurn } from './churn.ts';
import { growthOf, type Sample } from './growth.ts';
import { heapOf } from './heap-of.ts';
import { startOwnServer } from './own-server.ts';
import { DESK, seedDesk } from './seed.ts';

const VANS = 500;
/** Orders that come, and as many that go: with what is done about each of them some fifty changes a second. */
const PER_SECOND = 6;
const RUN = { whole: { seconds: 3_600, every: 120 }, quick: { seconds: 12, every: 2 } };

/**
 * What a desk holds while a storm goes on: sixty times as fast as one that brings 360 orders an hour, for an hour, so
 * sixty of its hours. Every 100 s all that is open has gone and other orders have come, so nothing of the beginning is left.
 */
export const deskMemory: Prove = async ({ n, seed, quick, dir, log }) => {
  const home = mkdtempSync(join(tmpdir(), 'relight-memory-'));
  try {
    await buildDesk(join(home, 'dist'));
    const dataDir = join(home, 'data');
    mkdirSync(join(dataDir, 'maps'), { recursive: true });
    const seeded = await seedDesk(dataDir, { open: n, archived: 0, vans: Math.min(VANS, n), seed });
    const data = acceptanceData();
    if (data) cpSync(join(data, 'basemap-pmtiles/sf.pmtiles'), join(dataDir, 'maps/sf.pmtiles'));
    const server = await startOwnServer({ dataDir, dist: join(home, 'dist') });
    const tab = await openTablet({ profile: join(home, 'desk'), width: 1440, height: 900 });
    try {
      const { page } = tab;
      await signIn(page, server.url, n);
      const churn = await startChurn(dataDir, seeded, PER_SECOND);
      const { seconds, every } = quick ? RUN.quick : RUN.whole;
      const samples = await watch(page, { seconds, every, log });
      await churn.stop();
      const nodes = await page.evaluate(() => document.querySelectorAll('*').length);
      await page.screenshot({ path: join(dir, 'desk.png') });
      writeFileSync(join(dir, 'samples.json'), JSON.stringify(samples));
      const listed = await listedAtRest(page, n);
      const growth = growthOf(samples);
      return {
        runs: samples.length,
        faults: 0,
        acked: churn.events(),
        failures: [
          ...(quick || growth.flat
            ? []
            : [`what the page holds grew by ${growth.over} MB: ${growth.perHour} MB an hour`]),
          ...(listed === n ? [] : [`${listed} orders are listed, ${n} are open`]),
        ],
        figures: {
          'orders open': n,
          'orders come and gone': churn.through(),
          'changes a second': Math.round(churn.events() / seconds),
          'minutes at 60×': Math.round((seconds / 60) * 10) / 10,
          'heap MB first, least, most, last': [samples[0], least(samples), most(samples), samples.at(-1)]
            .map((one) => one?.mb)
            .join(', '),
          'growth MB an hour': growth.perHour,
          'elements of the page': nodes,
        },
      };
    } finally {
      await tab.close();
      await server.stop();
    }
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
};

async function signIn(page: Page, url: string, n: number): Promise<void> {
  await page.goto(`${url}/desk`);
  await page.getByLabel('姓名').fill(DESK.name);
  await page.getByLabel('密码').fill(DESK.password);
  await page.getByLabel('密码').press('Enter');
  await page.waitForFunction(isListed, n, { timeout: 120_000 });
  await page.locator('#order-list').focus();
}

/** Somebody works meanwhile: walks through the list, opens an order, leaves it. */
async function watch(
  page: Page,
  { seconds, every, log }: { seconds: number; every: number; log: (line: string) => void },
): Promise<readonly Sample[]> {
  const samples: Sample[] = [];
  const from = performance.now();
  const passed = (): number => (performance.now() - from) / 1_000;
  for (let next = 0; passed() < seconds; next += 1) {
    await page.keyboard.press('j');
    if (next % 10 === 5) await page.keyboard.press('Enter');
    if (next % 10 === 8) await page.keyboard.press('Escape');
    if (passed() >= samples.length * every) {
      const mb = await heapOf(page);
      samples.push({ s: Math.round(passed()), mb });
      log(`${Math.round(passed())} s: ${mb} MB`);
    }
    await pause(500);
  }
  return samples;
}

/** How many orders the list has once what was recorded has come. */
async function listedAtRest(page: Page, n: number): Promise<number> {
  await page.waitForFunction(isListed, n, { timeout: 20_000 }).catch(() => undefined);
  return page.evaluate(() => Number(document.querySelector('#list-title span')?.textContent));
}

const isListed = (n: number): boolean => Number(document.querySelector('#list-title span')?.textContent) === n;

const least = (samples: readonly Sample[]) => samples.toSorted((a, b) => a.mb - b.mb)[0];
const most = (samples: readonly Sample[]) => samples.toSorted((a, b) => b.mb - a.mb)[0];
