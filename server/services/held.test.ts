import { afterEach, beforeEach, expect, test } from 'vitest';

import { envelopeHash, envelopeText } from '#shared/event/envelope.ts';
import { asOrderId, eventId, orderSubject, subjectOf, type Subject, type WriterId } from '#shared/ids.ts';
import { nameAfterFork } from '#shared/sync/fork-names.ts';
import type { Ack, PushItem, SyncRequest } from '#shared/sync/protocol.ts';

import { MINUTE, pushItem, startWorld, type Device, type World } from '../../test/laws/world.ts';
import { fakeRandom } from '../device/fake-random.ts';
import { createEnrolment } from './enrolment.ts';
import { createRecovery, type Recovery } from './recovery.ts';
import { releaseFork } from './release-fork.ts';
import { createReleaseHeld } from './release-held.ts';

let world: World;
let tablet: Device;
let desk: Device;

beforeEach(async () => {
  world = await startWorld();
  tablet = await world.enrol('tablet', { unit: world.east, role: 'crew', crew: world.crews[0] });
  desk = await world.enrol('desk', { unit: world.east, role: 'dispatcher' });
  for (const { of } of [tablet, desk]) {
    const session = { device: of.id, person: of.who, form: of.form, tokenHash: of.name, madeAt: world.clock() };
    await world.store.accounts.startSession(session);
  }
});
afterEach(() => world.close());

const report = () => ({ unit: world.east, address: '幸福路18号', area: 'urban', channel: 'phone' }) as const;
const codes = (acks: readonly Ack[]): string[] => acks.map((ack) => (ack.is === 'held' ? ack.code : ack.is));
const logged = (): string[] =>
  world.rows<{ id: string }>(`select writer || '-' || n as id from event order by q`).map(({ id }) => id);
const open = (): unknown[] => world.rows('select code from quarantine where released_q is null');

/** The desk's report of an order that only it knows, and the crew's work on it. */
function anOrder(): { order: Subject; dispatched: PushItem[]; worked: PushItem } {
  const order = orderSubject(asOrderId(desk.tap('reported', report(), null)));
  const [crew] = world.crews;
  desk.tap('dispatched', { crew }, order);
  tablet.tap('arrived', { crew }, order);
  return { order, dispatched: desk.outbox.slice(-2), worked: tablet.outbox.at(-1)! };
}

test('I9 work on an order that is not there yet waits in quarantine, and enters the log as soon as the order does', async () => {
  const { worked } = anOrder();
  expect(codes((await tablet.sync()).acks)).toEqual(['noSubject']);
  expect(codes((await desk.sync()).acks)).toEqual(['ok', 'ok']);
  expect(logged().at(-1)).toBe(eventId(worked.event.writer, worked.event.n));
  expect(open()).toEqual([]);
  tablet.sent = 0;
  expect(codes((await tablet.sync()).acks)).toEqual(['dup']);
});

test('I9 what was brought before its order keeps the time it was brought at', async () => {
  anOrder();
  await tablet.sync();
  const early = world.clock();
  world.clock.advance(50 * MINUTE);
  await desk.sync();
  const [row] = world.rows<{ hi: number; grade: string }>(`select hi, grade from event where kind = 'arrived'`);
  expect(row).toEqual({ hi: early, grade: 'A' });
});

const renamed = (item: PushItem, writer: WriterId, n: number): PushItem => {
  const event = { ...item.event, writer, n };
  return { event, hash: envelopeHash(envelopeText(event)), was: item.hash };
};

test('I3 of two outboxes with one name neither goes on under it; under names of their own nothing of either is lost', async () => {
  const [crew] = world.crews;
  const { name, who } = tablet.of;
  const order = orderSubject(asOrderId(await world.record({ kind: 'reported', data: report() })));
  await world.record({ kind: 'dispatched', data: { crew } }, order);
  const made = (n: number, text: string): PushItem =>
    pushItem({ writer: name, n, subject: order, kind: 'noted', data: { crew, text }, by: who }, tablet.reading());
  const send = async (writer: WriterId, ...push: PushItem[]): Promise<readonly Ack[]> =>
    (await tablet.sync({ writer, push, hiN: push.at(-1)!.event.n })).acks;
  const common = made(1, '共同');
  const first = [made(2, '原机一'), made(3, '原机二'), made(4, '原机三')];
  const clone = [made(2, '副本一'), made(3, '副本二'), made(5, '副本三')];

  expect(codes(await send(name, common, ...first.slice(0, 2)))).toEqual(['ok', 'ok', 'ok']);
  // The last of them has a number that is still free: it is part of the fork all the same.
  expect(codes(await send(name, common, ...clone))).toEqual(['dup', 'forked', 'forked', 'forked']);
  expect(codes(await send(name, ...first))).toEqual(['dup', 'dup', 'forked']);

  for (const [later, items] of [
    [`${name}22`, clone],
    [`${name}33`, [first[2]!]],
  ] as const) {
    const writer = later as WriterId;
    await world.record({ kind: 'writerRegistered', data: { writer } }, subjectOf('device', tablet.of.id));
    const push = items.map((item, index) => renamed(item, writer, index + 1));
    expect(codes(await send(writer, ...push))).toEqual(push.map(() => 'ok'));
    expect(codes(await send(writer, ...push))).toEqual(push.map(() => 'dup'));
  }
  const texts = world.rows<{ text: string }>(
    `select json_extract(body, '$.data.text') as text from event where kind = 'noted' order by q`,
  );
  expect(texts.map(({ text }) => text)).toEqual(['共同', '原机一', '原机二', '副本一', '副本二', '副本三', '原机三']);
  expect(open()).toEqual([]);
});

test('I3 what was forked, and is held under its other name too, enters the log once and is held no more', async () => {
  const { worked } = anOrder();
  const desks = desk.outbox.length;
  const { name } = tablet.of;
  const other = pushItem(
    {
      writer: name,
      n: 1,
      subject: worked.event.subject,
      kind: 'noted',
      data: { crew: world.crews[0], text: '副本' },
      by: tablet.of.who,
    },
    tablet.reading(),
  );
  expect(codes((await tablet.sync({ push: [worked] })).acks)).toEqual(['noSubject']);
  expect(codes((await tablet.sync({ push: [other] })).acks)).toEqual(['forked']);
  for (const later of ['22', '33']) {
    const writer = `${name}${later}` as WriterId;
    await world.record({ kind: 'writerRegistered', data: { writer } }, subjectOf('device', tablet.of.id));
  }
  // Under the second name there is another outbox again: it takes a third one.
  const again = renamed(other, `${name}22` as WriterId, 1);
  const twin = pushItem(
    { ...other.event, writer: `${name}22` as WriterId, n: 1, data: { crew: world.crews[0], text: '又' } },
    tablet.reading(),
  );
  expect(codes((await tablet.sync({ writer: `${name}22` as WriterId, push: [twin] })).acks)).toEqual(['noSubject']);
  expect(codes((await tablet.sync({ writer: `${name}22` as WriterId, push: [again] })).acks)).toEqual(['forked']);
  const third = renamed(again, `${name}33` as WriterId, 1);
  expect(codes((await tablet.sync({ writer: `${name}33` as WriterId, push: [third] })).acks)).toEqual(['noSubject']);
  expect(codes((await desk.sync()).acks)).toEqual(Array.from({ length: desks }, () => 'ok'));
  expect(logged()).toContain(`${name}33-1`);
  expect(world.rows(`select code from quarantine where released_q is null and raw like '%副本%'`)).toEqual([]);
});

test('I3 a second event under a number that lies in quarantine is a fork too, and does not pass for the first one', async () => {
  const [crew] = world.crews;
  const { name: writer, who: by } = tablet.of;
  const nowhere = orderSubject(asOrderId(eventId('XXX' as WriterId, 9)));
  const note = (text: string) =>
    pushItem({ writer, n: 1, subject: nowhere, kind: 'noted', data: { crew, text }, by }, tablet.reading());
  expect(codes((await tablet.sync({ push: [note('一')] })).acks)).toEqual(['noSubject']);
  expect(codes((await tablet.sync({ push: [note('二')] })).acks)).toEqual(['forked']);
  expect(open()).toEqual([{ code: 'noSubject' }, { code: 'forked' }]);
});

async function restored(gatherMs: number): Promise<Recovery> {
  const gatherUntil = world.clock() + gatherMs;
  await world.store.restore.beginAnew({ epoch: 'anew', process: 'NEW' as WriterId, gatherUntil });
  return createRecovery({ store: world.store, clock: world.clock, log: { info: () => undefined } });
}

test('I12 after a restore what writers hold is taken in in the order it had before, whoever comes first', async () => {
  const { epoch, q } = await world.store.log.head();
  const { worked, dispatched } = anOrder();
  const lay = (item: PushItem, at: number): PushItem => ({ ...item, lay: { epoch, q: q + at } });
  const recovery = await restored(2 * MINUTE);
  tablet.tap('noted', { crew: world.crews[0], text: '之后才记的' }, worked.event.subject);
  const mine: Partial<SyncRequest> = { push: [tablet.outbox.at(-1)!, lay(worked, 3)], pull: true };
  const answer = await tablet.sync(mine);
  expect(answer).toMatchObject({ acks: [], page: null, need: [], gathering: 2 * MINUTE, epoch: 'anew' });
  await desk.sync({ push: [lay(dispatched[1]!, 2), lay(dispatched[0]!, 1)] });
  await desk.sync({ push: [lay(dispatched[0]!, 1)] });
  expect(await recovery.beat()).toBe(false);
  expect(recovery.gathering()).toBe(true);
  expect(world.rows('select * from contact')).toEqual([]);

  world.clock.advance(2 * MINUTE);
  expect(await recovery.beat()).toBe(true);
  const id = ({ event }: PushItem): string => eventId(event.writer, event.n);
  expect(logged().slice(q)).toEqual(['NEW-1', ...[...dispatched, ...tablet.outbox].map(id)]);
  expect(open()).toEqual([]);
  expect(codes((await tablet.sync({ push: tablet.outbox.map((item) => lay(item, 9)) })).acks)).toEqual(['dup', 'dup']);
  expect(
    (await createRecovery({ store: world.store, clock: world.clock, log: { info: () => undefined } })).gathering(),
  ).toBe(false);
});

test('I12 who does not know of the restore is told first, so that what he recorded before comes before what he brings', async () => {
  const { worked, dispatched } = anOrder();
  const { epoch, q, chain } = await world.store.log.head();
  await (await restored(0)).beat();
  const cursor = { epoch, scope: `tablet:${tablet.of.id}`, q, h: chain };
  const answer = await tablet.sync({ push: [worked], cursor, pull: true });
  expect(answer).toMatchObject({ acks: [], gathering: 0, page: { reset: true, epoch: 'anew' } });
  expect(logged()).not.toContain(eventId(worked.event.writer, worked.event.n));
  await desk.sync({ push: dispatched });
  const { h } = answer.page!;
  const told = { ...cursor, epoch: 'anew', q: answer.page!.to, h };
  expect(codes((await tablet.sync({ push: [worked], cursor: told })).acks)).toEqual(['ok']);
});

test('I12 what lay in the part of the log that is lost needs no right from what has lost its place; what did not lie there does', async () => {
  const { epoch, q } = await world.store.log.head();
  const { order, dispatched, worked } = anOrder();
  await desk.sync();
  await tablet.sync();
  await (await restored(0)).beat();
  // It was closed later, and comes back in front of what gave it to its crew.
  const again = orderSubject(asOrderId(await world.record({ kind: 'reported', data: report() })));
  const late = (item: PushItem, n: number, seen: { epoch: string; q: number } | null): PushItem => {
    const event = { ...item.event, n, subject: again, seen };
    return { event, hash: envelopeHash(envelopeText(event)) };
  };
  await world.record({ kind: 'closed', data: { outcome: 'noFault' } }, again);
  expect(order).not.toBe(again);
  expect(codes((await desk.sync({ push: [late(dispatched[1]!, 3, null)] })).acks)).toEqual(['ok']);
  const push = [late(worked, 2, null), late(worked, 3, { epoch: 'nobody', q: 99 }), late(worked, 4, { epoch, q: 99 })];
  push.push(
    { ...late(worked, 5, null), lay: { epoch, q: q + 3 } },
    { ...late(worked, 6, null), lay: { epoch, q: 99 } },
  );
  // A history that is not known here began behind the copy: what was made in sight of it was lost too.
  expect(codes((await tablet.sync({ push })).acks)).toEqual(['notAllowed', 'ok', 'ok', 'notAllowed', 'ok']);
});

test('I11 what came before its writer was known counts as received once he is', async () => {
  const writer = `${tablet.of.name}22` as WriterId;
  const subject = orderSubject(asOrderId(eventId('XXX' as WriterId, 9)));
  const data = { crew: world.crews[0], text: '早' };
  const item = pushItem({ writer, n: 1, subject, kind: 'noted', data, by: tablet.of.who }, tablet.reading());
  const bring = () => tablet.sync({ writer, push: [item], hiN: 1 });
  expect(codes((await bring()).acks)).toEqual(['foreignWriter']);
  await world.record({ kind: 'writerRegistered', data: { writer } }, subjectOf('device', tablet.of.id));
  expect(await bring()).toMatchObject({ acks: [{ code: 'noSubject' }], need: [] });
});

test('I2 what was seen before a restore still says that a tap came after it', async () => {
  const [crew] = world.crews;
  const order = orderSubject(asOrderId(await world.record({ kind: 'reported', data: report() })));
  await world.record({ kind: 'dispatched', data: { crew } }, order);
  const { epoch, q } = await world.store.log.head();
  const dispatchedAt = world.clock();
  await (await restored(0)).beat();
  world.clock.advance(MINUTE);
  const { name: writer, who: by } = tablet.of;
  const bare = { wall: 0, mono: 7, page: 'elsewhere' };
  const floor = async (n: number, seen: { epoch: string; q: number }): Promise<number | undefined> => {
    const { event } = pushItem({ writer, n, subject: order, kind: 'arrived', data: { crew }, by }, bare);
    const told = { ...event, seen };
    await tablet.sync({ push: [{ event: told, hash: envelopeHash(envelopeText(told)) }] });
    return world.rows<{ lo: number }>(`select lo from event where writer = '${writer}' and n = ${n}`)[0]?.lo;
  };
  expect(await floor(1, { epoch, q })).toBe(dispatchedAt);
  expect(await floor(2, { epoch: 'nobody', q })).toBeLessThanOrEqual(dispatchedAt);
});

test('what a person releases by hand is judged by rights, unless told not to', async () => {
  const [, second] = world.crews;
  const order = orderSubject(asOrderId(await world.record({ kind: 'reported', data: report() })));
  tablet.tap('noted', { crew: second, text: '别班' }, order);
  expect(codes((await tablet.sync()).acks)).toEqual(['notAllowed']);
  const releaseHeld = createReleaseHeld(world.store);
  const rows = await world.store.held.list({}, 0, 10);
  expect(await releaseHeld.again(rows)).toMatchObject([{ is: 'held', code: 'notAllowed' }]);
  expect(await releaseHeld.again(rows, true)).toMatchObject([{ is: 'released' }]);
  expect(await world.store.held.list({}, 0, 10)).toEqual([]);
  expect(await world.store.held.list({ released: true }, 0, 10)).toHaveLength(1);
});

test('I3 a fork whose tablet does not come back is taken in whole by hand, its references with it', async () => {
  const { name, who } = desk.of;
  const made = (n: number, address: string, about?: number): PushItem => {
    const subject = orderSubject(asOrderId(eventId(name, about ?? n)));
    const kind = about === undefined ? 'reported' : 'noted';
    const data = about === undefined ? { ...report(), address } : { crew: null, text: address };
    return pushItem({ writer: name, n, subject, kind, data, by: who }, desk.reading());
  };
  const send = async (...push: PushItem[]): Promise<string[]> => codes((await desk.sync({ push, hiN: 3 })).acks);
  expect(await send(made(1, '原机'), made(2, '原机', 1))).toEqual(['ok', 'ok']);
  expect(await send(made(1, '副本'), made(2, '副本一', 1), made(3, '副本二', 1))).toEqual([
    'forked',
    'forked',
    'forked',
  ]);
  const rows = await world.store.held.list({ code: 'forked' }, 0, 10);
  const enrolment = createEnrolment({
    roster: world.store.roster,
    random: fakeRandom('fork'),
    record: world.store.log.record,
  });
  expect(await releaseFork(world.store, enrolment, [...rows, ...rows])).toEqual({ ok: false, error: 'twice' });
  const done = await releaseFork(world.store, enrolment, rows);
  expect(done).toMatchObject({ ok: true, value: [{ is: 'released' }, { is: 'released' }, { is: 'released' }] });
  expect(open()).toEqual([]);
  const lines = world.rows<{ id: string; subject: string }>(
    `select writer || '-' || n as id, subject from event where writer like '${name}%' order by q`,
  );
  const fork = nameAfterFork(name, rows[0]!.hash!);
  const own = orderSubject(asOrderId(eventId(fork, 1)));
  expect(lines.slice(2)).toEqual([1, 2, 3].map((n) => ({ id: eventId(fork, n), subject: own })));
});
