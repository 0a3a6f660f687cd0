import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { DemoAccounts } from '#shared/api/session.ts';
import { createCookieHttp } from '#shared/engine/cookie-http.ts';
import { startEngine, type Engine } from '#shared/engine/engine.ts';
import { createHttpTransport } from '#shared/engine/http-transport.ts';
import { createMemoryCache, createMemoryOutbox } from '#shared/engine/memory-storage.ts';
import type { CrewId } from '#shared/ids.ts';
import { type FactKind, isLive, type Order } from '#shared/order/order.ts';
import { must } from '#shared/result.ts';
import { STATE_GRID } from '#shared/sla/packs/state-grid.ts';
import { arrivalClock } from '#shared/sla/stage-clock.ts';

import { freePort, startServerProcess, type ServerProcess } from './server-process.ts';

const ENTRY = join(import.meta.dirname, '../../server/demo/demo.ts');
/** About ten seconds on an idle machine of two cores; test machines are rarely idle. */
const WITHIN_MS = 60_000;

let demo: ServerProcess;
let tmp: string;
let began: number;
let desk: Engine;

beforeAll(async () => {
  tmp = await mkdtemp(join(tmpdir(), 'relight-demo-e2e-'));
  began = Date.now();
  // No DATA_DIR of its own: it makes one in TMPDIR and takes it away again.
  demo = await startServerProcess({ dataDir: '', port: await freePort(), entry: ENTRY, env: { TMPDIR: tmp } });
  const dispatcher = (await signInPage()).accounts.find(({ role }) => role === 'dispatcher');
  desk = await openEngine(demo.url, 'desk');
  must(await desk.signIn(dispatcher?.name ?? '', dispatcher?.password ?? ''));
});

afterAll(async () => {
  await desk.stop();
  await demo.stop();
  await rm(tmp, { recursive: true, force: true });
});

test('opens in the middle of a stormy day', async () => {
  const left = (): number => Math.max(1, began + WITHIN_MS - Date.now());
  await expect.poll(() => demo.output(), { timeout: left() }).toContain('/desk');
  await expect.poll(seen(picture), { timeout: left(), interval: 250 }).toEqual({
    thirtyLive: true,
    soon: true,
    contact: true,
    missed: true,
    withdrawn: true,
    dispatched: true,
    undispatched: true,
    closed: true,
    vans: true,
    escalated: true,
    clockUnsure: true,
    everyKind: true,
  });
});

test('crews go on working while one looks', async () => {
  const events = (): number => desk.orders().reduce((sum, view) => sum + view.events.length, 0);
  await expect.poll(seen(events), { timeout: 90_000, interval: 500 }).toBeGreaterThan(events());
});

test('an order sent to a simulated crew is accepted by it', async () => {
  // A crew may be out of coverage, or at lunch: one of those that have least to do answers soon.
  const crews = [...desk.organisation().crews.values()].toSorted((a, b) => burden(a) - burden(b)).slice(0, 5);
  const orders = live().filter((one) => one.crew === null);
  const sent = crews.flatMap((crew, at) => {
    const order = orders[at];
    return order ? [{ crew: crew.id, order: order.id }] : [];
  });
  expect(sent.length).toBeGreaterThan(0);
  for (const { order, crew } of sent) must(await desk.submit(order, { kind: 'dispatched', data: { crew } }));
  const accepted = () =>
    sent.filter(({ order, crew }) =>
      desk.order(order)?.order.facts.some((fact) => fact.kind === 'accepted' && fact.crew === crew),
    ).length;
  await expect.poll(seen(accepted), { timeout: 120_000, interval: 250 }).toBeGreaterThan(0);
});

test('a code that was used has a successor on the sign-in page', async () => {
  const before = (await signInPage()).codes;
  const tablet = await openEngine(demo.url, 'tablet');
  must(await tablet.enrol(before[0]?.code ?? ''));
  await expect
    .poll(async () => (await signInPage()).codes.map(({ code }) => code), { timeout: 30_000 })
    .not.toContain(before[0]?.code);
  expect((await signInPage()).codes.map(({ crew }) => crew)).toEqual(before.map(({ crew }) => crew));
  await tablet.stop();
});

test('the city can be drawn', async () => {
  const answer = await fetch(`${demo.url}/maps/city.geojson`);
  expect(answer.status).toBe(200);
  expect(await answer.json()).toMatchObject({ type: 'FeatureCollection' });
});

test('takes its own directory away when it ends', async () => {
  expect(await readdir(tmp)).toHaveLength(1);
  await demo.stop();
  expect(await readdir(tmp)).toEqual([]);
});

/** What a visitor is to find; each must be true. */
function picture() {
  const alerts = live().flatMap((order) => order.alerts);
  const all = desk.orders().flatMap(({ order }) => order.alerts);
  return {
    thirtyLive: live().length >= 30,
    soon: alerts.some(({ level, state }) => level === 'soon' && state === 'raised'),
    contact: alerts.some(({ level, end }) => level === 'contact' && end === null),
    missed: alerts.some(({ level }) => level === 'missed'),
    withdrawn: all.some(({ state }) => state === 'withdrawn'),
    dispatched: live().some(({ crew }) => crew !== null),
    undispatched: live().some(({ crew }) => crew === null),
    closed: desk.orders().some(({ order }) => order.closed !== null),
    vans: desk.meta().live.fixes.length >= 10,
    escalated: all.some(({ level }) => level === 'escalated1'),
    clockUnsure: live().some(isClockUnsure),
    everyKind: NATURAL.every((kind) => desk.orders().some(({ order }) => order.facts.some((one) => one.kind === kind))),
  };
}

const NATURAL: readonly FactKind[] = [
  ...(['contacted', 'diagnosed', 'explained', 'suspended', 'resumed', 'returned', 'materialsUsed'] as const),
  ...(['urged', 'urgeAnswered', 'etrSet', 'visited', 'signed', 'noted'] as const),
];

/** Told over the radio, and the typed time may lie on either side of the limit. */
function isClockUnsure(order: Order): boolean {
  const limit = arrivalClock(order, STATE_GRID)?.limit.to ?? 0;
  return order.facts.some(({ kind, radio, time }) => kind === 'arrived' && radio && time.lo < limit && time.hi > limit);
}

const live = (): Order[] =>
  desk
    .orders()
    .map(({ order }) => order)
    .filter(isLive);

/** How unlikely a crew is to take an order soon: one nobody simulates, one with work in hand, one not heard lately. */
function burden({ id, name }: { id: CrewId; name: string }): number {
  const simulated = Number(/\d+/.exec(name)?.[0]) <= 14;
  const heard = desk.meta().live.heard.find(({ crew }) => crew === id)?.heard ?? 0;
  const held = live().filter(({ crew, stage }) => crew === id && stage !== 'submitted').length;
  return (simulated ? 0 : 100) + held + (desk.now() - heard > 3 * 60_000 ? 10 : 0);
}

/** Asks the server before each look. */
const seen =
  <T>(look: () => T) =>
  (): T => {
    desk.syncNow();
    return look();
  };

const signInPage = async (): Promise<DemoAccounts> =>
  DemoAccounts.parse(await (await fetch(`${demo.url}/v1/demo`)).json());

const openEngine = (url: string, form: 'tablet' | 'desk'): Promise<Engine> =>
  startEngine(
    {
      outbox: createMemoryOutbox(),
      cache: createMemoryCache(),
      transport: createHttpTransport(createCookieHttp(fetch, url), form),
      clock: { wall: () => Date.now(), mono: () => performance.now(), page: 'e2e' },
      wake: {
        after: (ms, run) => {
          const timer = setTimeout(run, ms);
          return () => clearTimeout(timer);
        },
        onWake: () => () => undefined,
        onHint: () => () => undefined,
      },
      locks: { hold: (_, work) => work() },
      bus: { post: () => undefined, listen: () => () => undefined },
      mirror: { read: () => null, write: () => undefined },
      random: { bytes: (count) => randomBytes(count), next: () => Math.random() },
    },
    { app: 'relight e2e', fix: () => undefined },
  );
