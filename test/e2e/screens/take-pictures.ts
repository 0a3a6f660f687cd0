import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { type Browser, chromium, type Page } from 'playwright-core';

import { deskScenes } from '../../preview/desk-scenes.ts';
import { coveringSet, nameOf, type Picture } from './covering-set.ts';
import type { Look } from './look.ts';
import { servePreview } from './preview-app.ts';
import { openRealDesk } from './real-desk.ts';
import { type Taken, writeReview } from './write-review.ts';

/**
 * Pictures of every screen into `artefacts/screens/`, each with what a machine can judge of it in `looks.json`.
 * `--all`: the whole covering set, and REVIEW.md from it; `--review`: REVIEW.md from the pictures that lie
 * there, when a judgement was changed or single ones were taken anew. Otherwise names of screens (or none, for all) among which
 * `crew`, `desk`, `night`, `en`, `800x1280` and the like choose.
 */
const given = process.argv.slice(2).filter((one) => !one.startsWith('--'));
const all = process.argv.includes('--all');
const folder = join(import.meta.dirname, '../../../artefacts/screens');
const looks = join(folder, 'looks.json');
if (process.argv.includes('--review')) {
  writeReview(lookedAt());
  process.exit();
}
if (all) rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });

const wanted = coveringSet().filter((picture) => {
  const parts = nameOf(picture).split('-');
  return given.every((one) => one.split(',').some((choice) => parts.includes(choice)));
});
const began = Date.now();
const preview = await servePreview();
const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
});
const taken: Taken[] = [];
const complaints: string[] = [];
try {
  const queue = wanted.filter((picture) => realOf(picture) === undefined);
  await Promise.all([1, 2].map(() => takeFrom(queue, browser)));
  for (const [free, some] of Map.groupBy(wanted, realOf)) if (free !== undefined) await takeReal(some, free);
} finally {
  await browser.close();
  preview.close();
}
const again = new Set(taken.map(({ name }) => name));
const known = [...lookedAt().filter(({ name }) => !again.has(name)), ...taken];
known.sort((a, b) => a.name.localeCompare(b.name));
writeFileSync(looks, JSON.stringify(known, null, 1));
const seconds = Math.round((Date.now() - began) / 1_000);
if (all) writeReview(known);
const faults = taken.flatMap(({ name, look }) => faultsOf(look).map((fault) => `${name}: ${fault}`));
for (const line of [...complaints, ...faults]) process.stdout.write(`${line}\n`);
process.stdout.write(`${taken.length} pictures in ${seconds} s, ${faults.length} faults\n`);
process.exitCode = complaints.length + faults.length > 0 ? 1 : 0;

async function takeFrom(queue: Picture[], on: Browser): Promise<void> {
  const page = await on.newPage({ reducedMotion: 'reduce' });
  page.on('pageerror', (error) => complaints.push(error.stack ?? error.message));
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  for (let picture = queue.shift(); picture; picture = queue.shift()) {
    const name = nameOf(picture);
    try {
      taken.push({ name, picture, look: await take(page, picture) });
    } catch (error) {
      complaints.push(`${name}: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`);
    }
  }
  await page.close();
}

/** Of the demonstration itself, one after the other. */
async function takeReal(pictures: readonly Picture[], free: number): Promise<void> {
  const desk = await openRealDesk(browser, free);
  try {
    for (const picture of pictures) {
      await desk.page.setViewportSize(picture.size);
      await desk.show(picture);
      await deskScenes[picture.scene]?.play?.(desk.page);
      taken.push({ name: nameOf(picture), picture, look: await keep(desk.page, picture, desk.look) });
    }
  } finally {
    await desk.close();
  }
}

async function take(page: Page, picture: Picture): Promise<Look> {
  const { app, scene, size, theme, lang, onehand } = picture;
  const desk = app === 'desk' ? deskScenes[scene] : undefined;
  const wide = app === 'crew' && size.width === 1024 ? '&wide=1' : '';
  const query = `scene=${scene}&theme=${theme}&lang=${lang}${wide}${onehand ? '&onehand=1' : ''}&${desk?.query ?? ''}`;
  await page.setViewportSize(size);
  await page.goto(`${preview.url}/${app}.html?${query}`);
  await page.locator('main:not(:empty), .desk, .sign-in').first().waitFor({ timeout: 15_000 });
  await page.waitForLoadState('networkidle');
  await desk?.play?.(page);
  return keep(page, picture, (focus) =>
    page.evaluate((asked) => (Reflect.get(globalThis, '__look') as (on: boolean) => Promise<Look>)(asked), focus),
  );
}

/** The picture, and what is found in it. */
async function keep(page: Page, picture: Picture, look: (focus: boolean) => Promise<Look>): Promise<Look> {
  const { width } = picture.size;
  await page.waitForFunction(() => document.getAnimations().every(({ playState }) => playState !== 'running'));
  await page.screenshot({ path: join(folder, `${nameOf(picture)}.png`) });
  // Only after the picture: a key makes the focus visible.
  const focus = width === 800 || width === 1440;
  if (focus) await page.keyboard.press('Tab');
  return look(focus);
}

/** Bytes left on the disk of the demonstration that a picture is taken of; undefined: of the invented storm. */
function realOf({ app, scene }: Picture): number | undefined {
  return app === 'desk' ? deskScenes[scene]?.real : undefined;
}

/** What was found in the pictures that lie there. */
function lookedAt(): readonly Taken[] {
  return existsSync(looks) ? (JSON.parse(readFileSync(looks, 'utf8')) as Taken[]) : [];
}

/** Each list of findings, by its name. */
function faultsOf(look: Look): readonly string[] {
  return Object.entries(look).flatMap(([what, found]) =>
    Array.isArray(found) ? found.map((one) => `${what} ${one}`) : [],
  );
}
