import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { openTablet, type Tablet } from '../../e2e/browser.ts';
import { savedProblems, type Found } from '../../e2e/saved-check.ts';
import { seeded } from '../../e2e/seeded.ts';
import type { ProofOptions, Proven } from '../proof.ts';
import { quantile } from '../quantiles.ts';
import { NOTHING, tappingPages, type Pages } from './tapping-pages.ts';
import { rawFound, showTapping } from './tapping-tablet.ts';

const MIB = 1024 * 1024;
const [SMALLEST, LARGEST] = [8 * MIB, 64 * MIB];
/** What the outbox takes for itself when it is begun: its reserve, and the first piece of the second copy. */
const OWN = 5.2 * MIB;
/** What has to fit when nothing else does. */
const ARRIVALS = 500;
const PER_BROWSER = 20;

/**
 * One quota, as it went. `others`: bytes of photos and orders, after which neither fits; `short`, `long`: what then was
 * shown as saved; `found`: what lay there in the end.
 */
type Filled = {
  readonly quota: number;
  readonly reserved: boolean;
  readonly others: number;
  readonly short: readonly string[];
  readonly grewBetween: boolean;
  readonly long: readonly string[];
  readonly because: string | null;
  readonly found: Found;
  readonly usage: number;
};

/** `n` quotas, each on an origin of its own, set before its page opens a database: filled up, and then people record. */
export async function quota({ n, seed, log, dir }: ProofOptions): Promise<Proven> {
  const random = seeded(seed);
  const pages = await tappingPages();
  const all: Filled[] = [];
  try {
    for (let from = 0; from < n; from += PER_BROWSER) {
      const sizes = Array.from({ length: Math.min(PER_BROWSER, n - from) }, () => sizeOf(random));
      all.push(...(await inOneBrowser(pages, sizes)));
      writeFileSync(join(dir, 'filled.json'), JSON.stringify(all));
      log(`${all.length} sizes; fewest arrivals in a reserve ${fewest(all)}`);
    }
  } finally {
    pages.close();
  }
  control(all);
  return judge(all);
}

/** `photos`: bytes of them there are before the outbox is begun; in one of eight so many that no reserve can be made. */
type Size = { readonly quota: number; readonly photos: number };

function sizeOf(random: () => number): Size {
  const quota = Math.round(SMALLEST * (LARGEST / SMALLEST) ** random());
  const room = random() < 0.125 ? 1.6 * MIB + random() * 2 * MIB : OWN + random() * 2 * MIB;
  return { quota, photos: Math.round(quota - room) };
}

async function inOneBrowser(pages: Pages, sizes: readonly Size[]): Promise<Filled[]> {
  const profile = mkdtempSync(join(tmpdir(), 'relight-tablet-'));
  const tablet = await openTablet({ profile, width: 400, height: 700 });
  const filled: Filled[] = [];
  try {
    for (const [index, size] of sizes.entries()) {
      const origin = pages.origin.replace('127.0.0.1', `q${index}.localhost`);
      filled.push(await oneSize(tablet, { ...pages, origin }, profile, size));
    }
    return filled;
  } finally {
    await tablet.kill();
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function oneSize({ context }: Tablet, pages: Pages, profile: string, { quota, photos }: Size): Promise<Filled> {
  const page = await context.newPage();
  try {
    const session = await page.context().newCDPSession(page);
    await session.send('Storage.overrideQuotaForOrigin', { origin: pages.origin, quotaSize: quota });
    await page.goto(`${pages.origin}${NOTHING}`);
    // Before the outbox: for half a minute after a write the browser goes by the room there was then.
    await page.evaluate(keepPhotos, photos);
    await showTapping(page, { pages, profile, shown: [] });
    const reserved = (await page.evaluate(() => window.reserves())) > 0;
    let orders = 0;
    while (await page.evaluate(() => window.growCache())) orders += 1;
    const short = await page.evaluate((most) => window.tapShort(most), ARRIVALS);
    const grewBetween = await page.evaluate(() => window.growCache());
    const long = await page.evaluate(() => window.tapUntilFull());
    const found = await rawFound(page);
    const usage = await page.evaluate(async () => (await navigator.storage.estimate()).usage ?? 0);
    return {
      quota,
      reserved,
      others: photos + orders * 16_384,
      short: short.saved,
      grewBetween,
      long: long.saved,
      because: long.because,
      found,
      usage,
    };
  } finally {
    await page.close();
  }
}

/** Runs in the page: photos of a megabyte, and one of the rest. */
async function keepPhotos(bytes: number): Promise<void> {
  const photos = await caches.open('photos');
  for (let left = bytes; left > 0; left -= 1_048_576) {
    const photo = new Uint8Array(Math.min(left, 1_048_576));
    for (let at = 0; at < photo.length; at += 65_536) crypto.getRandomValues(photo.subarray(at, at + 65_536));
    await photos.put(`/photo-${left}`, new Response(photo));
  }
}

/** One event less on the disk than was shown must be noticed. */
function control(all: readonly Filled[]): void {
  const some = all.find(({ found }) => found.ids.length > 0);
  if (!some) throw new Error('void: nothing was ever saved');
  const doctored = { ...some, found: { ...some.found, ids: some.found.ids.slice(1) } };
  if (falseSaved(doctored).length === 0) throw new Error('void: an event that is not there was not missed');
}

const falseSaved = ({ short, long, found }: Filled): readonly string[] => savedProblems([...short, ...long], found);

const fewest = (all: readonly Filled[]): number =>
  Math.min(...all.filter(({ reserved }) => reserved).map(({ short }) => short.length));

function judge(all: readonly Filled[]): Proven {
  const failures = all.flatMap((one) => {
    const at = `quota ${(one.quota / MIB).toFixed(2)} MiB`;
    return [
      ...falseSaved(one).map((problem) => `${at}: ${problem}`),
      ...(one.reserved && one.short.length < ARRIVALS ? [`${at}: only ${one.short.length} arrivals fit`] : []),
      ...(one.because === 'full' ? [] : [`${at}: the end was ${one.because ?? 'never reached'}, not a full store`]),
      ...(one.reserved && one.grewBetween ? [`${at}: the cache grew into what was given up for events`] : []),
    ];
  });
  const saved = all.map(({ short, long }) => short.length + long.length);
  const reserved = all.filter((one) => one.reserved);
  return {
    runs: all.length,
    faults: all.length,
    acked: saved.reduce((sum, one) => sum + one, 0),
    failures,
    figures: {
      sizes: all.length,
      'with a reserve': reserved.length,
      'smallest with a reserve MiB': Math.round(Math.min(...reserved.map((one) => one.quota)) / 104_857.6) / 10,
      'false saved': all.flatMap(falseSaved).length,
      'fewest arrivals in a reserve, of 500 asked for': fewest(all),
      'filled with other things, median MiB': Math.round(
        quantile(
          all.map(({ others }) => others).toSorted((a, b) => a - b),
          0.5,
        ) / MIB,
      ),
    },
  };
}
