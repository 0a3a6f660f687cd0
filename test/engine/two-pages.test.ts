import { expect, test } from 'vitest';

import { orderSubject, WriterId } from '#shared/ids.ts';
import { must } from '#shared/result.ts';

import { FakeMachine, FakeTime } from './fake-machine.ts';
import { FakeServer } from './fake-server.ts';
import { arrived, dispatchedOrder } from './given-orders.ts';

async function twoPages(wrong: (server: FakeServer, machine: () => FakeMachine) => void = () => undefined) {
  const time = new FakeTime();
  const server = new FakeServer(() => time.now);
  wrong(server, () => machine);
  const machine = new FakeMachine(time, server);
  const order = dispatchedOrder(server);
  const engine = await machine.start();
  must(await engine.enrol('ABCD-2345'));
  await time.pass(0);
  const beside = await machine.startBeside();
  return { time, server, machine, order, engine, beside };
}

test('I16 what a page stored before it was fenced off shows in all others', async () => {
  const { time, order, engine, beside } = await twoPages((server, machine) => {
    const { sync } = server;
    server.sync = async (request) => {
      const answered = await sync(request);
      if (request.push.length > 0) await machine().cache.fence();
      return answered;
    };
  });
  const id = must(await engine.submit(order, arrived));
  await time.pass(1_000);
  expect(beside.outbox()).toMatchObject([{ id, custody: 'received' }]);
});

test('I16 what a page stored before it died is told to all others by the one that leads next', async () => {
  const { time, server, machine, order, engine, beside } = await twoPages();
  server.faults = Array.from({ length: 40 }, () => 'lostRequest');
  const turn = Promise.withResolvers<void>();
  await machine.startBeside(turn.promise);
  const id = must(await engine.submit(order, arrived));
  await time.pass(1_000);
  expect(beside.order(order)?.events.map(({ custody }) => custody)).toEqual(['received', 'received', 'here']);

  const { rows } = await machine.outbox.load();
  const state = { is: 'received', q: 3, epoch: 'e1' } as const;
  must(await machine.outbox.setStates(rows.map(({ writer, n }) => ({ writer, n, state }))));
  const { meta } = await machine.cache.load();
  const cursor = meta.cursor && { ...meta.cursor, q: 3 };
  const put = { clear: false, put: [], remove: [orderSubject(order)], staged: null, meta: { cursor } };
  must(await machine.cache.apply(must(await machine.cache.fence()), put));
  turn.resolve();
  await time.pass(1_000);
  expect(beside.outbox()).toMatchObject([{ id, custody: 'received' }]);
  expect(beside.order(order)).toBeNull();
  expect(server.log).toHaveLength(2);
});

test('I18 the name that another page began is taken up, and nobody asks without end', async () => {
  const spoken: string[] = [];
  const { time, machine } = await twoPages((server) => {
    const { sync } = server;
    server.sync = (request) => {
      spoken.push(request.writer);
      return spoken.length > 50 ? Promise.withResolvers<never>().promise : sync(request);
    };
  });
  must(await machine.outbox.begin(WriterId.parse('QQ2'), true));
  await time.pass(150_000);
  expect(spoken.length).toBeLessThan(10);
  expect(spoken.at(-1)).toBe('QQ2');
});
