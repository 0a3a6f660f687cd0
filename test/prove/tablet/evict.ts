import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Page } from '../../e2e/browser.ts';
import { crewHouse, type CrewHouse } from '../../e2e/crew-house.ts';
import type { ProofOptions, Proven } from '../proof.ts';
import { wrongAfter, type Evicted } from './evict-check.ts';

/**
 * Every `n` is one way in which a tablet's browser throws away what is stored, in turn, with work on it that was never sent.
 * What is there still has to arrive, once; what is not has to be named, or said to be unknown.
 */
export async function evict({ n, log, dir }: ProofOptions): Promise<Proven> {
  const all: Evicted[] = [];
  for (let run = 0; run < n; run += 1) {
    all.push(await one(WAYS[run % WAYS.length]!));
    writeFileSync(join(dir, 'evicted.json'), JSON.stringify(all, null, 1));
    const last = all.at(-1)!;
    log(`${last.way}: ${last.arrived.length} of ${last.made.length} arrived; it says: ${last.says}`);
  }
  const failures = all.flatMap((evicted, run) => wrongAfter(evicted).map((wrong) => `run ${run}, ${wrong}`));
  const count = (of: (evicted: Evicted) => number): number => all.reduce((sum, evicted) => sum + of(evicted), 0);
  return {
    runs: all.length,
    faults: all.length,
    acked: count(({ made }) => made.length),
    failures,
    figures: {
      ways: new Set(all.map(({ way }) => way)).size,
      'events that were only on the tablet': count(({ made }) => made.length),
      'arrived after all': count(({ arrived }) => new Set(arrived).size),
      'gone and said so': count(({ made, arrived, says }) => (says ? made.length - new Set(arrived).size : 0)),
      'orders shown without signal': all.filter(({ offline }) => offline === 'the orders').length,
      'silently dropped': failures.length,
    },
  };
}

type Way = {
  readonly way: Evicted['way'];
  /** Does it, in the page or, after the browser was killed, to what lies on the disk. */
  readonly inPage?: (page: Page, url: string) => Promise<void>;
  readonly onDisk?: (profile: string) => void;
};

const drop = (name: string) => (page: Page) =>
  page.evaluate(
    (database) =>
      new Promise<void>((resolve, reject) => {
        const dropping = indexedDB.deleteDatabase(database);
        dropping.addEventListener('success', () => resolve());
        dropping.addEventListener('error', () => reject(new Error('it stays')));
      }),
    name,
  );

const clear =
  (storageTypes: string) =>
  async (page: Page, url: string): Promise<void> => {
    const session = await page.context().newCDPSession(page);
    await session.send('Storage.clearDataForOrigin', { origin: new URL(url).origin, storageTypes });
  };

const gone = (profile: string, folder: string): void =>
  rmSync(join(profile, 'Default', folder), { recursive: true, force: true });

const WAYS: readonly Way[] = [
  { way: 'databases', onDisk: (profile) => gone(profile, 'IndexedDB') },
  { way: 'outbox', inPage: drop('relight-outbox') },
  { way: 'everything', inPage: clear('indexeddb,local_storage,cache_storage,file_systems,service_workers') },
  { way: 'cache', inPage: drop('relight-cache') },
  {
    way: 'databases and files',
    onDisk(profile) {
      gone(profile, 'IndexedDB');
      gone(profile, 'File System');
    },
  },
  { way: 'everything with its cookie', inPage: clear('all') },
];

async function one({ way, inPage, onDisk }: Way): Promise<Evicted> {
  const house = await crewHouse('evict', { width: 800, height: 1280 });
  try {
    const order = await house.give(ADDRESS);
    await house.tablet().shows(ADDRESS);
    await house.kept();
    await copyHas(house.tablet().page, order);
    await house.cut();
    const crew = house.tablet();
    await crew.press('接单');
    await crew.press('出发');
    await crew.press('到达现场');
    await crew.press('确认到达');
    const made = ['accepted', 'departed', 'arrived'];
    await crew.page.getByRole('status').filter({ hasText: '本机已存' }).first().waitFor();
    await inPage?.(crew.page, house.url);
    await crew.tablet.kill();
    onDisk?.(house.profile);
    const offline = await shownOffline((await house.reopen()).page);
    await house.restore();
    const { page } = await house.reopen();
    const says = await settled(page, house, order, made);
    const kinds = house.log().filter(({ subject }) => subject === `order:${order}`);
    const arrived = kinds.map(({ kind }) => kind).filter((kind) => made.includes(kind));
    return { way, made, arrived, says, offline };
  } finally {
    await house.end();
  }
}

/** The copy of the cache is written some seconds after the page came. */
async function copyHas(page: Page, order: string): Promise<void> {
  await page.waitForFunction(async (id) => {
    const root = await navigator.storage.getDirectory();
    const folder = await root.getDirectoryHandle('relight-cache', { create: true });
    const file = await folder.getFileHandle('kept.json').catch(() => null);
    return file !== null && (await (await file.getFile()).text()).includes(`order:${id}"`);
  }, order);
}

/** What the tablet shows while there is still no signal. */
async function shownOffline(page: Page): Promise<Evicted['offline']> {
  const list = page.getByText(ADDRESS).first();
  const enrol = page.getByRole('heading', { name: '登记这台平板' });
  await list.or(enrol).or(page.locator('#main-frame-error')).first().waitFor({ timeout: 60_000 });
  // Neither is there while the app opens, and it shows the enrol page for good or not at all.
  if (await list.isVisible()) return 'the orders';
  return (await enrol.isVisible()) ? 'the enrol page' : 'nothing';
}

/** What stands in the strip once everything that is going to arrive has, or a minute later. */
async function settled(page: Page, house: CrewHouse, order: string, made: readonly string[]): Promise<string> {
  const strip = page.locator('.strip').first();
  const enrol = page.getByRole('heading', { name: '登记这台平板' });
  await strip.or(enrol).first().waitFor({ timeout: 60_000 });
  const end = Date.now() + 25_000;
  while (Date.now() < end) {
    // Shown first where the session is only in the cookie: the server has to be asked who this is.
    if (await enrol.isVisible()) {
      await page.waitForTimeout(500);
      continue;
    }
    const text = (await strip.textContent()) ?? '';
    const here = house.log().filter(({ subject, kind }) => subject === `order:${order}` && made.includes(kind));
    if (SAID.test(text) || here.length >= made.length) return text;
    await page.waitForTimeout(500);
  }
  return (await strip.or(enrol).first().textContent()) ?? '';
}

const ADDRESS = '幸福路18号';
const SAID = /少了 \d+ 件|清空过本机/;
