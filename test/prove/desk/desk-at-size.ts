import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';

import { acceptanceData } from '../../acceptance/data.ts';
import { openTablet, type Page } from '../../e2e/browser.ts';
import { pause } from '../../e2e/server-process.ts';
import type { Figure, Prove, ProofOptions } from '../proof.ts';
import { buildDesk } from './build-desk.ts';
import { makeChanges } from './change-maker.ts';
import { heapOf } from './heap-of.ts';
import { startOwnServer } from './own-server.ts';
import { servePlainPage } from './plain-page.ts';
import { pressAndPaint } from './press-and-paint.ts';
import { DESK, seedDesk, type Seeded } from './seed.ts';
import { tracePage, type Task } from './trace-page.ts';

const CHANGES = 50;
const VANS = 500;
const ARCHIVED = 2_552;

/**
 * What is promised, ms, on a machine that has nothing else to do: the figures say how busy it was. A first sign-in is
 * usable with its first orders; the others follow while a line counts them.
 */
const LIMIT = { usable: 2_500, first: 2_500, input: 100, task: 100, search: 100 };

/**
 * The desk with `n` open orders and 500 vans while 50 changes a second arrive over HTTP, in Chromium with the real
 * server; then plain Leaflet with leaflet.markercluster on the same places in the same run.
 */
export const deskAtSize: Prove = async (options) => {
  const home = mkdtempSync(join(tmpdir(), 'relight-desk-'));
  try {
    await buildDesk(join(home, 'dist'));
    const dataDir = join(home, 'data');
    mkdirSync(join(dataDir, 'maps'), { recursive: true });
    const seeded = await seedDesk(dataDir, { open: options.n, archived: ARCHIVED, vans: VANS, seed: options.seed });
    const data = acceptanceData();
    if (data) cpSync(join(data, 'basemap-pmtiles/sf.pmtiles'), join(dataDir, 'maps/sf.pmtiles'));
    const seconds = options.quick ? 10 : 60;
    const ours = await measureDesk({ options, home, dataDir, seeded, seconds });
    const plain = await measurePlain({ home, seeded, n: options.n, seconds });
    return summary({ options, seeded, ours, plain });
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
};

type Measured = {
  readonly usable: number;
  readonly usableCpu: number;
  readonly presses: readonly number[];
  readonly tasks: readonly Task[];
};
type Ours = Measured & {
  /** Of the first sign-in: until orders could be read, and until all of them were there. */
  readonly first: number;
  readonly cold: number;
  readonly coldCpu: number;
  readonly find: readonly number[];
  readonly search: readonly number[];
  readonly changes: number;
  /** Tiles of the archive that are painted. */
  readonly streets: number;
  /** Rows of the list in sight at the end. */
  readonly rows: number;
  readonly heap: readonly [before: number, after: number];
  /** Of the machine, before the page was opened. */
  readonly load: number;
};

async function measureDesk(run: {
  readonly options: ProofOptions;
  readonly home: string;
  readonly dataDir: string;
  readonly seeded: Seeded;
  readonly seconds: number;
}): Promise<Ours> {
  const { options, dataDir, seeded, seconds } = run;
  const load = loadNow();
  const server = await startOwnServer({ dataDir, dist: join(run.home, 'dist') });
  const tab = await openTablet({ profile: join(run.home, 'desk'), width: 1440, height: 900 });
  try {
    const { page } = tab;
    await page.goto(`${server.url}/desk`);
    await page.getByLabel('姓名').fill(DESK.name);
    await page.getByLabel('密码').fill(DESK.password);
    const cold = await timed(page, () => page.getByLabel('密码').press('Enter'), deskUsable, options.n);
    options.log(`first sign-in: ${cold.first} ms to the first orders, ${cold.ms} to all, of its own ${cold.cpu} ms`);
    await pause(5_000);
    const warm = await timed(page, () => page.reload(), deskUsable, options.n);
    options.log(`opened again: ${warm.ms} ms, of its own ${warm.cpu} ms`);
    const search = await timeSearch(page);
    const find = await timeFind(page);
    await pause(12_000);
    const changes = makeChanges(server.url, seeded.vans, CHANGES);
    await pause(3_000);
    const before = await heapOf(page);
    const live = await pressFor(page, seconds, (n) => (n % 7 === 6 ? 'k' : 'j'));
    const after = await heapOf(page);
    await page.screenshot({ path: join(options.dir, 'desk.png') });
    await changes.stop();
    const rows = await page.locator('.order-row').count();
    const streets = await page.evaluate(() => document.querySelectorAll('canvas.leaflet-tile-loaded').length);
    const measured = {
      ...live,
      usable: warm.ms,
      usableCpu: warm.cpu,
      first: cold.first,
      cold: cold.ms,
      coldCpu: cold.cpu,
    };
    return { ...measured, load, search, find, rows, streets, changes: changes.made(), heap: [before, after] };
  } finally {
    await tab.close();
    await server.stop();
  }
}

async function measurePlain(run: {
  readonly home: string;
  readonly seeded: Seeded;
  readonly n: number;
  readonly seconds: number;
}): Promise<Measured> {
  const { url, server } = await servePlainPage(run.seeded.places.slice(0, run.n), CHANGES);
  const tab = await openTablet({ profile: join(run.home, 'plain'), width: 1440, height: 900 });
  try {
    const { page } = tab;
    await page.goto('about:blank');
    const opened = await timed(
      page,
      () => page.goto(url),
      () => document.title === 'usable',
      run.n,
    );
    await page.evaluate(() => postMessage(null));
    await page.locator('#map').focus();
    const live = await pressFor(page, run.seconds, (n) => (n % 2 === 0 ? 'ArrowRight' : 'ArrowLeft'));
    return { ...live, usable: opened.ms, usableCpu: opened.cpu };
  } finally {
    await tab.close();
    server.close();
  }
}

/** Runs in the page: the list knows of all of them, rows can be read, and the map has its groups. */
const deskUsable = (n: number): boolean =>
  Number(document.querySelector('#list-title span')?.textContent) >= n &&
  document.querySelectorAll('.order-row').length > 10 &&
  document.querySelectorAll('.map-cluster').length > 2;

/** Runs in the page: some rows can be read. */
const rowsShown = (): boolean => document.querySelectorAll('.order-row').length > 10;

/** Until the page shows it and is at rest enough to answer; `cpu`: what its own thread worked for that. */
async function timed(
  page: Page,
  begin: () => Promise<unknown>,
  shown: (n: number) => boolean,
  n: number,
): Promise<{ first: number; ms: number; cpu: number }> {
  const stop = await tracePage(page);
  const from = performance.now();
  const passed = (): number => Math.round(performance.now() - from);
  const begun = begin();
  const first = page.waitForFunction(rowsShown, null, { timeout: 120_000, polling: 20 }).then(passed, passed);
  await begun;
  await page.waitForFunction(shown, n, { timeout: 120_000, polling: 20 });
  const ms = passed();
  const tasks = await stop();
  // A page without rows has no first ones.
  return {
    first: await Promise.race([first, Promise.resolve(ms)]),
    ms,
    cpu: Math.round(tasks.reduce((sum, { cpu }) => sum + cpu, 0)),
  };
}

async function pressFor(page: Page, seconds: number, key: (n: number) => string) {
  const stop = await tracePage(page);
  const presses: number[] = [];
  const until = performance.now() + seconds * 1_000;
  for (let n = 0; performance.now() < until; n += 1) {
    presses.push(await pressAndPaint(page, key(n)));
    await pause(150);
  }
  return { presses, tasks: await stop() };
}

/** Letters typed into the list's own filter, over what is open. */
async function timeFind(page: Page): Promise<readonly number[]> {
  await page.locator('#find').focus();
  const times: number[] = [];
  for (const key of ['4', '0', '4', '3', 'Backspace', 'Backspace', 'Backspace', 'Backspace'])
    times.push(await pressAndPaint(page, key));
  // From here on letters are keys again.
  await page.locator('#find').fill('');
  await page.locator('#order-list').focus();
  return times;
}

/** Asks the server over everything, archive included, as the search panel does. */
const timeSearch = (page: Page): Promise<readonly number[]> =>
  page.evaluate(async () => {
    const times: number[] = [];
    for (const text of ['404', 'San Francisco', 'Daly City 40', '客户77', '幸福路', 'nothing like this']) {
      const from = performance.now();
      const answer = await fetch(`/v1/orders?text=${encodeURIComponent(text)}`, {
        headers: { 'relight-form': 'desk' },
      });
      await answer.json();
      times.push(performance.now() - from);
    }
    return times;
  });

function summary(run: { options: ProofOptions; seeded: Seeded; ours: Ours; plain: Measured }) {
  const { options, seeded, ours, plain } = run;
  const longest = ({ tasks }: Measured): Task =>
    tasks.reduce((a, b) => (b.cpu > a.cpu ? b : a), { at: 0, wall: 0, cpu: 0 });
  const cpuShare = ({ tasks }: Measured, seconds: number): number =>
    Math.round((tasks.reduce((sum, { cpu }) => sum + cpu, 0) / seconds / 1_000) * 100);
  const ratio = (a: number, b: number): string => `${a} : ${b} = ${(a / Math.max(1, b)).toFixed(2)}`;
  const [p95, plain95] = [at95(ours.presses), at95(plain.presses)];
  const [task, plainTask] = [Math.round(longest(ours).cpu), Math.round(longest(plain).cpu)];
  const seconds = options.quick ? 10 : 60;
  const search = Math.round(Math.max(...ours.search));
  const figures: Record<string, Figure> = {
    'orders open': options.n,
    'real places and streets': seeded.real,
    'load of the machine before, after': [ours.load, loadNow()].join(', '),
    'first sign-in ms to the first orders, to all': `${ours.first}, ${ours.cold}`,
    'first sign-in own ms': ours.coldCpu,
    'usable ms, to markercluster': ratio(ours.usable, plain.usable),
    'usable own ms, to markercluster': ratio(ours.usableCpu, plain.usableCpu),
    'input to paint p95 ms, to markercluster': ratio(p95, plain95),
    'input to paint p50 ms, to markercluster': ratio(at(ours.presses, 0.5), at(plain.presses, 0.5)),
    'longest task own ms, to markercluster': ratio(task, plainTask),
    'the longest was': longest(ours).inside?.[0] ?? 'short',
    'tasks over 100 ms, own and lasting': `${over(ours, 'cpu')}, ${over(ours, 'wall')}`,
    'the same of markercluster': `${over(plain, 'cpu')}, ${over(plain, 'wall')}`,
    'page busy %': cpuShare(ours, seconds),
    'changes taken': ours.changes,
    'search longest ms': search,
    'filter longest ms': Math.round(Math.max(...ours.find)),
    'heap MB before, after': ours.heap.join(', '),
  };
  writeFileSync(join(options.dir, 'raw.json'), JSON.stringify({ ours, plain }));
  const failures = [
    ...(ours.rows < 10 ? ['the list was empty while keys were pressed'] : []),
    ...(seeded.real && ours.streets === 0 ? ['no streets were drawn'] : []),
  ];
  const overBar = [
    ...beyond('first sign-in, first orders', ours.first, LIMIT.first),
    ...beyond('opened again, usable', ours.usable, LIMIT.usable),
    ...beyond('input to paint p95', p95, Math.max(LIMIT.input, plain95)),
    ...beyond('longest task, own time', task, LIMIT.task),
    ...beyond('search', search, LIMIT.search),
  ];
  return { runs: ours.presses.length, faults: 0, acked: ours.changes, failures, overBar, figures };
}

const loadNow = (): number => Math.round((loadavg()[0] ?? 0) * 10) / 10;

const beyond = (what: string, ms: number, limit: number): string[] =>
  ms > limit ? [`${what}: ${ms} ms, more than ${limit}`] : [];

const at = (times: readonly number[], share: number): number =>
  Math.round(times.toSorted((a, b) => a - b)[Math.floor(times.length * share)] ?? 0);
const at95 = (times: readonly number[]): number => at(times, 0.95);
const over = ({ tasks }: Measured, kind: 'cpu' | 'wall'): number => tasks.filter((task) => task[kind] > 100).length;
