import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';

import type { Engine } from '#shared/engine/engine.ts';
import type { Envelope } from '#shared/event/envelope.ts';
import { asOrderId, orderSubject, type OrderId, type WriterId } from '#shared/ids.ts';
import { must } from '#shared/result.ts';
import { LIMITS } from '#shared/sync/limits.ts';

import { createRecovery } from '../../server/services/recovery.ts';
import { MINUTE, type World } from '../laws/world.ts';
import { FakeMachine, FakeTime } from './fake-machine.ts';
import { RealServer } from './real-server.ts';
import { dispatchedOrder, startRealTablet } from './real-tablet.ts';

const HOUR = 60 * MINUTE;

let world: World;
let server: RealServer;
let time: FakeTime;
let machine: FakeMachine;
let engine: Engine;
let order: OrderId;
let end: () => Promise<void>;

beforeEach(async () => {
  ({ world, server, time, machine, engine, order, end } = await startRealTablet());
});
afterEach(() => end());

const note = async (on: Engine, text: string, about: OrderId = order): Promise<string> =>
  must(await on.submit(about, { kind: 'noted', data: { crew: world.crews[0], text } }));

type Line = { readonly id: string; readonly subject: string; readonly text: string | null };
const noted = (): Line[] =>
  world.rows<Line>(
    `select writer || '-' || n as id, subject, json_extract(body, '$.data.text') as text from event
     where kind = 'noted' or kind = 'reported' and writer not in (select process from head) order by q`,
  );
const texts = (): (string | null)[] => noted().map(({ text }) => text);
const heldOpen = (): unknown[] => world.rows('select code, n from quarantine where released_q is null');

const ROAD = { area: 'rural', channel: 'phone' } as const;

test('I3 a desk and its copy both go on: each stream is in the log whole, references inside it rewritten', async () => {
  const device = await world.enrol('desk', { unit: world.east, role: 'dispatcher' });
  const at = new RealServer(world, device, () => time.now);
  const original = new FakeMachine(time, at, 3);
  const one = await original.start();
  must(await one.enrol('ABCD-2345'));
  await time.pass(MINUTE);
  const say = async (on: Engine, text: string, about = order): Promise<string> =>
    must(await on.submit(about, { kind: 'noted', data: { crew: null, text } }));
  const reported = async (on: Engine, address: string): Promise<OrderId> =>
    asOrderId(must(await on.submit('new', { kind: 'reported', data: { unit: world.east, ...ROAD, address } })));
  await say(one, '共同');
  await time.pass(MINUTE);
  const later = new FakeTime();
  later.now = time.now;
  const copy = await original.cloned(later, 77);
  const other = await copy.start();
  await later.pass(MINUTE);

  const first = await reported(one, '一处');
  await say(one, '原机甲', first);
  await time.pass(MINUTE);
  const second = await reported(other, '二处');
  expect(second).toBe(first);
  await say(other, '副本甲', second);
  await say(other, '副本乙');
  await later.pass(5 * MINUTE);
  await say(one, '原机乙', first);
  await say(other, '副本丙');
  await time.pass(5 * MINUTE);
  await later.pass(5 * MINUTE);

  const all = ['共同', '原机甲', '原机乙', '副本甲', '副本乙', '副本丙'];
  expect(texts().filter((text) => text !== null)).toHaveLength(all.length);
  expect(texts()).toEqual(expect.arrayContaining(all));
  const on = (text: string): string | undefined => noted().find((line) => line.text === text)?.subject;
  expect([on('原机甲'), on('原机乙')]).toEqual([orderSubject(first), orderSubject(first)]);
  const renamed = noted().find(({ text, id }) => text === null && id !== first);
  expect(on('副本甲')).toBe(`order:${renamed?.id}`);
  expect(on('副本乙')).toBe(orderSubject(order));
  expect(heldOpen()).toEqual([]);
  for (const engineOf of [one, other])
    expect(engineOf.status()).toMatchObject({ waiting: 0, held: 0, parked: 0, lost: null });
  expect(new Set(noted().map(({ id }) => id.split('-')[0])).size).toBe(3);
  for (const gone of [original, copy]) gone.kill();
  await later.pass(0);
});

test('I3 a copy that dies at any step of taking its new name makes nothing twice and loses nothing', async () => {
  for (let steps = 1; steps <= 60; steps += 5) {
    const later = new FakeTime();
    later.now = time.now;
    const copy = await machine.cloned(later, 100 + steps);
    await note(engine, `原${steps}`);
    await time.pass(MINUTE);
    const twin = await copy.start(Number.POSITIVE_INFINITY);
    server.down = () => true;
    const mine = [await note(twin, `副${steps}一`), await note(twin, `副${steps}二`)];
    expect(mine).toHaveLength(2);
    server.down = () => false;
    await Promise.race([copy.start(20 + steps), later.pass(2 * MINUTE)]);
    await later.pass(5 * MINUTE);
    await copy.start();
    await later.pass(30 * MINUTE);
    time.now = later.now;
    copy.kill();
    await later.pass(0);
    // Whoever had the name first finds out by his next event.
    await note(engine, `再${steps}`);
    await time.pass(10 * MINUTE);
    const said = texts().filter((text) => text?.includes(String(steps)) && /\D/.test(text));
    const copied = said.filter((text) => text?.startsWith(`副${steps}`));
    expect(copied, `after ${steps} steps`).toEqual([`副${steps}一`, `副${steps}二`]);
    expect(said).toContain(`再${steps}`);
  }
}, 60_000);

async function restore(gatherMs: number) {
  await world.store.restore.beginAnew({
    epoch: `e${time.now}`,
    process: 'NEW' as WriterId,
    gatherUntil: time.now + gatherMs,
  });
  return createRecovery({ store: world.store, clock: world.clock, log: { info: () => undefined } });
}

test('I12 while a restored server gathers, the tablet shows what it had and offers all it holds with its old place', async () => {
  for (let count = 0; count < 3; count += 1) await note(engine, `第${count}`);
  await time.pass(MINUTE);
  const recovery = await restore(2 * MINUTE);
  await note(engine, '之后');
  await time.pass(MINUTE);
  expect(server.answers.at(-1)).toMatchObject({ page: null, acks: [] });
  expect(engine.order(order)?.order.stage).toBe('dispatched');
  expect(engine.status()).toMatchObject({ waiting: 4, held: 0 });
  const offered = server.requests
    .flatMap(({ push }) => push as { event: Envelope; lay?: object }[])
    .filter(({ lay }) => lay);
  expect(offered.map(({ event }) => event.n)).toEqual([1, 2, 3]);
  const before = server.requests.length;
  await time.pass(50_000);
  expect(server.requests.length - before).toBeLessThan(3);
  world.clock.advance(5 * MINUTE);
  expect(await recovery.beat()).toBe(true);
  await time.pass(5 * MINUTE);
  expect(texts().filter((text) => text !== null)).toEqual(['第0', '第1', '第2', '之后']);
  expect(engine.status()).toMatchObject({ waiting: 0, held: 0, state: 'idle' });
});

test('I12 what was recorded before a restore the tablet did not hear of comes before what it recorded since', async () => {
  await note(engine, '先');
  await time.pass(MINUTE);
  server.down = () => true;
  await note(engine, '后');
  await world.store.restore.beginAnew({ epoch: 'anew', process: 'NEW' as WriterId, gatherUntil: 0 });
  await world.store.restore.endGathering();
  // The copy did not have it.
  const other = new Sqlite(world.file);
  other.exec("delete from event where kind = 'noted'; update writer set through = 0 where last_n > 0");
  other.exec('update head set q = (select max(q) from event), chain = (select chain from event order by q desc)');
  other.close();
  server.down = () => false;
  await time.pass(10 * MINUTE);
  expect(texts().filter((text) => text !== null)).toEqual(['先', '后']);
  expect(engine.status()).toMatchObject({ waiting: 0, held: 0 });
});

test('I13 a record that was damaged here is found by its sum and mended; nothing else is fetched, nothing is wiped', async () => {
  const others = [await dispatchedOrder(world), await dispatchedOrder(world)];
  await note(engine, '看过');
  await time.pass(11 * MINUTE);
  const kept = new Map((await machine.cache.load()).records.map((record) => [record.subject, record]));
  const damaged = kept.get(orderSubject(order))!;
  const fence = must(await machine.cache.fence());
  const none = { clear: false, remove: [], staged: null, meta: {} } as const;
  await machine.cache.apply(fence, { ...none, put: [{ ...damaged, events: damaged.events.slice(1) }] });
  engine = await machine.start();
  server.answers = [];
  await time.pass(30 * MINUTE);

  const mended = (await machine.cache.load()).records;
  expect(new Map(mended.map((record) => [record.subject, record]))).toEqual(kept);
  const repairs = server.answers.flatMap(({ repair }) => repair?.subjects ?? []);
  expect(repairs.map(({ subject }) => subject)).toEqual([orderSubject(order)]);
  expect(server.answers.some(({ page }) => page?.reset)).toBe(false);
  expect(others.every((id) => engine.order(id))).toBe(true);
});

test('I13 what is stored and in no view is taken away, and a sum that lies is believed no more than asked about', async () => {
  await time.pass(11 * MINUTE);
  const stray = { subject: orderSubject(asOrderId(`${server.device.of.name}-99` as never)), events: [], drop: null };
  const [some] = (await machine.cache.load()).records.filter(({ subject }) => subject === orderSubject(order));
  const fence = must(await machine.cache.fence());
  const none = { clear: false, remove: [], staged: null, meta: {} } as const;
  await machine.cache.apply(fence, { ...none, put: [{ ...stray, events: some!.events }] });
  const before = (await machine.cache.load()).records.length;
  engine = await machine.start();
  await time.pass(12 * MINUTE);
  expect((await machine.cache.load()).records).toHaveLength(before - 1);

  server.onTheWay = {
    answer: (answer) =>
      answer.page?.check ? { ...answer, page: { ...answer.page, check: { events: 7, sum: 'f'.repeat(16) } } } : answer,
  };
  const whole = (await machine.cache.load()).records;
  server.requests = [];
  await time.pass(2 * HOUR);
  expect((await machine.cache.load()).records).toEqual(whole);
  expect(server.requests.filter(({ heads }) => heads).length).toBeLessThanOrEqual(12);
});

test('I20 an event of a kind nobody here knows is kept verbatim in quarantine, and by the tablet that pulls one', async () => {
  const strange = { kind: 'teleported', v: 3, data: { to: '月亮', deep: { a: [1] } } };
  server.onTheWay = {
    answer: (answer) => {
      const subjects = answer.page?.subjects.map(({ subject, events }) => ({
        subject,
        events: events.map((one) =>
          one.event.kind === 'noted' ? { ...one, event: { ...one.event, ...strange } } : one,
        ),
      }));
      return answer.page && subjects ? { ...answer, page: { ...answer.page, subjects } } : answer;
    },
  };
  await world.record({ kind: 'noted', data: { crew: null, text: '将变' } }, orderSubject(order));
  await time.pass(5 * MINUTE);
  const record = (await machine.cache.load()).records.find(({ subject }) => subject === orderSubject(order));
  expect(record?.events.at(-1)?.event).toMatchObject(strange);
  expect(engine.order(order)?.order.stage).toBe('dispatched');
});

test('I17 after thirty days without signal all goes out in bounded pushes, and what happened meanwhile comes in', async () => {
  server.down = () => true;
  for (let day = 0; day < 30; day += 1) {
    for (let count = 0; count < 10; count += 1) await note(engine, `第${day}日${count} ${'长'.repeat(200)}`);
    // It sleeps.
    time.now += 24 * HOUR;
    await time.pass(MINUTE);
  }
  const fresh = await dispatchedOrder(world);
  expect(engine.status()).toMatchObject({ state: 'noNetwork', waiting: 300 });
  server.down = () => false;
  server.requests = [];
  await time.pass(10 * MINUTE);
  expect(engine.status()).toMatchObject({ state: 'idle', waiting: 0, held: 0 });
  expect(texts()).toHaveLength(300);
  expect(engine.order(fresh)).not.toBeNull();
  for (const request of server.requests) {
    expect(request.push.length).toBeLessThanOrEqual(LIMITS.pushEvents);
    expect(Buffer.byteLength(JSON.stringify(request))).toBeLessThan(LIMITS.requestBytes);
  }
}, 30_000);
