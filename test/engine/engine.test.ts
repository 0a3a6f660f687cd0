import { describe, expect, test } from 'vitest';

import type { Engine } from '#shared/engine/engine.ts';
import { idOf } from '#shared/event/envelope.ts';
import { orderSubject, type OrderId, type WriterId } from '#shared/ids.ts';
import { foldAll } from '#shared/order/fold.ts';
import { must } from '#shared/result.ts';

import { FakeMachine, FakeTime, settle } from './fake-machine.ts';
import { FakeServer, TABLET } from './fake-server.ts';
import { arrived, deskRecords, dispatchedOrder, noted } from './given-orders.ts';

const MINUTE = 60_000;

async function aTablet() {
  const time = new FakeTime();
  const server = new FakeServer(() => time.now);
  const machine = new FakeMachine(time, server);
  const order = dispatchedOrder(server);
  const engine = await machine.start();
  must(await engine.enrol('ABCD-2345'));
  await time.pass(0);
  return { time, server, machine, order, engine };
}

const oracle = (server: FakeServer, order: OrderId) =>
  foldAll(
    order,
    server.log.filter((one) => one.event.subject === orderSubject(order)),
  );
const lineOf = (engine: Engine, order: OrderId, id: string) =>
  engine.order(order)?.events.find((line) => line.id === id);

describe('a tablet and its server', () => {
  test('an enrolled tablet shows its orders, over as many pages as it takes', async () => {
    const { server, engine, time } = await aTablet();
    const more = [dispatchedOrder(server), dispatchedOrder(server), dispatchedOrder(server)];
    engine.syncNow();
    await time.pass(0);
    expect(engine.orders()).toHaveLength(4);
    for (const order of more) expect(engine.order(order)?.order).toEqual(oracle(server, order));
  });

  test('what is recorded out of coverage shows at once, marked as only here, and goes out with no touch', async () => {
    const { time, server, order, engine } = await aTablet();
    server.faults = Array.from({ length: 40 }, () => 'lostRequest' as const);
    const id = must(await engine.submit(order, arrived));
    await time.pass(5 * MINUTE);
    expect(engine.order(order)?.order.stage).toBe('arrived');
    expect(lineOf(engine, order, id)?.custody).toBe('here');
    expect(engine.status()).toMatchObject({ state: 'noNetwork', waiting: 1 });
    await time.pass(600 * MINUTE);
    expect(lineOf(engine, order, id)?.custody).toBe('received');
    expect(engine.status()).toMatchObject({ state: 'idle', waiting: 0 });
    expect(engine.order(order)?.order).toEqual(oracle(server, order));
  });

  test('I3 an answer that was lost leads to no second event', async () => {
    const { time, server, order, engine } = await aTablet();
    server.faults = ['lostAnswer', 'twice'];
    const id = must(await engine.submit(order, arrived));
    await time.pass(10 * MINUTE);
    expect(server.log.filter((one) => idOf(one.event) === id)).toHaveLength(1);
  });

  test('I9 an event the server cannot take is held and shown; the others pass it', async () => {
    const { time, server, order, engine } = await aTablet();
    server.refuses = (event) => (event.data['text'] === 'bad' ? 'badData' : null);
    const bad = must(await engine.submit(order, noted('bad')));
    const good = must(await engine.submit(order, noted('good')));
    await time.pass(MINUTE);
    expect(lineOf(engine, order, bad)?.custody).toBe('held');
    expect(lineOf(engine, order, good)?.custody).toBe('received');
    expect(engine.outbox().find((item) => item.id === bad)?.heldCode).toBe('badData');
    expect(engine.status().held).toBe(1);
    expect(engine.order(order)?.order).toEqual(oracle(server, order));
  });

  test('I9 an event that kills every request is found, put aside, and the others pass it', async () => {
    const { time, server, order, engine } = await aTablet();
    server.diesOf = (events) => events.some((event) => event.data['text'] === 'poison');
    server.faults = ['lostRequest', 'lostRequest'];
    const ids: string[] = [];
    for (const word of ['a', 'b', 'poison', 'c', 'd', 'e']) ids.push(must(await engine.submit(order, noted(word))));
    await time.pass(180 * MINUTE);
    expect(engine.status()).toMatchObject({ parked: 1, waiting: 1 });
    expect(engine.outbox().filter((item) => item.state === 'received')).toHaveLength(5);
    expect(engine.outbox().find((item) => item.state === 'parked')?.id).toBe(ids[2]);
    expect(server.requests.at(-1)?.parked).toBe(1);
  });

  test('no event is blamed while the line is down', async () => {
    const { time, server, order, engine } = await aTablet();
    server.faults = Array.from({ length: 60 }, () => 'lostRequest' as const);
    must(await engine.submit(order, arrived));
    await time.pass(100 * MINUTE);
    expect(engine.outbox()[0]).toMatchObject({ state: 'waiting', tries: 0 });
  });

  test('I10 without a backup acknowledged events stay; with one they leave once it covers them', async () => {
    const { time, server, order, machine, engine } = await aTablet();
    const beside = await machine.startBeside();
    const id = must(await engine.submit(order, arrived));
    await time.pass(10 * MINUTE);
    expect(engine.outbox()).toHaveLength(1);
    expect(beside.outbox()).toMatchObject([{ custody: 'received' }]);
    server.safe = server.log.length - 1;
    await time.pass(10 * MINUTE);
    expect(engine.outbox()).toHaveLength(1);
    server.safe = server.log.length;
    await time.pass(10 * MINUTE);
    for (const page of [engine, beside]) expect(page.outbox()).toHaveLength(0);
    expect(lineOf(engine, order, id)?.custody).toBe('settled');
  });

  test('I12 a server restored from an old backup gets back what the tablet holds', async () => {
    const { time, server, order, engine } = await aTablet();
    const id = must(await engine.submit(order, arrived));
    await time.pass(MINUTE);
    server.restore(2);
    await time.pass(10 * MINUTE);
    expect(server.log.map((one) => idOf(one.event))).toContain(id);
    expect(server.requests.flatMap(({ push }) => push).at(-1)).toMatchObject({ lay: { epoch: 'e1' } });
    expect(engine.order(order)?.order).toEqual(oracle(server, order));
  });

  test('I19 a session that ended changes when work is sent, never what is held', async () => {
    const { time, server, order, engine } = await aTablet();
    server.faults = ['signedOut'];
    must(await engine.submit(order, arrived));
    await time.pass(MINUTE);
    expect(engine.status()).toMatchObject({ state: 'signInNeeded', waiting: 1 });
    must(await engine.enrol('ABCD-2345'));
    await time.pass(MINUTE);
    expect(engine.status()).toMatchObject({ state: 'idle', waiting: 0 });
    await engine.signOut();
    expect(engine.outbox()).toHaveLength(1);
  });

  test('I22 a captive portal is said to be one and costs nothing', async () => {
    const { time, server, order, engine } = await aTablet();
    server.faults = ['portal'];
    must(await engine.submit(order, arrived));
    await settle();
    expect(engine.status()).toMatchObject({ state: 'captivePortal', waiting: 1 });
    await time.pass(10 * MINUTE);
    expect(engine.status().waiting).toBe(0);
  });

  test('a server that asks to be left alone is left alone', async () => {
    const { time, server, order, engine } = await aTablet();
    server.faults = ['busy'];
    const before = server.requests.length;
    must(await engine.submit(order, arrived));
    must(await engine.submit(order, noted('now')));
    await settle();
    await time.pass(1_900);
    expect(server.requests).toHaveLength(before);
    expect(engine.status().state).toBe('serverBusy');
    await time.pass(MINUTE);
    expect(engine.status().waiting).toBe(0);
  });

  test('I14 an order taken away stays readable, and work done there later is kept', async () => {
    const { time, server, order, engine } = await aTablet();
    const recalled = { kind: 'recalled', data: { crew: TABLET.crew!.id, reason: 'storm' } } as const;
    deskRecords(server, order, recalled);
    const subject = orderSubject(order);
    server.drops = [{ subject, q: server.log.length, why: 'recalled', to: null, by: null, reason: 'storm' }];
    const id = must(await engine.submit(order, arrived));
    await time.pass(10 * MINUTE);
    expect(engine.order(order)?.drop).toMatchObject({ why: 'recalled', reason: 'storm' });
    expect(lineOf(engine, order, id)?.custody).toBe('received');
  });

  test('I14 an archived order is erased only after its unsent work was delivered', async () => {
    const { time, server, order, engine } = await aTablet();
    server.refuses = () => null;
    server.diesOf = (events) => events.length > 0;
    must(await engine.submit(order, arrived));
    const subject = orderSubject(order);
    server.drops = [{ subject, q: server.log.length + 1, why: 'archived', to: null, by: null, reason: null }];
    dispatchedOrder(server);
    await time.pass(20 * MINUTE);
    expect(engine.order(order)?.order.stage).toBe('arrived');
    server.diesOf = () => false;
    await time.pass(60 * 24 * MINUTE);
    await time.pass(60 * MINUTE);
    expect(engine.order(order)).toBeNull();
  });

  test('I25 a page opened anew asks once more after its first time check, so that it counts as heard up to now', async () => {
    const { time, server, machine, engine } = await aTablet();
    await engine.stop();
    server.requests = [];
    await machine.start();
    await time.pass(0);
    const checked = server.requests.map(({ clock }) => clock.anchor?.page === clock.page);
    expect(checked).toEqual([false, true]);
  });

  test('I2 a first tap keeps its moment and what had been seen, and survives a crash', async () => {
    const { time, server, order, machine, engine } = await aTablet();
    const tap = must(await engine.openTap(order, 'arrived'));
    const at = time.now;
    await time.pass(3 * MINUTE);
    expect(server.requests.at(-1)?.openTaps).toBe(1);
    const again = await machine.start();
    expect(again.taps()).toEqual([tap]);
    const id = must(await again.submit(order, arrived, again.taps()[0]));
    await time.pass(MINUTE);
    const logged = server.log.find((one) => idOf(one.event) === id);
    expect(logged?.event).toMatchObject({ clock: { wall: at }, seen: { epoch: 'e1', q: 2 } });
    expect(again.taps()).toEqual([]);
    expect(server.requests.at(-1)?.openTaps).toBe(0);
  });

  test('an evicted outbox goes on under a later name and says what was lost', async () => {
    const { time, server, order, engine } = await aTablet();
    must(await engine.submit(order, arrived));
    await time.pass(MINUTE);
    server.faults = Array.from({ length: 5 }, () => 'lostRequest' as const);
    must(await engine.submit(order, noted('two')));
    await settle();
    const bare = new FakeMachine(time, server, 7);
    bare.mirrored = '{"writer":"A7K","hiN":2,"receivedTo":1}';
    const after = await bare.start();
    expect(after.status().lost).toEqual({ writer: 'A7K', from: 2, to: 2 });
    const other = new FakeMachine(time, server, 8);
    other.mirrored = '{"writer":"A7KQ2","hiN":2,"receivedTo":2,"earlier":[{"writer":"A7K","from":1,"to":1}]}';
    expect((await other.start()).status().lost).toEqual({ writer: 'A7K', from: 1, to: 1 });
    other.kill();
    await time.pass(10 * MINUTE);
    must(await after.submit(order, noted('three')));
    await time.pass(10 * MINUTE);
    const writer = server.log.at(-1)?.event.writer;
    expect(writer).toMatch(/^A7K..$/);
    expect(server.registered.has(writer!)).toBe(true);
  });

  test('I3 a name that is taken by another outbox is changed before anything is sent, references included', async () => {
    const { time, server, order } = await aTablet();
    const bare = new FakeMachine(time, server, 9);
    bare.mirrored = '{"writer":"A7K","hiN":2,"receivedTo":2}';
    server.names = () => 'A7KQQ' as WriterId;
    await bare.cache.saveSession(TABLET);
    server.faults = Array.from({ length: 3 }, () => 'lostRequest' as const);
    const engine = await bare.start();
    const made = must(
      await engine
        .submit('new', {
          kind: 'reported',
          data: { unit: TABLET.unit.id, address: 'On the way', area: 'rural', channel: 'crew' },
        })
        .then((done) => (done.ok ? done : engine.submit(order, noted('x')))),
    );
    expect(made).toMatch(/^A7K..-1$/);
    await time.pass(30 * MINUTE);
    expect(server.log.at(-1)?.event).toMatchObject({ writer: 'A7KQQ', n: 1 });
    expect(engine.outbox().map((item) => item.id)).toEqual(['A7KQQ-1']);
  });

  test('I11 a server that misses a number gets it again', async () => {
    const { time, server, order, engine } = await aTablet();
    const id = must(await engine.submit(order, arrived));
    await time.pass(MINUTE);
    server.log = server.log.filter((one) => idOf(one.event) !== id);
    await time.pass(10 * MINUTE);
    expect(server.log.map((one) => idOf(one.event))).toContain(id);
  });

  test('I21 a hundred hints lead to one pull, a hint of what is known to none', async () => {
    const { time, server, machine, engine } = await aTablet();
    const before = server.requests.length;
    machine.hint(server.log.length);
    await time.pass(5_000);
    expect(server.requests).toHaveLength(before);
    const more = dispatchedOrder(server);
    for (let count = 0; count < 100; count += 1) machine.hint(server.log.length);
    await time.pass(5_000);
    expect(server.requests).toHaveLength(before + 1);
    expect(engine.order(more)).not.toBeNull();
  });

  test('I25 a request says every number given out before its clock reading', async () => {
    const { time, server, order, engine } = await aTablet();
    const both = Promise.all([engine.submit(order, noted('a')), engine.submit(order, noted('b'))]);
    await both;
    await time.pass(MINUTE);
    for (const request of server.requests) {
      const recorded = server.log.filter(
        (one) => one.event.writer === 'A7K' && one.event.clock.mono < request.clock.mono,
      );
      expect(request.hiN).toBeGreaterThanOrEqual(recorded.length);
    }
  });
});
