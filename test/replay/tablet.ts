import { createCookieHttp, type PlainFetch } from '#shared/engine/cookie-http.ts';
import { startEngine, type Engine } from '#shared/engine/engine.ts';
import { createHttpTransport } from '#shared/engine/http-transport.ts';
import { createMemoryCache, createMemoryOutbox } from '#shared/engine/memory-storage.ts';
import { onlyPage } from '#shared/engine/only-page.ts';
import type { Ports } from '#shared/engine/ports.ts';
import type { Draft } from '#shared/event/catalog.ts';
import type { EventId, OrderId } from '#shared/ids.ts';
import { must } from '#shared/result.ts';

import type { Chance } from '../../server/demo/chance.ts';
import type { Random } from '../../server/device/random.ts';
import type { Conditions, Rhythm } from './conditions.ts';
import type { VirtualTime } from './virtual-time.ts';

/** A tap as it truly was: `at` the first tap's moment, virtual ms. */
export type Tap = { readonly id: EventId; readonly at: number };

/** The engine of a tablet with a memory for its storage, on a machine that sleeps, loses the signal and has a wrong clock. */
export type Tablet = {
  readonly engine: () => Engine;
  /** Somebody takes it into the hand: awake for two minutes from now, whatever it was. */
  readonly touch: () => void;
  /** What the server says over the stream of hints, if it can be heard. */
  readonly ring: () => void;
  /** Two taps, so many ms apart. False: it was refused, or the order is not here. */
  readonly tap: (order: OrderId, draft: Draft, apartMs: number) => Promise<boolean>;
  readonly forge: (backMs: number) => void;
  /** Conditions begin; null: from now on all is well. */
  readonly face: (conditions: Conditions | null) => void;
  readonly taps: readonly Tap[];
  readonly stop: () => Promise<void>;
};

export type TabletDeps = {
  readonly time: VirtualTime;
  readonly chance: Chance;
  readonly random: Random;
  readonly fetch: PlainFetch;
  readonly code: string;
};

const MINUTE = 60_000;
const IN_HAND_MS = 2 * MINUTE;
const CALM = 4;

export async function openTablet({ time, chance, random, fetch, code }: TabletDeps): Promise<Tablet> {
  const storage = { outbox: createMemoryOutbox(), cache: createMemoryCache() };
  const taps: Tap[] = [];
  let conditions: Conditions | null = null;
  let covered = true;
  let sleepy = false;
  let asleepSince: number | null = null;
  let inHandUntil = 0;
  let forged = 0;
  let lastOff = 0;
  const alone = onlyPage();
  let page = openPage();

  const line: PlainFetch = async (url, init) => {
    if (!covered) throw new Error('no coverage');
    const answer = await time.during(fetch(url, init));
    if (conditions && chance.happens(conditions.answersLost)) throw new Error('the answer was lost');
    return answer;
  };
  /** Where all is well nothing is learned from asking each minute, and most of the time would go into it. */
  const lasting = (ms: number): number => (ms >= MINUTE && !conditions ? ms * CALM : ms);
  const clockOff = (): number => {
    if (!conditions) return lastOff;
    const { clockOff: off, clockSet: set } = conditions;
    lastOff = off + (set && time.now() >= set.at ? set.by : 0);
    return lastOff;
  };
  const http = createCookieHttp(line, 'http://127.0.0.1');

  const start = (): Promise<Engine> => {
    const own = page;
    const ports: Ports = {
      ...storage,
      transport: createHttpTransport(http, 'tablet'),
      clock: {
        wall: () => time.now() + clockOff() + forged,
        mono: () => (asleepSince ?? time.now()) - own.begun - own.slept,
        page: own.name,
      },
      wake: {
        after: (ms, work) =>
          time.after(lasting(ms), () => own.alive && (asleepSince === null ? work() : own.late.push(work))),
        onWake: (listener) => subscribe(own.woken, listener),
        onHint: (listener) => subscribe(own.hinted, listener),
      },
      ...alone,
      random: { bytes: random, next: chance.unit },
    };
    return startEngine(ports, { app: 'relight replay', fix: () => undefined });
  };
  let engine = await start();
  must(await engine.enrol(code));

  const reload = async (): Promise<void> => {
    page.alive = false;
    await engine.stop();
    page = openPage();
    engine = await start();
  };
  const wakeUp = (): void => {
    if (asleepSince === null) return;
    page.slept += time.now() - asleepSince;
    asleepSince = null;
    if (conditions && chance.happens(conditions.reloads)) return void time.during(reload());
    page.late.splice(0).forEach((work) => work());
    page.woken.forEach((listener) => listener());
  };
  const mayRest = (): void => {
    if (sleepy && time.now() >= inHandUntil) asleepSince ??= time.now();
  };
  const touch = (): void => {
    wakeUp();
    inHandUntil = time.now() + IN_HAND_MS;
    time.after(IN_HAND_MS, mayRest);
  };
  const cover = (there: boolean): void => {
    covered = there;
    if (there && asleepSince === null) page.woken.forEach((listener) => listener());
  };

  const doze = (bad: boolean): void => {
    sleepy = bad;
    if (bad) mayRest();
    else wakeUp();
  };
  /** Good and bad stretches for as long as these conditions last. */
  const byTurns = ({ good, bad }: Rhythm, turn: (bad: boolean) => void): void => {
    const own = conditions;
    const next = (isBad: boolean): void => {
      time.after(chance.between(...(isBad ? bad : good)) * MINUTE, () => {
        if (conditions !== own) return;
        turn(!isBad);
        next(!isBad);
      });
    };
    next(false);
  };

  return {
    engine: () => engine,
    touch,
    ring: () => {
      if (covered && asleepSince === null) page.hinted.forEach((listener) => listener(null));
    },
    tap: async (order, draft, apartMs) => {
      if (!engine.order(order)) return false;
      const at = time.now();
      const first = apartMs > 0 ? await engine.openTap(order, draft.kind) : null;
      if (first) await time.sleep(apartMs);
      touch();
      const made = await engine.submit(order, draft, first?.ok ? first.value : undefined);
      if (made.ok) taps.push({ id: made.value, at });
      else if (first?.ok) await engine.dropTap(first.value);
      return made.ok;
    },
    forge: (backMs) => {
      forged = -backMs;
    },
    face: (faced) => {
      conditions = faced;
      if (faced?.coverage) byTurns(faced.coverage, (bad) => cover(!bad));
      if (faced?.sleep) byTurns(faced.sleep, doze);
      if (faced) return;
      doze(false);
      cover(true);
    },
    taps,
    stop: async () => {
      page.alive = false;
      await engine.stop();
    },
  };

  function openPage() {
    return {
      name: Buffer.from(random(8)).toString('hex'),
      begun: time.now(),
      slept: 0,
      alive: true,
      late: [] as (() => void)[],
      woken: new Set<() => void>(),
      hinted: new Set<(head: number | null) => void>(),
    };
  }
}

function subscribe<T>(to: Set<T>, listener: T): () => void {
  to.add(listener);
  return () => void to.delete(listener);
}
