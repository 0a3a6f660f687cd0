import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Page, Tablet } from '../../e2e/browser.ts';
import { savedProblems, type Found } from '../../e2e/saved-check.ts';
import { seeded } from '../../e2e/seeded.ts';
import { tearLog } from '../../e2e/tear-log.ts';
import type { ProofOptions, Proven } from '../proof.ts';
import { quantile, spread } from '../quantiles.ts';
import { PASSING_WORKER, tappingPages, type Pages } from './tapping-pages.ts';
import { openTapping, rawFound, showTapping, tapFor } from './tapping-tablet.ts';

/** A profile lives through this many kills before a new one; four crashes of its page and four stopped workers between them. */
const KILLS_EACH = 20;
/** Every so many kills the database's log is torn as well, as a kill between two writes tears it. */
const TEAR_EVERY = 10;
const LONGEST_MS = 38 * 60_000;

/**
 * What one profile lived through, as it is kept: everything shown as saved, in order, and what lay in its database after
 * each start. `thrown`: starts after which the browser had thrown its databases away.
 */
type Lived = {
  readonly kills: number;
  readonly crashes: number;
  readonly stops: number;
  readonly tears: number;
  readonly thrown: number;
  readonly recovered: number;
  readonly shown: readonly string[];
  readonly starts: readonly { readonly shown: number; readonly found: Found }[];
};

/** `n` kills of Chromium while a page taps, and a fifth as many crashed pages and stopped workers. Goes on where it stopped. */
export async function killTablet({ n, seed, quick, log, dir }: ProofOptions): Promise<Proven> {
  const pages = await tappingPages();
  const until = Date.now() + LONGEST_MS;
  try {
    await control(pages, log);
    const times = await tapTimes(pages, quick ? 40 : 400);
    const lives: Lived[] = [];
    for (let profile = 0, left = n; left > 0; profile += 1) {
      const file = join(dir, `profile-${profile}.json`);
      const kills = Math.min(left, KILLS_EACH);
      if (!existsSync(file)) {
        if (Date.now() > until) break;
        const lived = await live({ pages, kills, random: seeded(seed * 1_000 + profile) });
        writeFileSync(file, JSON.stringify(lived));
        log(`profile ${profile}: ${lived.kills} kills, ${lived.shown.length} saved, ${lived.recovered} brought back`);
      }
      lives.push(JSON.parse(readFileSync(file, 'utf8')) as Lived);
      left -= kills;
    }
    return judge(lives, times);
  } finally {
    pages.close();
  }
}

function judge(lives: readonly Lived[], times: Times): Proven {
  const sum = (of: (lived: Lived) => number): number => lives.reduce((total, lived) => total + of(lived), 0);
  const problems = lives.flatMap((lived, profile) =>
    lived.starts.flatMap(({ shown, found }, start) =>
      savedProblems(lived.shown.slice(0, shown), found).map(
        (problem) => `profile ${profile}, start ${start}: ${problem}`,
      ),
    ),
  );
  const p95 = quantile(
    times.two.toSorted((a, b) => a - b),
    0.95,
  );
  return {
    runs: sum((lived) => lived.kills + lived.crashes + lived.stops),
    faults: sum((lived) => lived.kills + lived.crashes + lived.stops + lived.tears),
    acked: sum((lived) => lived.shown.length),
    failures: problems,
    figures: {
      'browser killed': sum((lived) => lived.kills),
      'page crashed': sum((lived) => lived.crashes),
      'service workers stopped': sum((lived) => lived.stops),
      'logs torn on purpose': sum((lived) => lived.tears),
      'databases thrown away by the browser': sum((lived) => lived.thrown),
      'events brought back by the second copy': sum((lived) => lived.recovered),
      'shown as saved': sum((lived) => lived.shown.length),
      lost: problems.filter((problem) => problem.endsWith('is lost')).length,
      'tap to saved, one copy': spread(times.one),
      'tap to saved, two copies': spread(times.two),
      'tap to saved, two copies, p95 ms': Math.round(p95 * 10) / 10,
    },
  };
}

type Living = { readonly pages: Pages; readonly kills: number; readonly random: () => number };

async function live({ pages, kills, random }: Living): Promise<Lived> {
  const profile = mkdtempSync(join(tmpdir(), 'relight-tablet-'));
  const shown: string[] = [];
  const starts: { shown: number; found: Found }[] = [];
  const did = { crashes: 0, stops: 0, tears: 0, thrown: 0, recovered: 0 };
  const look = async (page: Page): Promise<void> => {
    const found = await rawFound(page);
    starts.push({ shown: shown.length, found });
    const back = await page.evaluate(() => window.recovered());
    did.recovered += back;
    if (back > 0 && back === found.ids.length) did.thrown += 1;
  };
  /** One page's life up to where the browser is killed, at another point of the work each time. */
  const oneStart = async ({ page, context }: Tablet, kill: number): Promise<void> => {
    await look(page);
    let working = page;
    if (kill % 5 === 3) {
      await stopWorkers(page, pages, () => tapFor(page, shown, 5));
      did.stops += 1;
      await look(page);
    } else if (kill % 5 === 4) {
      await tapFor(page, shown, 5, random() * 50);
      await crash(page);
      did.crashes += 1;
      working = await context.newPage();
      await showTapping(working, { pages, profile, shown });
      await look(working);
    }
    await tapFor(working, shown, 1 + Math.floor(random() * 60), random() * 100);
  };
  let tablet: Tablet | null = null;
  try {
    for (let kill = 0; kill < kills; kill += 1) {
      tablet = await openTapping({ pages, profile, shown });
      await oneStart(tablet, kill);
      await tablet.kill();
      if (kill % TEAR_EVERY > 0) continue;
      tearLog(profile, pages.origin);
      did.tears += 1;
    }
    tablet = await openTapping({ pages, profile, shown });
    await look(tablet.page);
    return { kills, ...did, shown, starts };
  } finally {
    await tablet?.kill();
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** The page's process dies. */
async function crash(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const gone = new Promise((resolve) => {
    page.once('crash', resolve);
  });
  void session.send('Page.crash').catch(() => undefined);
  await gone;
}

/** The service worker the page is under is stopped while it taps. */
async function stopWorkers(page: Page, { origin }: Pages, tapping: () => Promise<void>): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('ServiceWorker.enable');
  await page.evaluate(async (worker) => {
    await navigator.serviceWorker.register(worker);
    await navigator.serviceWorker.ready;
  }, `${origin}${PASSING_WORKER}`);
  const work = tapping();
  await session.send('ServiceWorker.stopAllWorkers');
  await work;
  await session.detach();
}

type Times = { readonly one: readonly number[]; readonly two: readonly number[] };

/** Ms from tap to "saved", in a fresh profile each. */
async function tapTimes(pages: Pages, taps: number): Promise<Times> {
  const measured = async (copies: 1 | 2): Promise<readonly number[]> => {
    const profile = mkdtempSync(join(tmpdir(), 'relight-tablet-'));
    const tablet = await openTapping({ pages, profile, shown: [], copies });
    try {
      await tablet.page.evaluate(() => window.tapTimes(20));
      return await tablet.page.evaluate((count) => window.tapTimes(count), taps);
    } finally {
      await tablet.kill();
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    }
  };
  return { one: await measured(1), two: await measured(2) };
}

/** A build with one copy, whose log is torn. If nothing of it is found missing, what comes after shows nothing. */
async function control(pages: Pages, log: ProofOptions['log']): Promise<void> {
  const profile = mkdtempSync(join(tmpdir(), 'relight-tablet-'));
  const shown: string[] = [];
  let tablet: Tablet | null = null;
  try {
    for (let start = 0; start < 2; start += 1) {
      tablet = await openTapping({ pages, profile, shown, copies: 1 });
      await tapFor(tablet.page, shown, 5);
      await tablet.kill();
      if (start === 0) tearLog(profile, pages.origin);
    }
    tablet = await openTapping({ pages, profile, shown: [], copies: 1 });
    const missed = savedProblems(shown, await rawFound(tablet.page)).length;
    if (missed === 0) throw new Error('void: a build with one copy and a torn log lost nothing');
    log(`control: a build with one copy and a torn log is caught, ${missed} events missing`);
  } finally {
    await tablet?.kill();
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}
