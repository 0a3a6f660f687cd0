import { expect, test } from 'vitest';

import { subjectOf, type WriterId } from '#shared/ids.ts';
import { must } from '#shared/result.ts';

import { FakeMachine, FakeTime } from './fake-machine.ts';
import { FakeServer, TABLET } from './fake-server.ts';
import { enrolledTablet } from './given-orders.ts';

const LOST = { kind: 'deviceLost', data: { reason: 'fell into the river' } } as const;

async function aSilentTablet() {
  const time = new FakeTime();
  const server = new FakeServer(() => time.now);
  const machine = new FakeMachine(time, server);
  const silent = enrolledTablet(server, 'C4D' as WriterId);
  const engine = await machine.start();
  must(await engine.enrol('ABCD-2345'));
  await time.pass(0);
  return { time, server, machine, engine, silent, about: subjectOf('device', silent) };
}

test('a crew declares no tablet lost', async () => {
  const { engine, about } = await aSilentTablet();
  expect(await engine.submit(about, LOST)).toMatchObject({ ok: false, error: 'notAllowed' });
});

test('a dispatcher declares a silent tablet lost: it shows at once, and the server gets it', async () => {
  const { time, server, machine, silent, about } = await aSilentTablet();
  await machine.cache.saveSession({ ...TABLET, form: 'desk', person: { ...TABLET.person, role: 'dispatcher' } });
  const desk = await machine.start();
  server.faults = ['lostRequest'];
  must(await desk.submit(about, LOST));
  expect(desk.organisation().devices.get(silent)?.lost).toMatchObject({ by: TABLET.person.id });
  expect(server.log.at(-1)?.event.kind).not.toBe('deviceLost');
  await time.pass(10 * 60_000);
  expect(server.log.at(-1)?.event).toMatchObject({ kind: 'deviceLost', subject: `device:${silent}` });
  expect(desk.organisation().devices.get(silent)?.lost?.reason).toBe('fell into the river');
});
