import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';

import { asOrderId, asUnitId, orderSubject } from '#shared/ids.ts';

import { openTablet, type Page } from '../../e2e/browser.ts';
import { crewHouse, type CrewHouse } from '../../e2e/crew-house.ts';
import type { Figure, Prove, ProofOptions } from '../proof.ts';
import { quantile } from '../quantiles.ts';
import { serveBarePage } from './bare-page.ts';
import { ownTime, tapAndPaint, TARGETS } from './tap-and-paint.ts';

/** A tablet of the trade is about four times slower than a desk's computer. */
const SLOWER = 4;
const LIMIT_MS = 100;
/** So often every target is tapped, each time after all others: one tap alone may have met what else the machine does. */
const ROUNDS = 3;

/**
 * A tablet with `n` orders on a processor four times slower, the server gone: every button tapped until its effect is
 * painted, in three rounds, of which the middle tap is judged; the cold start until the list stands, beside a bare page of Dexie over the same records in the same run.
 */
export const crewAtSize: Prove = async (options) => {
  const house = await crewHouse('crew-bench');
  const home = mkdtempSync(join(tmpdir(), 'relight-bare-'));
  try {
    await giveMany(house, options.n);
    const { page } = house.tablet();
    await page.waitForFunction(shownInAll, options.n, { timeout: 180_000, polling: 100 });
    await house.kept();
    const records = await page.evaluate(recordsHere);
    await house.cut();
    const starts = options.quick ? 3 : 9;
    await house.tablet().tablet.close();
    const ours = await coldStarts({ profile: house.profile, url: `${house.url}/crew`, starts, n: options.n });
    options.log(`list of ${options.n} orders, cold and without signal: ${ours.map(Math.round).join(', ')} ms`);
    const bare = await bareStarts({ home, records, starts, n: options.n });
    options.log(`the same records on a bare page: ${bare.map(Math.round).join(', ')} ms`);
    const taps = await slowly(house, (slow) => tapAll(slow, options));
    return summary({ options, ours, bare, taps });
  } finally {
    await house.end();
    rmSync(home, { recursive: true, force: true });
  }
};

/** `index`: which of the targets there. `ms`: until it was painted; `own`: what the page's own thread worked for that, slowed. */
type Tap = {
  readonly where: string;
  readonly index: number;
  readonly what: string;
  readonly ms: number;
  readonly own: number;
};

async function giveMany(house: CrewHouse, n: number): Promise<void> {
  const { desk, crew } = house;
  for (let made = 0; made < n; made += 1) {
    const address = `幸福路${made + 1}号`;
    const report = { unit: asUnitId(desk.unit), address, area: 'urban', channel: 'phone', customers: 3 } as const;
    const order = asOrderId(desk.make('reported', report));
    desk.make('dispatched', { crew }, orderSubject(order));
    if (desk.queued >= 180) await house.push();
  }
  while (desk.queued > 0) await house.push();
}

/** Runs in the page: the next order has a card, the others are counted and the first of them drawn. */
const shownInAll = (n: number): boolean =>
  document.querySelectorAll('.today .rows > li').length >= 20 &&
  [...document.querySelectorAll('.section-count')].some((count) => Number(count.textContent) >= n - 1);

/** Runs in the page: what the cache holds of orders. */
const recordsHere = (): Promise<unknown[]> =>
  new Promise((resolve, reject) => {
    const opening = indexedDB.open('relight-cache');
    opening.addEventListener('error', () => reject(new Error('no cache')));
    opening.addEventListener('success', () => {
      const all = opening.result.transaction('subjects').objectStore('subjects').getAll();
      all.addEventListener('success', () =>
        resolve((all.result as { subject: string }[]).filter(({ subject }) => subject.startsWith('order:'))),
      );
    });
  });

async function bareStarts(run: {
  home: string;
  records: readonly unknown[];
  starts: number;
  n: number;
}): Promise<number[]> {
  const { url, server } = await serveBarePage(run.records);
  const profile = join(run.home, 'bare');
  try {
    const filling = await openTablet({ profile, ...SIZE });
    await filling.page.goto(`${url}#fill`);
    await filling.page.waitForFunction(() => document.title === 'filled');
    await filling.close();
    return await coldStarts({ ...run, profile, url });
  } finally {
    server.close();
  }
}

/** Each in a browser just started, on the slow processor: ms since navigation began until the list was painted. */
async function coldStarts(run: { profile: string; url: string; starts: number; n: number }): Promise<number[]> {
  const results: number[] = [];
  for (let turn = 0; turn < run.starts; turn += 1) {
    const tablet = await openTablet({ profile: run.profile, ...SIZE });
    try {
      const { page } = tablet;
      await slow(page);
      await page.addInitScript(watchFor, run.n);
      await page.goto(run.url, { waitUntil: 'commit' });
      const at = await page.waitForFunction(() => Reflect.get(globalThis, '__shownAt') as number | undefined, null, {
        timeout: 120_000,
        polling: 100,
      });
      results.push((await at.jsonValue()) ?? 0);
    } finally {
      await tablet.close();
    }
  }
  return results;
}

const SIZE = { width: 800, height: 1280 };

/** Runs in the page before anything else: when the list stood painted, since navigation began. */
function watchFor(n: number): void {
  const look = (): void => {
    const counts = [...document.querySelectorAll('.section-count')];
    const ours = counts.some((count) => Number(count.textContent) >= n - 1) && document.querySelector('.rows > li');
    if (!ours && document.querySelectorAll('body > ul > li').length < n) {
      requestAnimationFrame(look);
      return;
    }
    const { port1, port2 } = new MessageChannel();
    port1.addEventListener('message', () => Reflect.set(globalThis, '__shownAt', performance.now()));
    port1.start();
    port2.postMessage(null);
  };
  requestAnimationFrame(look);
}

/** The app open on the slow processor. */
async function slowly<T>(house: CrewHouse, work: (page: Page) => Promise<T>): Promise<T> {
  const tablet = await openTablet({ profile: house.profile, ...SIZE });
  try {
    await tablet.page.goto(`${house.url}/crew`);
    await tablet.page.locator('.next-card').waitFor();
    await slow(tablet.page);
    return await work(tablet.page);
  } finally {
    await tablet.close();
  }
}

async function slow(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
}

/** Every place of the app, every target on it. What a tap changes is put back by going there again. */
async function tapAll(page: Page, { quick, log }: ProofOptions): Promise<readonly Tap[]> {
  const order = await page.evaluate(() => {
    document.querySelector<HTMLElement>('.next-card')?.click();
    return new Promise<string>((resolve) => {
      setTimeout(() => resolve(location.hash.split('/')[2] ?? ''), 500);
    });
  });
  const acts = ['contacted', 'diagnosed', 'explained', 'suspended', 'materialsUsed', 'noted', 'returned'];
  const places = [
    '',
    'map',
    'messages',
    'outbox',
    'shift',
    'guide',
    `order/${order}`,
    `readOut/${order}`,
    `sign/${order}`,
  ];
  places.push(...acts.map((act) => `act/${order}/${act}`));
  const taps: Tap[] = [];
  const own = await ownTime(page);
  for (let round = 1; round <= (quick ? 1 : ROUNDS); round += 1) {
    for (const where of quick ? places.slice(0, 8) : places) {
      const count = await settleAt(page, where);
      for (const index of spreadOver(count)) {
        await settleAt(page, where);
        const target = await page.evaluate(targetAt, { targets: TARGETS, index });
        const painted = target && (await tapAndPaint(page, own, target));
        if (target && painted) taps.push({ where: where.replace(order, 'ID'), index, what: target.what, ...painted });
      }
      if (round === 1) log(`${where || 'today'}: ${count} targets`);
    }
  }
  return taps;
}

/** Of each target the middle one of its taps. */
function middles(taps: readonly Tap[]): readonly Tap[] {
  const byTarget = Map.groupBy(taps, ({ where, index }) => `${where} ${index}`);
  return [...byTarget.values()].flatMap((same) => {
    const sorted = same.toSorted((a, b) => a.ms - b.ms);
    return sorted[Math.floor((sorted.length - 1) / 2)] ?? [];
  });
}

/** Goes there, waits until the last fact shown in the step's place has gone, and says how many targets there are. */
async function settleAt(page: Page, where: string): Promise<number> {
  await page.evaluate((hash) => {
    location.hash = hash;
    // A tap before may have begun the drive: there is one page then, whatever the address says.
    document.querySelector<HTMLElement>('.is-driving main button')?.click();
  }, `#/${where}`);
  await page.waitForFunction(
    () => !document.querySelector('.confirm-fact') && document.querySelector('main')?.childElementCount,
  );
  return page.locator(TARGETS).count();
}

type Target = { readonly what: string; readonly x: number; readonly y: number };

/**
 * Runs in the page, in one go: what a tap before has changed may take a target away, then there is none. A target that
 * leads out of the app or that says why it cannot be used is none either.
 */
function targetAt({ targets, index }: { targets: string; index: number }): Target | null {
  const found = document.querySelectorAll<HTMLElement>(targets)[index];
  if (!found || found.hasAttribute('href') || found.hasAttribute('aria-disabled')) return null;
  found.scrollIntoView({ block: 'center' });
  const { left, top, width, height } = found.getBoundingClientRect();
  if (width * height === 0) return null;
  return { what: found.innerText.replaceAll(/\s+/g, ' ').slice(0, 24), x: left + width / 2, y: top + height / 2 };
}

/** All of a few; of many the first, the last and some between. */
const spreadOver = (count: number): readonly number[] =>
  count <= 40
    ? Array.from({ length: count }, (_, index) => index)
    : [
        ...new Set([
          ...Array.from({ length: 12 }, (_, index) => Math.floor((index * count) / 12)),
          ...Array.from({ length: 12 }, (_, index) => count - 1 - index),
        ]),
      ];

function summary(run: {
  options: ProofOptions;
  ours: readonly number[];
  bare: readonly number[];
  taps: readonly Tap[];
}) {
  const { options, ours, bare, taps } = run;
  const times = taps.map(({ ms }) => ms).toSorted((a, b) => a - b);
  const [p50, p95] = [Math.round(quantile(times, 0.5)), Math.round(quantile(times, 0.95))];
  const owns = taps.map(({ own }) => own).toSorted((a, b) => a - b);
  const [own50, own95] = [Math.round(quantile(owns, 0.5)), Math.round(quantile(owns, 0.95))];
  const slowestOf = (some: readonly Tap[]): string =>
    some
      .toSorted((a, b) => b.ms - a.ms)
      .slice(0, 3)
      .map(({ where, what, ms }) => `${where || 'today'} ${what} ${Math.round(ms)}`)
      .join('; ');
  const targets = middles(taps);
  const slow = targets.filter(({ ms }) => ms > LIMIT_MS).length;
  const middle = (values: readonly number[]): number =>
    Math.round(
      quantile(
        values.toSorted((a, b) => a - b),
        0.5,
      ),
    );
  const figures: Record<string, Figure> = {
    'orders held': options.n,
    'processor slowed': `${SLOWER} times`,
    'load of the machine': Math.round((loadavg()[0] ?? 0) * 10) / 10,
    'taps measured': taps.length,
    'targets, each tapped so often': `${targets.length}, ${options.quick ? 1 : ROUNDS}`,
    'tap to paint p50, p95 ms': `${p50}, ${p95}`,
    'its own work for that p50, p95, max ms': `${own50}, ${own95}, ${Math.round(owns.at(-1) ?? 0)}`,
    'slowest targets by their middle tap': slowestOf(targets),
    'slowest single taps': slowestOf(taps),
    'single taps over 100 ms': times.filter((ms) => ms > LIMIT_MS).length,
    'cold start without signal to the list ms, to bare Dexie': `${middle(ours)} : ${middle(bare)} = ${(middle(ours) / Math.max(1, middle(bare))).toFixed(2)}`,
  };
  writeFileSync(join(options.dir, 'raw.json'), JSON.stringify({ ours, bare, taps }));
  const overBar = slow > 0 ? [`${slow} of ${targets.length} targets paint later than ${LIMIT_MS} ms`] : [];
  const failures = taps.length < 60 && !options.quick ? [`only ${taps.length} taps could be measured`] : [];
  return { runs: taps.length, faults: 0, acked: 0, failures, overBar, figures };
}
