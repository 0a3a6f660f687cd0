import { expect, test } from 'vitest';

import { must } from '#shared/result.ts';

import { FakeMachine, FakeTime } from './fake-machine.ts';
import { FakeServer } from './fake-server.ts';
import { dispatchedOrder, noted } from './given-orders.ts';

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

test('what a page stored and could not note any more is noted by the next one, before anything is sent', async () => {
  const { server, order, machine, engine } = await aTablet();
  const before = machine.mirrored;
  server.faults = Array.from({ length: 5 }, () => 'lostRequest' as const);
  must(await engine.submit(order, noted('unheard')));
  machine.kill();
  machine.mirrored = before;
  await machine.start();
  machine.kill();
  expect(JSON.parse(machine.mirrored ?? 'null')).toMatchObject({ hiN: 1, receivedTo: 0 });
});
