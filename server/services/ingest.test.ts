import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';

import type { DataOf, Kind } from '#shared/event/catalog.ts';
import { ROLES, type Role } from '#shared/event/organisation.ts';
import { asOrderId, orderSubject, type Subject } from '#shared/ids.ts';
import { may } from '#shared/order/rights.ts';
import type { Ack } from '#shared/sync/protocol.ts';

import { pushItem, startWorld, type Device, type World } from '../../test/laws/world.ts';

let world: World;
let order: Subject;
let elsewhere: Subject;
let tablet: Device;
let desk: Device;

const report = (unit: World['east']) =>
  ({ unit, address: '幸福路18号', area: 'urban', channel: 'phone' }) as const satisfies DataOf<'reported'>;

beforeEach(async () => {
  world = await startWorld();
  const [one, , three] = world.crews;
  order = await newOrder();
  elsewhere = orderSubject(asOrderId(await world.record({ kind: 'reported', data: report(world.west) })));
  await world.record({ kind: 'dispatched', data: { crew: one } }, order);
  await world.record({ kind: 'dispatched', data: { crew: three } }, elsewhere);
  tablet = await world.enrol('tablet', { unit: world.east, role: 'crew', crew: one });
  desk = await world.enrol('desk', { unit: world.east, role: 'dispatcher' });
});
afterEach(() => world.close());

const send = async (device: Device, ...pushed: unknown[]): Promise<readonly Ack[]> =>
  (await device.sync(pushed.length > 0 ? { push: pushed } : {})).acks;

const newOrder = async (): Promise<Subject> =>
  orderSubject(asOrderId(await world.record({ kind: 'reported', data: report(world.east) })));

const codes = (acks: readonly Ack[]): string[] => acks.map((ack) => (ack.is === 'held' ? ack.code : ack.is));

async function tapped<K extends Kind>(device: Device, kind: K, data: DataOf<K>, subject: Subject | null = order) {
  device.tap(kind, data, subject);
  return codes(await send(device));
}

test('a crew records its own work on orders it holds or held, and on no others', async () => {
  const [crew, other] = world.crews;
  expect(await tapped(tablet, 'arrived', { crew })).toEqual(['ok']);
  expect(await tapped(tablet, 'arrived', { crew: other })).toEqual(['notAllowed']);
  expect(await tapped(tablet, 'arrived', { crew }, elsewhere)).toEqual(['notAllowed']);
  await world.record({ kind: 'recalled', data: { crew, reason: '有误' } }, order);
  expect(await tapped(tablet, 'restored', { crew, extent: 'all' })).toEqual(['ok']);
  expect(await tapped(tablet, 'closed', { outcome: 'restored' })).toEqual(['notAllowed']);
});

test('a tablet that was moved to another crew still delivers what was done in the first one', async () => {
  const [crew, second] = world.crews;
  tablet.tap('arrived', { crew }, order);
  await world.record({ kind: 'joinedCrew', data: { crew: second } }, tablet.subject);
  expect(codes(await send(tablet))).toEqual(['ok']);
});

test('a desk commands what lies in its unit, and nobody says what only the server says', async () => {
  const [, , three] = world.crews;
  expect(await tapped(desk, 'closed', { outcome: 'noFault' })).toEqual(['ok']);
  expect(await tapped(desk, 'recalled', { crew: three, reason: '有误' }, elsewhere)).toEqual(['notAllowed']);
  expect(await tapped(desk, 'reported', report(world.west), null)).toEqual(['notAllowed']);
  expect(await tapped(desk, 'archived', {})).toEqual(['notAllowed']);
  expect(await tapped(desk, 'reported', report(world.east), null)).toEqual(['ok']);
});

test('every role may push exactly what the rights table says about an order of its unit', async () => {
  const data = {
    dispatched: { crew: null },
    noted: { crew: null, text: '看过' },
    closed: { outcome: 'noFault' },
    submitted: { crew: null },
    signed: { crew: null, shown: [], width: 10, height: 10, strokes: [[1, 1]] },
    alertAcknowledged: {
      alert: asOrderId(await world.record({ kind: 'reported', data: report(world.east) })),
      how: 'claimed',
    },
  } as const satisfies { [K in Kind]?: DataOf<K> };
  const probe = async (role: Role): Promise<void> => {
    const device = await world.enrol('desk', { unit: world.east, role });
    for (const kind of Object.keys(data) as (keyof typeof data)[]) {
      device.tap(kind, data[kind], order);
      const expected = may(role, kind, { held: false, unit: true }) ? 'ok' : 'notAllowed';
      expect(codes(await send(device)), `${role} ${kind}`).toEqual([expected]);
    }
  };
  for (const role of ROLES) await probe(role);
});

test('I3 the same bytes again are a duplicate with the first position; other bytes under the id hold the whole fork', async () => {
  const [crew] = world.crews;
  tablet.tap('accepted', { crew }, order);
  const [first] = await send(tablet);
  expect(await send(tablet, tablet.outbox[0])).toEqual([{ is: 'dup', n: 1, q: first?.is === 'ok' ? first.q : 0 }]);

  const made = { writer: tablet.of.name, subject: order, by: tablet.of.who };
  const twin = [1, 2].map((n) =>
    pushItem({ ...made, n, kind: 'noted', data: { crew, text: '另一份' } }, tablet.reading()),
  );
  expect(codes(await send(tablet, ...twin))).toEqual(['forked', 'forked']);
  expect(codes(await send(tablet, tablet.outbox[0]))).toEqual(['dup']);
});

test('I8 whatever cannot enter the log lies in quarantine with its text, once, and is named', async () => {
  const [crew] = world.crews;
  tablet.tap('accepted', { crew }, order);
  const [good] = tablet.outbox;
  const foreign = pushItem({ ...good!.event, writer: desk.of.name }, good!.event.clock);
  const deep = JSON.parse(`${'['.repeat(5_000)}${']'.repeat(5_000)}`) as unknown;
  const pushed = [null, 7, {}, { ...good, hash: '0'.repeat(64) }, foreign, deep, good];
  const acks = await send(tablet, ...pushed);
  expect(codes(acks)).toEqual([
    'unreadable',
    'unreadable',
    'unreadable',
    'badHash',
    'foreignWriter',
    'unreadable',
    'ok',
  ]);
  const rows = world.rows<{ id: number; raw: string }>('select id, raw from quarantine order by id');
  expect(rows.map((row) => row.raw).slice(0, 4)).toEqual(pushed.slice(0, 4).map((item) => JSON.stringify(item)));
  expect(await send(tablet, ...pushed.slice(0, 6))).toEqual(acks.slice(0, 6));
  expect(world.rows('select id from quarantine')).toHaveLength(rows.length);
});

test('work of somebody who was signed in here before is judged by that person; a stranger is held', async () => {
  const stranger = await world.enrol('desk', { unit: world.west, role: 'dispatcher' });
  const item = (by: Device['of']['who'], n: number) =>
    pushItem(
      { writer: desk.of.name, n, subject: order, kind: 'noted', data: { crew: null, text: '交班' }, by },
      desk.reading(),
    );
  expect(codes(await send(desk, item(stranger.of.who, 1)))).toEqual(['notAllowed']);
  const session = { device: desk.of.id, form: 'desk', tokenHash: 'x', madeAt: world.clock() } as const;
  const colleague = await world.enrol('desk', { unit: world.east, role: 'agent' });
  await world.store.accounts.startSession({ ...session, person: colleague.of.who });
  expect(codes(await send(desk, item(colleague.of.who, 2)))).toEqual(['ok']);
});

test('a blocked device hands over what it has, into quarantine, and is shown nothing', async () => {
  const [crew] = world.crews;
  tablet.tap('arrived', { crew }, order);
  await world.record({ kind: 'deviceBlocked', data: { reason: '丢失' } }, tablet.subject);
  const answer = await tablet.sync({ pull: true });
  expect(codes(answer.acks)).toEqual(['notAllowed']);
  expect(answer.page).toBeNull();
  expect(world.rows('select * from contact')).toEqual([]);
});

test('a device that claims the exact time of an import is believed as little as one that types', async () => {
  const [crew] = world.crews;
  const at = { at: world.clock() - 60_000, source: 'import' } as const;
  expect(await tapped(tablet, 'arrived', { crew, at })).toEqual(['ok']);
  expect(world.rows(`select grade, given from event where kind = 'arrived'`)).toEqual([{ grade: 'C', given: 'typed' }]);
});

test('what the clocks showed is kept once per request that brought something, and the events name it', async () => {
  const [crew] = world.crews;
  const { mono, wall, page } = tablet.reading();
  const marks = [{ page, points: [[mono, wall]] }];
  tablet.tap('arrived', { crew }, order);
  tablet.tap('restored', { crew, extent: 'all' }, order);
  expect(codes((await tablet.sync({ marks })).acks)).toEqual(['ok', 'ok']);
  await tablet.sync({ marks });
  const kept = `select received, receipt.chain, count(q) as events from receipt join event on receipt = id group by id`;
  expect(world.rows(kept)).toEqual([{ received: world.clock(), chain: JSON.stringify(marks), events: 2 }]);
  expect(world.rows('select count(*) as receipts from receipt')).toEqual([{ receipts: 1 }]);
});

test('I9 a chain that cannot be read costs no event, and is no evidence', async () => {
  const [crew] = world.crews;
  tablet.tap('arrived', { crew }, order);
  expect(codes((await tablet.sync({ marks: [{ page: 7 }] })).acks)).toEqual(['ok']);
  expect(world.rows(`select receipt.chain from receipt join event on receipt = id where kind = 'arrived'`)).toEqual([
    { chain: '[]' },
  ]);
});

test('I9 an order whose stored state is damaged costs no event: it is kept, the row marked, the fault told', async () => {
  const [crew] = world.crews;
  const other = new Sqlite(world.file);
  other.prepare(`update order_row set state = '{}' where "order" = ?`).run(order.slice('order:'.length));
  other.close();
  await world.record({ kind: 'noted', data: { crew, text: '看过' } }, order);
  expect(world.faults.splice(0)).toHaveLength(1);
  expect(await tapped(desk, 'noted', { crew: null, text: '别处' }, await newOrder())).toEqual(['ok']);
  expect(
    world.rows("select q from event where subject = (select subject from event where kind = 'noted')"),
  ).toHaveLength(3);
  expect(world.rows('select 1 from order_row where broken is not null')).toHaveLength(1);
});
