import { expect, test } from 'vitest';

import type { WriterId } from '#shared/ids.ts';
import { must } from '#shared/result.ts';

import { FakeMachine, FakeTime, settle } from './fake-machine.ts';
import { FakeServer } from './fake-server.ts';
import { arrived, noted, dispatchedOrder } from './given-orders.ts';

const MINUTE = 60_000;
const ANEW = 'C4D' as WriterId;

async function aTablet() {
  const time = new FakeTime();
  const server = new FakeServer(() => time.now);
  const order = dispatchedOrder(server);
  const machine = new FakeMachine(time, server);
  const engine = await machine.start();
  must(await engine.enrol('ABCD-2345'));
  await time.pass(MINUTE);
  return { time, server, order, machine, engine };
}

test('I25 who was enrolled anew says under which name it wrote before, and how far, from then on', async () => {
  const { time, server, order, machine, engine } = await aTablet();
  must(await engine.submit(order, arrived));
  must(await engine.submit(order, noted('two')));
  await time.pass(MINUTE);
  expect(server.requests.some(({ earlier }) => earlier)).toBe(false);
  await engine.signOut();
  server.writer = ANEW;
  server.registered.add(ANEW);
  must(await engine.enrol('EFGH-6789'));
  await time.pass(MINUTE);
  expect(server.requests.at(-1)).toMatchObject({ writer: ANEW, earlier: [{ writer: 'A7K', hiN: 2 }] });
  await machine.start();
  await time.pass(MINUTE);
  expect(server.requests.at(-1)?.earlier).toEqual([{ writer: 'A7K', hiN: 2 }]);
});

test('I25 what was evicted is told with the last number called saved; not where a tap went with it that nobody answered', async () => {
  const { time, server, order, machine, engine } = await aTablet();
  must(await engine.submit(order, arrived));
  await time.pass(MINUTE);
  const said = async (mirrored: string | null): Promise<unknown> => {
    const bare = new FakeMachine(time, server, 7);
    bare.mirrored = mirrored;
    await bare.start();
    await time.pass(10 * MINUTE);
    const last = server.requests.at(-1);
    expect(last?.writer).toMatch(/^A7K..$/);
    bare.kill();
    return last?.earlier;
  };
  expect(await said(machine.mirrored)).toEqual([{ writer: 'A7K', hiN: 1 }]);
  must(await engine.openTap(order, 'restored'));
  await settle();
  expect(await said(machine.mirrored)).toBeUndefined();
  expect(await said('{"writer":"A7K","hiN":1,"receivedTo":1}')).toBeUndefined();
});

test('an evicted outbox of which the mirror is behind is said to be gone, also by the next page, for a day', async () => {
  const { time, server } = await aTablet();
  const bare = new FakeMachine(time, server, 9);
  // All it was written down to know is that the server has the first.
  bare.mirrored = '{"writer":"A7K","hiN":1,"receivedTo":1,"openTaps":0}';
  expect((await bare.start()).status()).toMatchObject({ lost: null, evicted: true });
  bare.kill();
  await time.pass(MINUTE);
  expect((await bare.start()).status()).toMatchObject({ lost: null, evicted: true });
  bare.kill();
  await time.pass(25 * 60 * MINUTE);
  expect((await bare.start()).status()).toMatchObject({ lost: null, evicted: false });
});

test('that an outbox is gone is said, too, by a page that finds its new name and a mirror of before', async () => {
  const { time, server } = await aTablet();
  const bare = new FakeMachine(time, server, 9);
  const before = '{"writer":"A7K","hiN":1,"receivedTo":1,"openTaps":0}';
  bare.mirrored = before;
  await bare.start();
  bare.kill();
  // The browser had not written it to its disk yet.
  bare.mirrored = before;
  expect((await bare.start()).status()).toMatchObject({ lost: null, evicted: true });
});

test('that an outbox is gone is said by the next page, too, where the mirror went with it and only the session is left', async () => {
  const { time, server } = await aTablet();
  const bare = new FakeMachine(time, server, 9);
  const first = await bare.start();
  expect(first.status()).toMatchObject({ evicted: false });
  await time.pass(MINUTE);
  expect(first.status()).toMatchObject({ lost: null, evicted: true });
  bare.kill();
  bare.mirrored = null;
  expect((await bare.start()).status()).toMatchObject({ lost: null, evicted: true });
});
