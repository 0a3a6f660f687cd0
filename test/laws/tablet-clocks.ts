import { chainFor, replacesLast } from '#shared/engine/clock-chain.ts';
import type { Clock, Mark } from '#shared/engine/ports.ts';
import { createTimekeeper, wantsAnchor, type Timekeeper } from '#shared/engine/time.ts';
import type { ClockChain, ClockReading, Exchange, GpsFix } from '#shared/time/clock-reading.ts';
import type { Receipt } from '#shared/time/derive-time.ts';

/** A tap with what really was: true time, and how far the wall clock stood from it. */
export type Tap = { readonly reading: ClockReading; readonly truth: number; readonly offset: number };

/** A request that reached the server with taps, and the whole exchanges behind its chain as they really were. */
export type Delivery = { readonly receipt: Receipt; readonly taps: readonly Tap[]; readonly truths: readonly Truth[] };
export type Truth = {
  readonly exchange: Exchange;
  readonly sent: number;
  readonly got: number;
  readonly offset: number;
};

/** How fast the clocks of one machine run against true time: 1 ± 100 ppm, awake and asleep. */
export type Rates = { readonly awake: number; readonly asleep: number };

type Page = { readonly id: string; readonly origin: number; readonly time: Timekeeper; markAt: number };

/** What survives a crash, and what a restored profile brings back. */
type Kept = { readonly marks: readonly Mark[]; readonly open: readonly Tap[]; readonly waiting: readonly Tap[] };

const MINUTE = 60_000;
const KEEP = 6_720;

/**
 * One tablet whose true time is known: its clocks, the pages of the app, what they write down, and its talk with the
 * server. Writing down, choosing the chain and anchoring are the app's own code.
 */
export function createTablet(start: number, rates: Rates) {
  let now = start;
  let machine = 1_000;
  let wall = start;
  let born = 0;
  let kept: Kept = { marks: [], open: [], waiting: [] };
  let pages: Page[] = [];
  let page: Page;
  const truths: Truth[] = [];
  const deliveries: Delivery[] = [];

  const openPage = (): Page => {
    born += 1;
    const id = `p${born}`;
    const origin = machine;
    const clock: Clock = { wall: () => wall, mono: () => machine - origin, page: id };
    return { id, origin, time: createTimekeeper(clock), markAt: 0 };
  };
  const mark = (of: Page, why: Mark['why'], more: Pick<Mark, 'exchange' | 'fix'> = {}): void => {
    const next: Mark = { wall: Math.round(wall), mono: machine - of.origin, page: of.id, why, ...more };
    const marks = [...kept.marks];
    if (replacesLast(marks.at(-2), marks.at(-1), next)) marks.pop();
    kept = { ...kept, marks: [...marks, next].slice(-KEEP) };
    if (why !== 'tap') of.markAt = machine + MINUTE;
  };
  const begin = (): void => {
    const anchor = page?.time.anchor() ?? null;
    page = openPage();
    // The anchor lies in the cache, and a new page reads it.
    page.time.adopt(anchor);
    pages = [page];
    mark(page, 'minute');
  };
  const awake = (ms: number): void => {
    let left = Math.max(0, ms);
    while (left > 0) {
      const due = Math.min(...pages.map(({ markAt }) => markAt));
      const step = Math.min(left, Math.max(0, (due - machine) / rates.awake) || left);
      now += step;
      machine += step * rates.awake;
      wall += step * rates.awake;
      left -= step;
      for (const one of pages) if (machine >= one.markAt) mark(one, 'minute');
    }
  };
  const sleep = (ms: number): void => {
    awake(1);
    now += ms;
    wall += ms * rates.asleep;
    awake(1);
  };
  /** The page is gone for a while; the wall clock goes on. */
  const closed = (ms: number): void => {
    now += ms;
    machine += ms / 2;
    wall += ms * rates.asleep;
    begin();
  };

  /** One question that reaches the server; `lost`: the answer does not come back. */
  const ask = (up: number, down: number, { lost, slept }: { lost: boolean; slept: number }, taps: readonly Tap[]) => {
    const { time, id } = page;
    mark(page, 'contact');
    const sent = time.reading();
    const [sentAt, sentOffset] = [now, wall - now];
    const chain: ClockChain | undefined =
      taps.length === 0
        ? undefined
        : chainFor(
            kept.marks,
            taps.map((tap) => tap.reading),
          );
    awake(up);
    if (slept > 0) sleep(slept);
    const received = Math.floor(now);
    if (chain) deliveries.push({ receipt: { server: received, reading: sent, chain }, taps, truths: [...truths] });
    awake(1);
    const answered = Math.floor(now);
    awake(down);
    if (lost || page.id !== id) return false;
    const { exchange } = time.learn(sent, { received, answered });
    truths.push({ exchange, sent: sentAt, got: now, offset: sentOffset });
    awake(3);
    mark(page, 'contact', { exchange });
    return true;
  };

  begin();
  return {
    deliveries,
    now: () => now,
    offset: () => wall - now,
    online: () => page.time.anchor() !== null,
    waiting: () => kept.waiting.length,
    awake,
    sleep(ms: number, seen: boolean) {
      sleep(ms);
      if (seen) mark(page, 'wake');
    },
    closed,
    /** Another page of the app is opened beside the others, or one of them comes to the front. */
    otherPage(choice: number) {
      if (pages.length > 2) page = pages[choice % pages.length] ?? page;
      else {
        const anchor = page.time.anchor();
        page = openPage();
        page.time.adopt(anchor);
        pages = [...pages, page];
        mark(page, 'minute');
      }
    },
    setWall(by: number) {
      wall += by;
    },
    openTap(fixes: boolean) {
      const { gps, ...bare } = { gps: fixes ? lastFix(kept.marks, page.id) : undefined, ...page.time.reading() };
      const reading = gps ? { ...bare, gps } : bare;
      kept = { ...kept, open: [...kept.open, { reading, truth: now, offset: wall - now }] };
      mark(page, 'tap');
    },
    /** The second tap: what counts is the reading of the first. */
    submit() {
      kept = { ...kept, open: [], waiting: [...kept.waiting, ...kept.open] };
      mark(page, 'tap');
    },
    sync(up: number, down: number, fate: { lost: boolean; slept: number }) {
      const taps = kept.waiting;
      if (taps.length === 0) {
        ask(up, down, fate, []);
        return;
      }
      const readings = taps.map((tap) => tap.reading);
      if (wantsAnchor(page.time.reading(), readings) && !ask(up / 2, down, { lost: false, slept: 0 }, [])) return;
      const arrived = ask(up, down, fate, taps);
      // The server keeps what it got first; whatever is sent again is known to it.
      if (arrived || fate.lost) kept = { ...kept, waiting: [] };
    },
    /** `stamp`: the time a fix bears when it is taken; `between`: what happens before the page hears of it. */
    fix(stamp: () => number, took: number, late: number, between = (): void => undefined) {
      const clock = (): GpsFix['asked'] => ({ wall: Math.round(wall), mono: machine - page.origin });
      const asked = clock();
      awake(took);
      const at = Math.round(stamp());
      between();
      awake(late);
      mark(page, 'fix', { fix: { at, asked, got: clock() } });
      awake(2);
    },
    wall: () => wall,
    profile: () => kept,
    /** An older copy of the profile is put back; what was delivered meanwhile the server knows already. */
    restore(copy: Kept) {
      const known = new Set(deliveries.flatMap(({ taps }) => taps));
      kept = {
        ...copy,
        open: copy.open.filter((tap) => !known.has(tap)),
        waiting: copy.waiting.filter((tap) => !known.has(tap)),
      };
      closed(1_000);
    },
  };
}

export type Tablet = ReturnType<typeof createTablet>;

const lastFix = (marks: readonly Mark[], page: string): GpsFix | undefined =>
  marks.findLast((mark) => mark.page === page && mark.fix)?.fix;
