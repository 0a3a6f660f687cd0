import { createCookieHttp, type PlainFetch } from '#shared/engine/cookie-http.ts';
import { startEngine, type Engine } from '#shared/engine/engine.ts';
import { createHttpTransport } from '#shared/engine/http-transport.ts';
import { createMemoryCache, createMemoryOutbox } from '#shared/engine/memory-storage.ts';
import { onlyPage } from '#shared/engine/only-page.ts';
import type { Ports } from '#shared/engine/ports.ts';
import { asOrderId, subjectOf } from '#shared/ids.ts';
import { must } from '#shared/result.ts';
import type { SyncRequest } from '#shared/sync/protocol.ts';

import type { Random } from '../device/random.ts';
import type { Chance } from './chance.ts';
import { toPoint } from './city/plane.ts';
import type { VanTablet } from './crew-day.ts';
import { listenForHints } from './hint-line.ts';
import type { World } from './world.ts';

/** A desk or tablet without a screen: the client's own engine, with a memory for its storage, over real HTTP. */
export type Station = VanTablet & Pick<Engine, 'organisation'> & { readonly stop: () => Promise<void> };

export type StationDeps = {
  readonly world: World;
  readonly chance: Chance;
  readonly random: Random;
  /** Where the server is: `http://127.0.0.1:8787`. */
  readonly base: string;
  /** How far this machine's clock is off, ms. */
  readonly clockOff: number;
};

/** How it gets in: as a tablet by its code, or as a desk by name and password. */
export type Entrance = { readonly code: string } | { readonly name: string; readonly password: string };

export async function openStation(deps: StationDeps, entrance: Entrance): Promise<Station> {
  const { world, chance, random } = deps;
  const form = 'code' in entrance ? 'tablet' : 'desk';
  const line = createLine(deps);
  const begun = world.now();
  const page = Buffer.from(random(8)).toString('hex');
  let fix: SyncRequest['fix'];

  const ports: Ports = {
    outbox: createMemoryOutbox(),
    cache: createMemoryCache(),
    transport: createHttpTransport(createCookieHttp(line.fetch, deps.base), form),
    clock: { wall: () => world.now() + deps.clockOff, mono: () => world.now() - begun, page },
    wake: { after: slowly(world), onWake: line.onCoverage, onHint: line.onHint },
    ...onlyPage(),
    random: { bytes: random, next: chance.unit },
  };
  const engine = await startEngine(ports, { app: 'relight demo', fix: () => fix });
  must('code' in entrance ? await engine.enrol(entrance.code) : await engine.signIn(entrance.name, entrance.password));

  return {
    orders: engine.orders,
    organisation: engine.organisation,
    syncNow: () => engine.syncNow(),
    submit: async (order, draft) => {
      const done = await engine.submit(order, draft);
      return done.ok ? (order === 'new' ? asOrderId(done.value) : order) : null;
    },
    startShift: async (crew, people) => {
      const tablet = { battery: Math.round(chance.between(55, 100)) / 100, position: true, orders: 0 };
      const data = { people: [...people], tablet: { ...tablet, clockOffMs: deps.clockOff } };
      await engine.submit(subjectOf('crew', crew), { kind: 'shiftStarted', data });
    },
    fix: (spot) => {
      fix = { ...toPoint(spot), acc: 12, at: world.now() };
    },
    coverage: line.cover,
    stop: async () => {
      line.stop();
      await engine.stop();
    },
  };
}

/**
 * While history is made, what an engine does each minute without cause it does each fourth minute: nobody watches, and
 * the visitor waits for the door to open.
 */
const slowly =
  ({ after, isLive }: World): World['after'] =>
  (ms, work) =>
    after(ms >= 60_000 && !isLive() ? ms * 4 : ms, work);

/** The radio of one device: it works only where there is coverage. */
type Line = {
  readonly fetch: PlainFetch;
  readonly cover: (there: boolean) => void;
  readonly onCoverage: Ports['wake']['onWake'];
  readonly onHint: Ports['wake']['onHint'];
  readonly stop: () => void;
};

function createLine({ world, base }: StationDeps): Line {
  const woken = new Set<() => void>();
  const hinted = new Set<(head: number | null) => void>();
  let covered = true;
  let cookie = '';
  let stopHints: (() => void) | null = null;

  const hint = (head: number | null): void => hinted.forEach((listener) => listener(head));
  const listen = (): void => {
    if (stopHints || !covered || !cookie) return;
    stopHints = listenForHints({ base, cookie, hint, lost: hush });
  };
  const hush = (): void => {
    stopHints?.();
    stopHints = null;
  };

  return {
    fetch: async (url, init) => {
      if (!covered) throw new Error('no coverage');
      if (world.isLive()) listen();
      cookie = init.headers['cookie'] ?? '';
      return world.during(exchange(url, init));
    },
    cover: (there) => {
      if (there === covered) return;
      covered = there;
      if (there) woken.forEach((listener) => listener());
      else hush();
    },
    onCoverage: (listener) => {
      woken.add(listener);
      return () => woken.delete(listener);
    },
    onHint: (listener) => {
      hinted.add(listener);
      return () => hinted.delete(listener);
    },
    stop: hush,
  };
}

/** The whole answer at once, so that its body is waited for too. */
async function exchange(...[url, init]: Parameters<PlainFetch>): ReturnType<PlainFetch> {
  // Squeezing what stays on this machine would only cost time.
  const answer = await fetch(url, { ...init, headers: { ...init.headers, 'accept-encoding': 'identity' } });
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, text: () => Promise.resolve(text) };
}
