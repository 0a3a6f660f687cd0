import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import type { Engine } from '#shared/engine/engine.ts';
import { idOf } from '#shared/event/envelope.ts';
import { orderSubject, type EventId } from '#shared/ids.ts';
import { foldAll } from '#shared/order/fold.ts';
import { must } from '#shared/result.ts';

import { FakeMachine, FakeTime, settle } from './fake-machine.ts';
import { FakeServer, type Fault } from './fake-server.ts';
import { arrived, deskRecords, dispatchedOrder, noted } from './given-orders.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const fault = fc.constantFrom<Fault>('none', 'lostRequest', 'lostAnswer', 'twice', 'portal', 'signedOut', 'busy');

/** What happens to a tablet on a bad day. `after`: storage and network calls until the crash. */
const happening = fc.oneof(
  { weight: 4, arbitrary: fc.record({ is: fc.constant('tap' as const), order: fc.nat(5), text: fc.string() }) },
  { weight: 2, arbitrary: fc.record({ is: fc.constant('line' as const), faults: fc.array(fault, { maxLength: 6 }) }) },
  { weight: 2, arbitrary: fc.record({ is: fc.constant('desk' as const), order: fc.nat(5) }) },
  { weight: 3, arbitrary: fc.record({ is: fc.constant('time' as const), ms: fc.nat(10 * MINUTE) }) },
  { weight: 2, arbitrary: fc.record({ is: fc.constant('crash' as const), after: fc.integer({ min: 1, max: 60 }) }) },
  { weight: 1, arbitrary: fc.record({ is: fc.constant('restore' as const), share: fc.nat(100) }) },
  { weight: 1, arbitrary: fc.record({ is: fc.constant('backup' as const), share: fc.nat(100) }) },
);
type Happening = typeof happening extends fc.Arbitrary<infer T> ? T : never;

/** Lives through the day; gives what had been said to be saved, in the order it was said. */
async function live(happenings: readonly Happening[]) {
  const time = new FakeTime();
  const server = new FakeServer(() => time.now);
  const machine = new FakeMachine(time, server);
  const orders = [dispatchedOrder(server), dispatchedOrder(server), dispatchedOrder(server)];
  const saved: EventId[] = [];
  let engine: Engine = await machine.start();
  must(await engine.enrol('ABCD-2345'));
  await time.pass(0);

  const reopen = async (): Promise<void> => {
    if (machine.dead) engine = await machine.start();
  };
  for (const one of happenings) {
    switch (one.is) {
      case 'tap': {
        const order = orders[one.order % orders.length]!;
        void engine.submit(order, one.order % 2 === 0 ? arrived : noted(`n${one.text}`)).then((done) => {
          if (done.ok) saved.push(done.value);
        });
        await settle();
        break;
      }
      case 'line':
        server.faults.push(...one.faults);
        break;
      case 'desk':
        if (one.order === 0) orders.push(dispatchedOrder(server));
        else deskRecords(server, orders[one.order % orders.length]!, noted('from the desk'));
        break;
      case 'time':
        await time.pass(one.ms);
        break;
      case 'crash': {
        machine.kill();
        // Dies while it opens, or in the middle of what it does next.
        const opening = machine.start(one.after);
        const opened = await Promise.race([opening, settle()]);
        if (opened) engine = opened;
        await time.pass(2 * MINUTE);
        if (!opened) machine.kill();
        break;
      }
      case 'restore':
        server.restore(Math.max(server.safe ?? 0, Math.floor((server.log.length * one.share) / 100)));
        // Nobody else is left to bring these back.
        for (const order of orders)
          if (!server.log.some((event) => event.event.subject === orderSubject(order)))
            orders.splice(orders.indexOf(order), 1);
        if (orders.length === 0) orders.push(dispatchedOrder(server));
        break;
      case 'backup':
        server.safe = Math.max(server.safe ?? 0, Math.floor((server.log.length * one.share) / 100));
        break;
    }
    await reopen();
  }
  // Whatever crash was still to come comes now.
  engine = await machine.start();
  return { time, server, machine, engine, saved };
}

test('after any day every saved event is in the log once, and the tablet shows what the log says', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(happening, { maxLength: 25 }), async (happenings) => {
      const { time, server, engine, saved } = await live(happenings);
      server.faults = [];
      await time.pass(HOUR);
      // An event that was put aside is tried again the next day.
      if (engine.status().waiting > 0) await time.pass(26 * HOUR);

      const ids = server.log.map((one) => idOf(one.event));
      expect(new Set(ids).size).toBe(ids.length);
      for (const id of saved) expect(ids).toContain(id);
      expect(engine.status()).toMatchObject({ state: 'idle', waiting: 0, held: 0, parked: 0, lost: null });

      const subjects = [...new Set(server.log.map((one) => one.event.subject))];
      expect(
        engine
          .orders()
          .map(({ order }) => orderSubject(order.id))
          .toSorted(),
      ).toEqual(subjects.toSorted());
      for (const { order } of engine.orders()) {
        const events = server.log.filter((one) => one.event.subject === orderSubject(order.id));
        expect(order).toEqual(foldAll(order.id, events));
      }
    }),
    { numRuns: 60 },
  );
}, 60_000);

test('the law is worth something: an engine that forgets on a lost answer would be caught', async () => {
  const { time, server, machine, engine } = await live([]);
  const order = engine.orders()[0]!.order.id;
  server.faults = ['lostRequest'];
  const id = must(await engine.submit(order, arrived));
  // What a careless engine would do: drop what it sent without waiting for the verdict.
  const [row] = (await machine.outbox.load()).rows;
  await machine.outbox.remove([row!]);
  machine.kill();
  await machine.start();
  await time.pass(HOUR);
  expect(server.log.map((one) => idOf(one.event))).not.toContain(id);
});
