import { expect, onTestFinished, test } from 'vitest';

import { asOrderId, asPersonId, orderSubject } from '#shared/ids.ts';
import { must } from '#shared/result.ts';

import { MINUTE, startWorld } from '../laws/world.ts';
import { FakeMachine, FakeTime } from './fake-machine.ts';
import { RealServer } from './real-server.ts';

test('two on one tablet, without signal: what each records is theirs, whoever delivers it and answers a first tap', async () => {
  const world = await startWorld();
  const [crew] = world.crews;
  const device = await world.enrol('tablet', { unit: world.east, role: 'crew', crew });
  const made = { kind: 'personMade', data: { name: '二', unit: world.east, role: 'crew' } } as const;
  const [one, two] = [device.of.who, asPersonId(await world.record(made))];
  const signedIn = (person: typeof one, tokenHash: string, madeAt: number) =>
    world.store.accounts.startSession({ device: device.of.id, person, form: 'tablet', tokenHash, madeAt });
  await signedIn(one, 'a', 1);
  const time = new FakeTime();
  const server = new RealServer(world, device, () => time.now);
  const machine = new FakeMachine(time, server);
  onTestFinished(async () => {
    machine.kill();
    await time.pass(0);
    world.close();
  });
  const data = { unit: world.east, address: '幸福路18号', area: 'urban', channel: 'phone' } as const;
  const order = asOrderId(await world.record({ kind: 'reported', data }));
  await world.record({ kind: 'dispatched', data: { crew } }, orderSubject(order));
  let engine = await machine.start();
  must(await engine.enrol('ABCD-2345'));
  await time.pass(MINUTE);
  const who = () => engine.meta().session?.person.id;
  expect(await engine.actAs(two)).toBe(false);

  await signedIn(two, 'b', 2);
  server.person = two;
  must(await engine.enrol('ABCD-6789'));
  expect(who()).toBe(two);
  server.down = () => true;
  const note = async (text: string) => must(await engine.submit(order, { kind: 'noted', data: { crew, text } }));
  await note('二');
  expect(await engine.actAs(one)).toBe(true);
  await note('一');
  const tap = must(await engine.openTap(order, 'arrived'));
  expect(await engine.actAs(two)).toBe(true);
  must(await engine.submit(order, { kind: 'arrived', data: { crew } }, tap));
  expect(await engine.actAs(one)).toBe(true);
  // Who works here outlives the page, and what the server thinks.
  machine.kill();
  await time.pass(0);
  engine = await machine.start();
  server.down = () => false;
  await time.pass(5 * MINUTE);
  expect(who()).toBe(one);
  expect(engine.status()).toMatchObject({ waiting: 0, held: 0, parked: 0 });
  const log = world.rows<{ kind: string; by: string }>(
    "select kind, \"by\" from event where kind in ('noted', 'arrived') order by q",
  );
  expect(log).toEqual([
    { kind: 'noted', by: two },
    { kind: 'noted', by: one },
    { kind: 'arrived', by: one },
  ]);
});
