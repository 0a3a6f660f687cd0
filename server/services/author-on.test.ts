import { afterEach, beforeEach, expect, test } from 'vitest';

import {
  asOrderId,
  asPersonId,
  asUnitId,
  orderSubject,
  type PersonId,
  type Subject,
  type UnitId,
  type WriterId,
} from '#shared/ids.ts';
import type { Ack, PushItem } from '#shared/sync/protocol.ts';

import { MINUTE, pushItem, startWorld, type Device, type World } from '../../test/laws/world.ts';
import { createRecovery } from './recovery.ts';

let world: World;
let tablet: Device;
let order: Subject;

beforeEach(async () => {
  world = await startWorld();
  const [crew] = world.crews;
  tablet = await world.enrol('tablet', { unit: world.east, role: 'crew', crew });
  const { id, who, form, name } = tablet.of;
  await world.store.accounts.startSession({ device: id, person: who, form, tokenHash: name, madeAt: world.clock() });
  const data = { unit: world.east, address: '幸福路18号', area: 'urban', channel: 'phone' } as const;
  order = orderSubject(asOrderId(await world.record({ kind: 'reported', data })));
  await world.record({ kind: 'dispatched', data: { crew } }, order);
});
afterEach(() => world.close());

const codes = (acks: readonly Ack[]): string[] => acks.map((ack) => (ack.is === 'held' ? ack.code : ack.is));
const person = async (unit: UnitId, role: 'crew' | 'dispatcher'): Promise<PersonId> =>
  asPersonId(await world.record({ kind: 'personMade', data: { name: '后来的人', unit, role } }));
const otherStation = async (): Promise<UnitId> =>
  asUnitId(await world.record({ kind: 'unitMade', data: { name: '城南', level: 'station', parent: world.east } }));
const note = (n: number, by: PersonId): PushItem => {
  const data = { crew: world.crews[0], text: `记录${n}` };
  return pushItem({ writer: tablet.of.name, n, subject: order, kind: 'noted', data, by }, tablet.reading());
};

/** Goes back to a backup that has all there is; gives what says of an event that it lay behind that. */
async function restored(gatherMs: number) {
  const { epoch, q } = await world.store.log.head();
  const gatherUntil = world.clock() + gatherMs;
  await world.store.restore.beginAnew({ epoch: 'anew', process: 'NEW' as WriterId, gatherUntil });
  const recovery = await createRecovery({ store: world.store, clock: world.clock, log: { info: () => undefined } });
  return { recovery, laid: (item: PushItem): PushItem => ({ ...item, lay: { epoch, q: q + item.event.n } }) };
}

test('who never was signed in on a device has no rights there', async () => {
  const stranger = await person(world.east, 'crew');
  expect(codes((await tablet.sync({ push: [note(1, stranger), note(2, tablet.of.who)] })).acks)).toEqual([
    'notAllowed',
    'ok',
  ]);
});

test('I12 who began to work on a tablet after the backup is known by its word, for what the restore took and nothing else', async () => {
  const later = await person(world.east, 'crew');
  const others = [await person(world.east, 'dispatcher'), await person(await otherStation(), 'crew')];
  const { recovery, laid } = await restored(0);
  await recovery.beat();
  const push = [laid(note(1, later)), note(2, later), ...others.map((by, index) => laid(note(3 + index, by)))];
  expect(codes((await tablet.sync({ push })).acks)).toEqual(['ok', 'notAllowed', 'notAllowed', 'notAllowed']);
});

test('I12 the same for what is gathered first', async () => {
  const later = await person(world.east, 'crew');
  const { recovery, laid } = await restored(MINUTE);
  await tablet.sync({ push: [laid(note(2, later)), laid(note(1, later)), note(3, later)] });
  world.clock.advance(MINUTE);
  await recovery.beat();
  expect(world.rows("select n from event where kind = 'noted' order by q")).toEqual([{ n: 1 }, { n: 2 }]);
  expect(world.rows('select n, code from quarantine where released_q is null')).toEqual([{ n: 3, code: 'notAllowed' }]);
});
