import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import { keptBuildsFolder } from '../../../server/device/kept-builds.ts';
import { workerSwitch } from '../../../server/device/worker-switch.ts';
import { openTablet, type Page, type Tablet } from '../../e2e/browser.ts';
import type { ProofOptions, Proven } from '../proof.ts';
import { buildVersion, impatient } from './update-builds.ts';
import { reloadProblem, updateProblems } from './update-check.ts';
import { updateHouse, type UpdateHouse } from './update-house.ts';
import { openUpdateLine, type UpdateLine } from './update-line.ts';
import * as app from './update-pages.ts';

const NEW_VERSION = { name: '新版本，点此更新' } as const;
const ACTIONS = 50;
const PHOTOS = 5;
/** 64 kbit/s; a quick run has no time for that. */
const SLOW = { bytesPerS: 8_000, quick: 400_000 };

type World = {
  readonly house: UpdateHouse;
  readonly line: UpdateLine;
  readonly tablet: Tablet;
  readonly slow: number;
  readonly found: Found;
};

/** What was seen, over all pairs. */
type Found = { saved: string[]; failures: string[]; reloads: number; gone: number; cut: number; kills: number };

/**
 * For `n` pairs of versions: 50 records and 5 photos wait on the old one in two pages, one of them with something begun, when
 * the new one is deployed. Its download breaks off half-way, then comes whole; a person takes it in one page, the other goes
 * on with the old one; the worker is switched off and on again with everything still waiting; then all of it goes out.
 */
export async function update({ n, quick, dir, log }: ProofOptions): Promise<Proven> {
  const folder = mkdtempSync(join(tmpdir(), 'relight-update-'));
  const versions: string[] = [];
  for (let version = 1; version <= (quick ? 2 : 4); version += 1) versions.push(await buildVersion(dir, version));
  const newest = versions.length;
  const house = await updateHouse(folder, n);
  const line = await openUpdateLine(house.url);
  const found: Found = { saved: [], failures: [], reloads: 0, gone: 0, cut: 0, kills: 0 };
  try {
    await house.deploy(versions[0]!);
    await house.give();
    for (let pair = 0; pair < n; pair += 1) {
      const old = 1 + (pair % (newest - 1));
      log(`pair ${pair + 1} of ${n}: version ${old} to ${newest}`);
      const tablet = await openTablet({ profile: join(folder, `tablet-${pair}`), width: 800, height: 1280 });
      const world = { house, line, tablet, slow: quick ? SLOW.quick : SLOW.bytesPerS, found };
      try {
        await onePair(world, {
          name: `pair ${pair + 1}`,
          from: versions[old - 1]!,
          to: versions[newest - 1]!,
          old,
          newest,
        });
        if (pair === n - 1) await impatientIsSeen(world, await impatient(versions[0]!, dir));
      } finally {
        await tablet.kill();
      }
    }
    const notes = house.notes();
    writeFileSync(join(dir, 'notes.json'), JSON.stringify({ saved: found.saved, notes }));
    const problems = updateProblems(found.saved, notes);
    const missing = line.missing.length + found.gone;
    await deletedIsSeen(house, versions[0]!, versions[newest - 1]!);
    log('controls: an impatient worker and deleted files were seen');
    return {
      runs: n,
      faults: found.cut + found.kills,
      acked: found.saved.length,
      failures: [...found.failures, ...problems, ...line.missing.map((url) => `${url} was not there`)],
      figures: {
        pairs: n,
        'versions built': newest,
        'records waiting at each deployment': ACTIONS,
        'photos waiting at each deployment': PHOTOS,
        'lost or doubled': problems.length,
        'reloads with something begun': found.reloads,
        'not found of old builds': missing,
        'downloads cut half-way': found.cut,
        'bytes a second until the cut': quick ? SLOW.quick : SLOW.bytesPerS,
        'worker switched off and on': found.kills,
      },
    };
  } finally {
    line.close();
    await house.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

type Pair = {
  readonly name: string;
  readonly from: string;
  readonly to: string;
  readonly old: number;
  readonly newest: number;
};

async function onePair(world: World, pair: Pair): Promise<void> {
  const { house, line, tablet, found } = world;
  const { name, from, to, old, newest } = pair;
  const fail = (what: string): void => void found.failures.push(`${name}: ${what}`);
  const record = async (page: Page, texts: readonly string[]): Promise<void> => {
    await app.note(page, texts);
    found.saved.push(...texts);
  };
  line.set('on');
  await house.deploy(from);
  const first = tablet.page;
  await app.openApp(first, line.origin, `${name} first`);
  await app.enrol(first, house.code());
  await app.kept(first);
  const second = await tablet.context.newPage();
  await app.openApp(second, line.origin, `${name} second`);
  // Opened here: the browser makes no new page while a worker that comes is cut off.
  const third = await tablet.context.newPage();
  line.set('cut');
  await record(first, texts(name, 'first', ACTIONS / 2));
  await record(second, texts(name, 'second', ACTIONS / 2 - 1));
  await app.putPhotos(first, PHOTOS);
  const begun = `${name} begun`;
  await app.begin(first, begun);
  const before = [await app.standing(first), await app.standing(second)] as const;
  const own = readdirSync(join(from, 'assets'));

  await house.deploy(to);
  const broken = line.starve(world.slow, halfOf(to));
  void app.look(first).catch(() => undefined);
  await Promise.race([broken, tooLong()]);
  found.cut += 1;
  await checkWhole(world, pair, { third, own });

  line.set('files');
  await app.look(first);
  await until(() => app.waits(first), 'the new version did not come');
  const problems = [
    reloadProblem(before[0], await app.standing(first)),
    reloadProblem(before[1], await app.standing(second)),
  ].filter((problem) => problem !== null);
  found.reloads += problems.length;
  problems.forEach(fail);

  // A person ends what was begun, and then takes the new version.
  await first.getByRole('button', { name: '记下', exact: true }).last().click();
  found.saved.push(begun);
  await first.getByRole('heading', { name: /^工单/ }).first().waitFor();
  await first.evaluate(() => void (location.hash = '#/'));
  await first.getByRole('button', NEW_VERSION).click();
  await first.waitForFunction((build) => globalThis.relightBuild === build, newest, { timeout: 60_000 });
  await app.running(first);

  const still = reloadProblem(before[1], await app.standing(second));
  if (still !== null) fail(still);
  await record(second, texts(name, 'second, old', 1));
  const lacks = await app.lacking(second, own);
  found.gone += lacks.length;
  lacks.forEach((file) => fail(`the page of version ${old} does not get ${file}`));
  const gone = await goneAt(house.url, from);
  found.gone += gone.length;
  gone.forEach((file) => fail(`the server has not got ${file} of version ${old}`));

  await switchOffAndOn(world, first, fail);
  line.set('on');
  await app.emptied(first);
  await app.emptied(second);
  await record(second, texts(name, 'second, after', 1));
  await app.emptied(second);
  line.set('cut');
  await first.reload();
  await app.running(first);
  if ((await app.standing(first)).build !== newest) fail('the new version does not open without signal');
  await second.close();
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
  const kept = await third.evaluate(async () => {
    const names = await caches.keys();
    const all = await Promise.all(names.map(async (cache) => (await caches.open(cache)).keys()));
    return all.flat().map(({ url }) => new URL(url).pathname.replace('/assets/', ''));
  });
  const lacks = await app.lacking(
    third,
    own.filter((file) => kept.includes(file)),
  );
  lacks.forEach((file) => found.failures.push(`${name}: ${file} was not there after a download that broke off`));
  await third.close();
}

/** The drill, with everything still waiting on the tablet. */
async function switchOffAndOn({ house, found }: World, page: Page, fail: (what: string) => void): Promise<void> {
  const before = await app.stored(page);
  workerSwitch(house.dataDir).set('off');
  await page.reload();
  await app.running(page);
  await until(async () => (await app.workerLeft(page)) === 0, 'the worker did not leave');
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

/** Control: a worker that does not wait and loads pages anew is a fault that is seen here. */
async function impatientIsSeen({ house, line, tablet }: World, dist: string): Promise<void> {
  line.set('on');
  const { page } = tablet;
  await app.openApp(page, line.origin, 'control');
  await app.kept(page);
  await app.begin(page, 'begun before an impatient worker');
  const before = await app.standing(page);
  await house.deploy(dist);
  await app.look(page).catch(() => undefined);
  await until(
    async () => reloadProblem(before, await app.standing(page)) !== null,
    'void: a worker that loads pages anew was not seen',
  );
}

/** Control: a deployment that keeps nothing of the one before. */
async function deletedIsSeen(house: UpdateHouse, from: string, to: string): Promise<void> {
  const kept = keptBuildsFolder(house.dataDir);
  renameSync(kept, `${kept}-away`);
  await house.deploy(to);
  if ((await goneAt(house.url, from)).length === 0) throw new Error('void: deleted files were not missed');
}

/** Files of a build that the server does not give out as they are; and one that never was, if it does. */
async function goneAt(url: string, dist: string): Promise<readonly string[]> {
  const gone: string[] = [];
  for (const file of readdirSync(join(dist, 'assets'))) {
    const answer = await fetch(`${url}/assets/${file}`);
    const body = Buffer.from(await answer.arrayBuffer());
    if (!answer.ok || !body.equals(readFileSync(join(dist, 'assets', file)))) gone.push(file);
  }
  const never = await fetch(`${url}/assets/never-there.js`);
  await never.body?.cancel();
  return never.status === 404 ? gone : [...gone, 'never-there.js'];
}

const texts = (...[pair, page, count]: readonly [string, string, number]): readonly string[] =>
  Array.from({ length: count }, (_, at) => `${pair} ${page} ${at + 1}`);

/** A download that neither ends nor breaks off. */
async function tooLong(): Promise<never> {
  await pause(10 * 60_000, null, { ref: false });
  throw new Error('void: the download was never cut');
}

/** Half of the bytes that a build's worker keeps. */
function halfOf(dist: string): number {
  const worker = readFileSync(join(dist, 'sw.js'), 'utf8');
  const kept = readdirSync(join(dist, 'assets')).filter((file) => worker.includes(file));
  return Math.floor(kept.reduce((sum, file) => sum + statSync(join(dist, 'assets', file)).size, 0) / 2);
}

async function until(probe: () => Promise<boolean>, otherwise: string): Promise<void> {
  const end = Date.now() + 60_000;
  while (Date.now() < end) {
    // A page that is just being loaded answers nothing.
    if (await probe().catch(() => false)) return;
    await pause(50);
  }
  throw new Error(otherwise);
}
