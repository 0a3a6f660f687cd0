import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { asCrewId, asOrderId, asUnitId, orderSubject, type EventId } from '#shared/ids.ts';

import { openTablet, type Page, type Tablet } from '../../e2e/browser.ts';
import { ndjson, type LogLine } from '../../e2e/custody-check.ts';
import { RawWriter } from '../../e2e/raw-writer.ts';
import { seeded } from '../../e2e/seeded.ts';
import { freePort, pause, relight, startServerProcess } from '../../e2e/server-process.ts';
import type { ProofOptions, Proven } from '../proof.ts';
import { flushersAtOnce, tabProblems, type Sent } from './tabs-check.ts';
import { openLine, type Line } from './tabs-line.ts';
import { tappingPages } from './tapping-pages.ts';

const TABS = '/test/e2e/tapping/tabs.html';
const PAGES = 3;
/** How often two may miss each other without locks before the run shows nothing. */
const CONTROL_TRIES = 6;
const PASSWORD = '夜班的长密码-714';

/** What came of one browser. */
type Lived = {
  readonly saved: readonly string[];
  readonly log: readonly LogLine[];
  readonly sent: readonly Sent[];
  readonly killed: number;
};

/**
 * `n` times three tabs of one tablet tap together and the one that sends is killed while it sends; half of them with the
 * browser's locks, half without. Without them two send at once: that shows that the line counts senders, and the log must
 * still have everything once.
 */
export async function tabs({ n, seed, log, dir }: ProofOptions): Promise<Proven> {
  const pages = await tappingPages(TABS);
  try {
    const here = { pages: pages.origin };
    const lives: Record<'with' | 'without', Lived> = {
      with: await live({ ...here, rounds: Math.ceil(n / 2), random: seeded(seed), locks: true }),
      without: await live({ ...here, rounds: Math.floor(n / 2), random: seeded(seed + 1), locks: false }),
    };
    // On a machine with other work two may miss each other: then they get more chances to meet.
    for (let more = 2; flushersAtOnce(lives.without.sent) < 2 && more < CONTROL_TRIES; more += 1)
      lives.without = await live({ ...here, rounds: more, random: seeded(seed + more), locks: false });
    writeFileSync(join(dir, 'tabs.json'), JSON.stringify(lives));
    const failures = Object.entries(lives).flatMap(([locks, { saved, log: lines }]) =>
      tabProblems(saved, lines).map((problem) => `${locks} locks: ${problem}`),
    );
    const atOnce = flushersAtOnce(lives.with.sent);
    const control = flushersAtOnce(lives.without.sent);
    if (control < 2) throw new Error('void: without locks no two tabs were seen sending at once');
    log(`control: without locks ${control} tabs were seen sending at once`);
    const sum = (of: (lived: Lived) => number): number => of(lives.with) + of(lives.without);
    return {
      runs: n,
      faults: sum(({ killed }) => killed),
      acked: sum(({ saved }) => saved.length),
      failures: [...failures, ...(atOnce > 1 ? [`with locks ${atOnce} tabs sent at once`] : [])],
      figures: {
        'tabs killed while they sent': sum(({ killed }) => killed),
        'requests with events': sum(({ sent }) => sent.length),
        'events sent': sum(({ sent }) => sent.reduce((all, { events }) => all + events, 0)),
        'notes saved': sum(({ saved }) => saved.length),
        'lost or doubled': failures.length,
        'sending at once, with locks': atOnce,
        'sending at once, without': control,
      },
    };
  } finally {
    pages.close();
  }
}

type Living = {
  readonly pages: string;
  readonly rounds: number;
  readonly random: () => number;
  readonly locks: boolean;
};

async function live({ pages, rounds, random, locks }: Living): Promise<Lived> {
  const folder = mkdtempSync(join(tmpdir(), 'relight-tabs-'));
  const dataDir = join(folder, 'data');
  const code = house(dataDir);
  const server = await startServerProcess({ dataDir, port: await freePort() });
  const line = await openLine(pages, server.url, () => random() * 120);
  const saved: string[] = [];
  let tablet: Tablet | null = null;
  let killed = 0;
  try {
    await giveOrder(server.url, code.crew);
    tablet = await openTablet({ profile: join(folder, 'profile'), width: 400, height: 700 });
    const { context } = tablet;
    // A browser that never had them.
    if (!locks) await context.addInitScript(() => Reflect.deleteProperty(Navigator.prototype, 'locks'));
    await context.exposeFunction('noteSaved', (text: string) => void saved.push(text));
    const open = async (): Promise<Page> => {
      const page = await context.newPage();
      await page.goto(`${line.origin}${TABS}`);
      await page.waitForFunction(() => typeof window.pageName === 'function');
      return page;
    };
    const all = [await open()];
    await all[0]!.evaluate((given) => window.enrolHere(given), code.enrol);
    while (all.length < PAGES) all.push(await open());
    for (let round = 0; round < rounds; round += 1) {
      for (const page of all) await page.waitForFunction(() => window.ordersHere() > 0);
      const names = await Promise.all(all.map((page) => page.evaluate(() => window.pageName())));
      const tapping = all.map((page, at) =>
        page.evaluate((tag) => window.tapNotes(8, tag), `round ${round} tab ${at}`).catch(() => undefined),
      );
      const victim = names.indexOf(await senderOf(line));
      await pause(random() * 100);
      if (victim >= 0) {
        await crash(all[victim]!);
        killed += 1;
        await Promise.all(tapping.filter((_, at) => at !== victim));
        all[victim] = await open();
      } else await Promise.all(tapping);
      for (const page of all) await page.waitForFunction(() => window.waitingHere() === 0, null, { timeout: 60_000 });
    }
    const lines = ndjson<LogLine>(`${relight(dataDir, ['log', '--ndjson', '--data']).trim()}\n`);
    return { saved, log: lines, sent: line.sent, killed };
  } finally {
    await tablet?.kill();
    line.close();
    await server.stop();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function senderOf(line: Line): Promise<string> {
  const end = Date.now() + 20_000;
  while (Date.now() < end) {
    const sending = line.sending();
    if (sending !== null) return sending;
    await pause(2);
  }
  throw new Error('nobody sent within 20 s');
}

async function crash(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const gone = new Promise((resolve) => {
    page.once('crash', resolve);
  });
  void session.send('Page.crash').catch(() => undefined);
  await gone;
  await page.close();
}

function house(dataDir: string): { readonly crew: EventId; readonly enrol: string } {
  const run = (...args: string[]): string => relight(dataDir, args);
  run('unit', 'add', '--name', '城西供电所', '--level', 'station');
  const crew = field(
    run('crew', 'add', '--name', '抢修1班', '--unit', '城西供电所', '--van', '闽C·1234', '--json'),
    'id',
  );
  run('user', 'add', '--name', '工1', '--role', 'crew', '--unit', '城西供电所');
  const desk = ['user', 'add', '--name', '王调度', '--role', 'dispatcher', '--unit', '城西供电所', '--password-stdin'];
  relight(dataDir, desk, PASSWORD);
  const enrol = field(run('enrol-code', '--crew', '抢修1班', '--person', '工1', '--json'), 'code');
  return { crew: crew as EventId, enrol };
}

async function giveOrder(url: string, crew: EventId): Promise<void> {
  const desk = await RawWriter.signIn(url, '王调度', PASSWORD);
  const report = { unit: asUnitId(desk.unit), address: '幸福路18号', area: 'urban', channel: 'phone' } as const;
  const order = asOrderId(desk.make('reported', report));
  desk.make('dispatched', { crew: asCrewId(crew) }, orderSubject(order));
  await desk.push(url);
}

function field(json: string, name: string): string {
  const made: unknown = JSON.parse(json);
  if (typeof made !== 'object' || made === null || !(name in made)) throw new Error(`no ${name} in ${json}`);
  return String(Reflect.get(made, name));
}
