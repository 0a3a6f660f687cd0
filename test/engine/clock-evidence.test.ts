import { expect, test } from 'vitest';

import { must } from '#shared/result.ts';
import { ClockChain } from '#shared/time/clock-reading.ts';
import { deriveTime, readEvidence } from '#shared/time/derive-time.ts';

import { FakeMachine, FakeTime } from './fake-machine.ts';
import { FakeServer } from './fake-server.ts';
import { arrived, dispatchedOrder } from './given-orders.ts';

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

/** What the server derives of the last tap that was pushed to it. */
function derived(server: FakeServer) {
  const request = server.requests.findLast(({ push }) => push.length > 0);
  const logged = server.log.findLast(({ event }) => event.kind === 'arrived');
  if (!request || !logged) throw new Error('no arrival was pushed');
  const chain = ClockChain.parse(request.marks);
  const evidence = readEvidence({ server: logged.rcv, reading: request.clock, chain });
  return deriveTime(logged.event.clock, evidence, 0);
}

test('a tap in coverage has grade A: an awake page between two answers', async () => {
  const { time, server, order, engine } = await aTablet();
  const tapped = time.now;
  must(await engine.submit(order, arrived));
  await time.pass(MINUTE);
  expect(derived(server)).toMatchObject({ grade: 'A', why: 'session' });
  expect(Math.abs(derived(server).est - tapped)).toBeLessThan(5_000);
});

test('the last tap before the app was killed out of coverage is told by the clock that stood the same before and after', async () => {
  const { time, server, machine, order, engine } = await aTablet();
  await time.pass(10 * MINUTE);
  server.faults = Array.from({ length: 40 }, () => 'lostRequest' as const);
  const tap = must(await engine.openTap(order, 'arrived'));
  const tapped = time.now;
  await time.pass(30_000);
  machine.kill();
  await time.pass(90 * MINUTE);
  server.faults = [];
  const later = await machine.start();
  must(await later.submit(order, arrived, tap));
  await time.pass(MINUTE);
  const { grade, why, est, lo, hi } = derived(server);
  expect({ grade, why }).toEqual({ grade: 'B', why: 'offsets' });
  expect(Math.abs(est - tapped)).toBeLessThan(5_000);
  expect(lo).toBeLessThanOrEqual(tapped);
  expect(hi).toBeGreaterThanOrEqual(tapped);
});

test('a clock that was set back and forward again around a tap is told of in the chain', async () => {
  const { time, server, machine, order, engine } = await aTablet();
  await time.pass(10 * MINUTE);
  server.faults = Array.from({ length: 400 }, () => 'lostRequest' as const);
  machine.wallOff = -40 * MINUTE;
  must(await engine.submit(order, arrived));
  await time.pass(90_000);
  machine.wallOff = 0;
  await time.pass(30 * MINUTE);
  server.faults = [];
  await time.pass(10 * MINUTE);
  expect(derived(server).grade).not.toBe('A');
});
