import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { workerSwitch } from '../../../server/device/worker-switch.ts';
import type { Page, Tablet } from '../../e2e/browser.ts';
import { until, type Steps } from './steps.ts';
import { reloadProblem, type Standing } from './update-check.ts';
import { goneAt } from './update-controls.ts';
import type { UpdateHouse } from './update-house.ts';
import type { UpdateLine } from './update-line.ts';
import * as app from './update-pages.ts';

export const ACTIONS = 50;
export const PHOTOS = 5;
const NEW_VERSION = { name: '新版本，点此更新' } as const;
const COME_MS = 45_000;
/** Half of a build at 64 kbit/s. */
const CUT_MS = 5 * 60_000;

export type World = {
  readonly house: UpdateHouse;
  readonly line: UpdateLine;
  readonly tablet: Tablet;
  /** Bytes a second until the download breaks off. */
  readonly slow: number;
  readonly found: Found;
  readonly steps: Steps;
};

/** What was seen, over all pairs. */
export type Found = { saved: string[]; failures: string[]; reloads: number; gone: number; cut: number; kills: number };

/** Folders of the two builds, and their numbers. */
export type Pair = {
  readonly name: string;
  readonly from: string;
  readonly to: string;
  readonly old: number;
  readonly newest: number;
};

/** The two pages of a tablet, as they stood before the deployment, and the files of their build. */
type Before = {
  readonly first: Page;
  readonly second: Page;
  readonly stood: readonly [Standing, Standing];
  readonly begun: string;
  readonly own: readonly string[];
};

/** One deployment under a tablet with everything still waiting; throws where a step does not end in its time. */
export async function onePair(world: World, pair: Pair): Promise<void> {
  const { house, line, tablet, steps, found } = world;
  const { first, second, third } = await steps.run('open three pages', () => openPages(world, pair));
  line.set('cut');
  const before = await steps.run('record without signal', () => recordAll(world, pair, { first, second }));
  await steps.run('deploy', () => house.deploy(pair.to));
  const broken = line.starve(world.slow, halfOf(pair.to));
  void app.look(first).catch(() => undefined);
  await steps.run('a download that breaks off', () => broken, CUT_MS);
  found.cut += 1;
  await steps.run('the old version is whole', () => checkWhole(world, pair, { third, own: before.own }));
  line.set('files');
  await steps.run('a look for versions', () => app.look(first));
  await steps.run('the new version comes', () => until('the new version', COME_MS, () => app.waits(first)));
  await steps.run('nothing was loaded anew', () => checkStill(world, pair, before));
  await steps.run('a person takes it', () => takeNew(world, pair, before));
  await steps.run('the other page goes on', () => goOn(world, pair, before));
  await steps.run('the worker off and on', () => switchOffAndOn(world, pair, first));
  await steps.run('all goes out', () => goOut(world, pair, before));
  await tablet.page.bringToFront();
}

async function openPages(
  { house, line, tablet }: World,
  { name, from }: Pair,
): Promise<Record<'first' | 'second' | 'third', Page>> {
  line.set('on');
  await house.deploy(from);
  const first = tablet.page;
  await app.openApp(first, line.origin, `${name} first`);
  await app.enrol(first, house.code());
  await app.kept(first);
  const second = await tablet.context.newPage();
  await app.openApp(second, line.origin, `${name} second`);
  // Opened here: the browser makes no new page while a worker that comes is cut off.
  return { first, second, third: await tablet.context.newPage() };
}

async function recordAll(
  { found }: World,
  { name, from }: Pair,
  pages: Pick<Before, 'first' | 'second'>,
): Promise<Before> {
  const { first, second } = pages;
  await record(found, first, texts(name, 'first', ACTIONS / 2));
  await record(found, second, texts(name, 'second', ACTIONS / 2 - 1));
  await app.putPhotos(first, PHOTOS);
  const begun = `${name} begun`;
  await app.begin(first, begun);
  const stood = [await app.standing(first), await app.standing(second)] as const;
  return { first, second, stood, begun, own: readdirSync(join(from, 'assets')) };
}

/** The download has just broken off: the old version is there as before, without signal. */
async function checkWhole(
  { line, found }: World,
  { name, old }: Pair,
  { third, own }: { readonly third: Page; readonly own: readonly string[] },
): Promise<void> {
  await app.openApp(third, line.origin, `${name} third`);
  const { build } = await app.standing(third);
  if (build !== old) found.failures.push(`${name}: version ${build} opened while ${old} was the only whole one`);
  const kept = await app.keptFiles(third);
  const lacks = await app.lacking(
    third,
    own.filter((file) => kept.includes(file)),
  );
  lacks.forEach((file) => found.failures.push(`${name}: ${file} was not there after a download that broke off`));
  await third.close();
}

async function checkStill({ found }: World, { name }: Pair, { first, second, stood }: Before): Promise<void> {
  const problems = [
    reloadProblem(stood[0], await app.standing(first)),
    reloadProblem(stood[1], await app.standing(second)),
  ].filter((problem) => problem !== null);
  found.reloads += problems.length;
  found.failures.push(...problems.map((problem) => `${name}: ${problem}`));
}

/** A person ends what was begun, and then takes the new version. */
async function takeNew({ found }: World, { newest }: Pair, { first, begun }: Before): Promise<void> {
  await first.getByRole('button', { name: '记下', exact: true }).last().click();
  // Only when it is saved does the app leave the page of the note; gone on before that, it would go back there.
  await first.waitForFunction(() => !location.hash.includes('/act/'));
  found.saved.push(begun);
  await first.evaluate(() => void (location.hash = '#/'));
  await first.getByRole('button', NEW_VERSION).click();
  await first.waitForFunction((build) => globalThis.relightBuild === build, newest);
  await app.running(first);
}

async function goOn({ house, found }: World, pair: Pair, { second, stood, own }: Before): Promise<void> {
  const fail = failing(found, pair);
  const still = reloadProblem(stood[1], await app.standing(second));
  if (still !== null) fail(still);
  await record(found, second, texts(pair.name, 'second, old', 1));
  const lacks = await app.lacking(second, own);
  lacks.forEach((file) => fail(`the page of version ${pair.old} does not get ${file}`));
  const gone = await goneAt(house.url, pair.from);
  gone.forEach((file) => fail(`the server has not got ${file} of version ${pair.old}`));
  found.gone += lacks.length + gone.length;
}

/** The drill, with everything still waiting on the tablet. */
async function switchOffAndOn({ house, found }: World, pair: Pair, page: Page): Promise<void> {
  const fail = failing(found, pair);
  const before = await app.stored(page);
  workerSwitch(house.dataDir).set('off');
  await page.reload();
  await app.running(page);
  await until('the worker leaves', COME_MS, async () => (await app.workerLeft(page)) === 0);
  const after = await app.stored(page);
  if (JSON.stringify(after) !== JSON.stringify(before)) fail('switching the worker off touched what was recorded');
  if (after.copies === 0) fail('the second copy is not there');
  if (!after.pieces.includes(`photo ${PHOTOS - 1}`)) fail('photos are gone');
  workerSwitch(house.dataDir).set('on');
  await page.reload();
  await app.running(page);
  await app.kept(page);
  found.kills += 1;
}

async function goOut({ line, found }: World, pair: Pair, { first, second }: Before): Promise<void> {
  line.set('on');
  await app.emptied(first);
  await app.emptied(second);
  await record(found, second, texts(pair.name, 'second, after', 1));
  await app.emptied(second);
  line.set('cut');
  await first.reload();
  await app.running(first);
  if ((await app.standing(first)).build !== pair.newest)
    failing(found, pair)('the new version does not open without signal');
  await second.close();
}

async function record(found: Found, page: Page, all: readonly string[]): Promise<void> {
  await app.note(page, all);
  found.saved.push(...all);
}

const failing =
  (found: Found, { name }: Pair) =>
  (what: string): void =>
    void found.failures.push(`${name}: ${what}`);

const texts = (...[pair, page, count]: readonly [string, string, number]): readonly string[] =>
  Array.from({ length: count }, (_, at) => `${pair} ${page} ${at + 1}`);

/** Half of the bytes that a build's worker keeps. */
function halfOf(dist: string): number {
  const worker = readFileSync(join(dist, 'sw.js'), 'utf8');
  const kept = readdirSync(join(dist, 'assets')).filter((file) => worker.includes(file));
  return Math.floor(kept.reduce((sum, file) => sum + statSync(join(dist, 'assets', file)).size, 0) / 2);
}
