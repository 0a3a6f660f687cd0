import { expect, test } from 'vitest';

import type { WriterId } from '#shared/ids.ts';
import { err, must } from '#shared/result.ts';

import { FakeMachine, FakeTime } from './fake-machine.ts';
import { FakeServer } from './fake-server.ts';
import { arrived, dispatchedOrder } from './given-orders.ts';

const MINUTE = 60_000;

/** A tablet that recorded something for a server that is `wrong`, minutes ago. */
async function tapped(wrong: (server: FakeServer) => void) {
  const time = new FakeTime();
  const server = new FakeServer(() => time.now);
  wrong(server);
  const machine = new FakeMachine(time, server);
  const order = dispatchedOrder(server);
  const engine = await machine.start();
  must(await engine.enrol('ABCD-2345'));
  await time.pass(0);
  must(await engine.submit(order, arrived));
  await time.pass(5 * MINUTE);
  return { time, server, engine };
}

test('I3, I19 a forked outbox whose session has ended asks for a sign-in, and takes its other name after it', async () => {
  let isOut = true;
  const { time, server, engine } = await tapped((wrong) => {
    const { ask } = wrong;
    wrong.refuses = ({ writer }) => (writer === 'A7K' ? 'forked' : null);
    wrong.ask = (method, path, body) =>
      isOut && path === '/v1/writers' ? Promise.resolve(err('signInNeeded' as never)) : ask(method, path, body);
    wrong.names = () => 'A7KQ2' as WriterId;
  });
  expect(engine.status()).toMatchObject({ state: 'signInNeeded', held: 1 });
  isOut = false;
  must(await engine.enrol('ABCD-2345'));
  await time.pass(5 * MINUTE);
  expect(engine.status()).toMatchObject({ state: 'idle', held: 0, waiting: 0 });
  expect(server.log.at(-1)?.event.writer).toBe('A7KQ2');
});

test('I8 a name that the server does not know any more is told again when the first time was lost on the way', async () => {
  let isLost = true;
  let isKnown = false;
  const { time, engine } = await tapped((wrong) => {
    const { ask } = wrong;
    wrong.refuses = () => (isKnown ? null : 'foreignWriter');
    wrong.ask = (method, path, body) => {
      if (path !== '/v1/writers') return ask(method, path, body);
      if (isLost) return Promise.resolve(err('network'));
      isKnown = true;
      return ask(method, path, body);
    };
  });
  expect(engine.status()).toMatchObject({ held: 1 });
  isLost = false;
  await time.pass(10 * MINUTE);
  expect(engine.status()).toMatchObject({ state: 'idle', held: 0, waiting: 0 });
});
