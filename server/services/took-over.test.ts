import { afterEach, beforeEach, expect, test } from 'vitest';

import {
  asOrderId,
  asUnitId,
  eventId,
  orderSubject,
  subjectOf,
  type EventId,
  type Subject,
  type WriterId,
} from '#shared/ids.ts';
import type { Ack, PushItem } from '#shared/sync/protocol.ts';

import { MINUTE, pushItem, startWorld, type Device, type World } from '../../test/laws/world.ts';
import { createRecovery } from './recovery.ts';
import { createReleaseHeld } from './release-held.ts';

let world: World;
/** What the browser was, in the first crew, and what it is, in the second. */
let old: Device;
let anew: Device;

beforeEach(async () => {
  world = await startWorld();
  const [first, second] = world.crews;
  old = await enrolled(first);
  world.clock.advance(60 * MINUTE);
  anew = await enrolled(second);
});
afterEach(() => world.close());

async function enrolled(crew: World['crews'][number]): Promise<Device> {
  const device = await world.enrol('tablet', { unit: world.east, role: 'crew', crew });
  const { id, who, form, name } = device.of;
  await world.store.accounts.startSession({ device: id, person: who, form, tokenHash: name, madeAt: world.clock() });
  return device;
}

const takeOver = (): Promise<EventId> =>
  world.record({ kind: 'tookOver', data: { device: old.of.id } }, subjectOf('device', anew.of.id));
const block = ({ of }: Device): Promise<EventId> =>
  world.record({ kind: 'deviceBlocked', data: { reason: '丢失' } }, subjectOf('device', of.id));
const codes = (acks: readonly Ack[]): string[] => acks.map((ack) => (ack.is === 'held' ? ack.code : ack.is));
const logged = (): string[] =>
  world.rows<{ id: string }>(`select writer || '-' || n as id from event order by q`).map(({ id }) => id);
const heard = (writer: WriterId): number | undefined =>
  world.rows<{ heard: number }>(`select heard from contact where writer = '${writer}'`)[0]?.heard;

/** An order of the first crew alone. */
async function anOrder(): Promise<Subject> {
  const [crew] = world.crews;
  const data = { unit: world.east, address: '幸福路18号', area: 'urban', channel: 'phone' } as const;
  const order = orderSubject(asOrderId(await world.record({ kind: 'reported', data })));
  await world.record({ kind: 'dispatched', data: { crew } }, order);
  return order;
}

/** What the browser recorded as the old device and has not sent. */
async function work(): Promise<PushItem[]> {
  const order = await anOrder();
  old.tap('arrived', { crew: world.crews[0] }, order);
  old.tap('noted', { crew: world.crews[0], text: '旧机所记' }, order);
  return old.outbox;
}

test('what a browser recorded before it was enrolled anew enters the log as that device’s, with that one’s rights', async () => {
  const push = await work();
  expect(codes((await anew.sync({ push })).acks)).toEqual(['foreignWriter', 'foreignWriter']);
  await takeOver();
  expect(codes((await anew.sync({ push })).acks)).toEqual(['ok', 'ok']);
  expect(logged().slice(-2)).toEqual([1, 2].map((n) => eventId(old.of.name, n)));
  expect(world.rows('select code from quarantine where released_q is null')).toEqual([]);
  expect(codes((await anew.sync({ push })).acks)).toEqual(['dup', 'dup']);
});

test('the new device has no rights of the old one’s blocked, and a blocked one speaks for nobody', async () => {
  const push = await work();
  await takeOver();
  const own = pushItem({ ...push[1]!.event, writer: anew.of.name, n: 1, by: anew.of.who }, anew.reading());
  await block(old);
  expect(codes((await anew.sync({ push: [...push, own] })).acks)).toEqual(['notAllowed', 'notAllowed', 'notAllowed']);
});

test('what a blocked device brings of an earlier one does not leave quarantine by itself', async () => {
  const push = await work();
  await takeOver();
  await block(anew);
  expect(codes((await anew.sync({ push })).acks)).toEqual(['notAllowed', 'notAllowed']);
  await createReleaseHeld(world.store).waitingFor([push[0]!.event.subject]);
  expect(logged()).not.toContain(eventId(old.of.name, 1));
  const rows = await world.store.held.list({}, 0, 10);
  expect(await createReleaseHeld(world.store).again(rows, true)).toMatchObject([
    { is: 'released' },
    { is: 'released' },
  ]);
});

test('I3 somebody who never was at the old device is told to record under the new one’s name; a stranger is refused', async () => {
  const [first] = await work();
  await takeOver();
  const by = (who: PushItem['event']['by'], n: number): PushItem =>
    pushItem({ ...first!.event, by: who, n }, anew.reading());
  const desk = await world.enrol('desk', { unit: world.east, role: 'dispatcher' });
  const items = [by(anew.of.who, 3), by(desk.of.who, 4), by(null, 5)];
  expect(codes((await anew.sync({ push: items })).acks)).toEqual(['foreignWriter', 'notAllowed', 'notAllowed']);
});

test('a tap from before is not set behind the new enrolment, whichever name it is recorded under', async () => {
  const order = await anOrder();
  await takeOver();
  const bare = { wall: 0, mono: 7, page: 'elsewhere' };
  const made = ({ of: { name, who } }: Device): PushItem =>
    pushItem(
      { writer: name, n: 1, subject: order, kind: 'noted', data: { crew: world.crews[0], text: '早' }, by: who },
      bare,
    );
  expect(codes((await anew.sync({ push: [made(old), made(anew)] })).acks)).toEqual(['ok', 'ok']);
  const [enrolled] = world.rows<{ at: number }>(`select enrolled_at as at from device where id = '${old.of.id}'`);
  const floors = world.rows<{ lo: number }>(`select lo from event where kind = 'noted' order by q`);
  expect(floors).toEqual([{ lo: enrolled?.at }, { lo: enrolled?.at }]);
});

test('what waits in quarantine for its order is released with the rights it was recorded with', async () => {
  const desk = await world.enrol('desk', { unit: world.east, role: 'dispatcher' });
  const { id, who, form, name } = desk.of;
  await world.store.accounts.startSession({ device: id, person: who, form, tokenHash: name, madeAt: world.clock() });
  const data = { unit: world.east, address: '幸福路18号', area: 'urban', channel: 'phone' } as const;
  const order = orderSubject(asOrderId(desk.tap('reported', data, null)));
  desk.tap('dispatched', { crew: world.crews[0] }, order);
  old.tap('arrived', { crew: world.crews[0] }, order);
  await takeOver();
  expect(codes((await anew.sync({ push: old.outbox })).acks)).toEqual(['noSubject']);
  await desk.sync();
  expect(logged().at(-1)).toBe(eventId(old.of.name, 1));
});

test('I12 after a restore it comes back in its old place, and is judged as before', async () => {
  const { epoch, q } = await world.store.log.head();
  const push = await work();
  await takeOver();
  const gatherUntil = world.clock() + MINUTE;
  await world.store.restore.beginAnew({ epoch: 'anew', process: 'NEW' as WriterId, gatherUntil });
  const recovery = await createRecovery({ store: world.store, clock: world.clock, log: { info: () => undefined } });
  const mine = anew.tap('noted', { crew: world.crews[1], text: '新机' }, push[0]!.event.subject);
  const laid = push.map((item, index) => ({ ...item, lay: { epoch, q: q + 9 + index } }));
  await anew.sync({ push: [...anew.outbox, ...laid.toReversed()] });
  world.clock.advance(MINUTE);
  await recovery.beat();
  expect(logged().slice(-3)).toEqual([...[1, 2].map((n) => eventId(old.of.name, n)), mine]);
});

test('what has another name by now does not enter the log under both', async () => {
  const order = orderSubject(asOrderId(eventId('XXX' as WriterId, 9)));
  old.tap('noted', { crew: world.crews[0], text: '改名' }, order);
  await takeOver();
  const [item] = old.outbox;
  expect(codes((await anew.sync({ push: [item!] })).acks)).toEqual(['noSubject']);
  const other = pushItem({ ...item!.event, writer: anew.of.name, n: 1 }, anew.reading());
  expect(codes((await anew.sync({ push: [{ ...other, was: item!.hash }] })).acks)).toEqual(['noSubject']);
  const rows = await world.store.held.list({}, 0, 10);
  expect(await createReleaseHeld(world.store).again(rows, true)).toMatchObject([
    { code: 'forked' },
    { code: 'noSubject' },
  ]);
});

test('I25 a name that was left is heard with the one that goes on, as long as all that is said of it holds', async () => {
  const push = await work();
  const { name } = old.of;
  await takeOver();
  const left = (hiN: number, more: object = {}) => anew.sync({ push: [], earlier: [{ writer: name, hiN }], ...more });
  await left(2);
  expect(heard(name)).toBeUndefined();
  await anew.sync({ push });
  await left(3);
  await left(1);
  await left(2, { openTaps: 1 });
  await left(2, { parked: 1 });
  await left(2, { hiN: 1 });
  expect(heard(name)).toBeUndefined();
  await left(2);
  expect(heard(name)).toBe(world.clock());
  world.clock.advance(MINUTE);
  await left(2);
  expect(heard(name)).toBe(world.clock());
});

test('I25 a name that two outboxes were found to use, or a stranger’s, is not heard so', async () => {
  const push = await work();
  const { name } = old.of;
  const left = () => anew.sync({ push: [], earlier: [{ writer: name, hiN: 2 }] });
  await old.sync({ push });
  const before = heard(name);
  world.clock.advance(MINUTE);
  await left();
  expect(heard(name)).toBe(before);
  await takeOver();
  const twin = pushItem({ ...push[1]!.event, data: { crew: world.crews[0], text: '副本' } }, old.reading());
  expect(codes((await anew.sync({ push: [twin] })).acks)).toEqual(['forked']);
  await left();
  expect(heard(name)).toBe(before);
});

test('I12 that it lay in the lost part is only the device’s word: it opens no other company’s orders', async () => {
  const { epoch } = await world.store.log.head();
  await world.store.restore.beginAnew({ epoch: 'anew', process: 'NEW' as WriterId, gatherUntil: world.clock() });
  await world.store.restore.endGathering();
  const report = () => ({ unit: world.east, address: '幸福路18号', area: 'urban', channel: 'phone' }) as const;
  const top = asUnitId(await world.record({ kind: 'unitMade', data: { name: '他司', level: 'centre', parent: null } }));
  const foreign = await world.record({ kind: 'reported', data: { ...report(), unit: top } });
  const own = await world.record({ kind: 'reported', data: report() });
  const [crew] = world.crews;
  for (const id of [foreign, own]) old.tap('arrived', { crew }, orderSubject(asOrderId(id)));
  const push = old.outbox.map((item) => ({ ...item, lay: { epoch, q: 99 } }));
  expect(codes((await old.sync({ push })).acks)).toEqual(['notAllowed', 'ok']);
});
