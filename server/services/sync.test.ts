import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';

import { asOrderId, orderSubject, type Subject } from '#shared/ids.ts';

import { MINUTE, startWorld, type Device, type World } from '../../test/laws/world.ts';

let world: World;
let tablet: Device;
let desk: Device;
let order: Subject;

beforeEach(async () => {
  world = await startWorld();
  const [crew] = world.crews;
  tablet = await world.enrol('tablet', { unit: world.east, role: 'crew', crew });
  desk = await world.enrol('desk', { unit: world.east, role: 'dispatcher' });
  const data = { unit: world.east, address: '幸福路18号', area: 'urban', channel: 'phone' } as const;
  order = orderSubject(asOrderId(await world.record({ kind: 'reported', data })));
  await world.record({ kind: 'dispatched', data: { crew } }, order);
});
afterEach(() => world.close());

const alerts = () =>
  world.rows<{ alert: string }>(
    `select kind || ' ' || coalesce(json_extract(body, '$.data.level'), json_extract(body, '$.data.because'), '') alert
     from event where kind like 'alert%' order by q`,
  );
const said = () => alerts().map((row) => row.alert.trim());

test('a silent crew past the limit is asked for, and its late news of an arrival in time takes that back', async () => {
  const [crew] = world.crews;
  world.clock.advance(21 * MINUTE);
  tablet.tap('arrived', { crew }, order);
  world.clock.advance(25 * MINUTE);
  await world.overdue.tick(world.clock());
  expect(said()).toEqual(['alertRaised contact']);

  world.clock.advance(60 * MINUTE);
  const answer = await tablet.sync({ pull: true });
  expect(answer.page?.subjects.find((one) => one.subject === order)?.events.map((line) => line.event.kind)).toEqual([
    'reported',
    'dispatched',
    'alertRaised',
    'arrived',
  ]);
  await world.overdue.tick(world.clock());
  expect(said()).toEqual(['alertRaised contact', 'alertWithdrawn']);
});

test('a crew heard past the limit without an arrival is late, at the next second and not before', async () => {
  world.clock.advance(46 * MINUTE);
  await world.overdue.tick(world.clock());
  expect(said()).toEqual(['alertRaised contact']);
  await tablet.sync();
  await world.overdue.tick(world.clock());
  expect(said()).toEqual(['alertRaised contact', 'alertRaised missed', 'alertClosedOut superseded']);
});

test('an order is looked at again when the one who is silent is heard, not each time another is', async () => {
  const [crew, second] = world.crews;
  const other = await world.enrol('tablet', { unit: world.east, role: 'crew', crew: second });
  await world.record({ kind: 'reassigned', data: { from: crew, to: second, reason: '更近' } }, order);
  world.clock.advance(46 * MINUTE);
  const waiting = async (): Promise<boolean> => {
    const before = world.rows<{ at: number | null }>('select at from due');
    await world.overdue.tick(world.clock());
    return before.every(({ at }) => at !== 0);
  };
  await waiting();
  expect(await waiting()).toBe(true);
  await tablet.sync();
  expect(await waiting()).toBe(false);
  await tablet.sync();
  expect(await waiting()).toBe(true);
  expect(said()).toEqual(['alertRaised contact']);
  await other.sync();
  expect(await waiting()).toBe(false);
  expect(said()).toEqual(['alertRaised contact', 'alertRaised missed', 'alertClosedOut superseded']);
});

test('the desk learns when each crew was heard and where its van is; a tablet learns of nobody', async () => {
  const [crew, second] = world.crews;
  world.clock.advance(10 * MINUTE);
  const ahead = { lat: 30.25, lon: 120.15, acc: 12, at: world.clock() + 60 * MINUTE };
  const own = await tablet.sync({ pull: true, fix: ahead });
  expect(own.live).toBeNull();
  const { live } = await desk.sync({ pull: true });
  expect(live).toEqual({
    heard: [{ crew, heard: world.clock() }],
    devices: [{ device: tablet.of.id, heard: world.clock() }],
    fixes: [{ crew, lat: 30.25, lon: 120.15, acc: 12, at: world.clock() }],
  });
  expect(live?.heard.map((one) => one.crew)).not.toContain(second);
});

test('what is not in the log comes with the first part of a long pull and with the last', async () => {
  const data = { unit: world.east, address: '幸福路18号', area: 'urban', channel: 'phone' } as const;
  const draft = { kind: 'noted', data: { crew: world.crews[0], text: '还没到'.repeat(300) } } as const;
  const report = async () => orderSubject(asOrderId(await world.record({ kind: 'reported', data })));
  const subjects = [order, await report(), await report()];
  for (const subject of subjects)
    await world.store.log.record(Array.from({ length: 500 }, () => ({ subject, draft, by: null })));
  const parts: { live: boolean; left: number | null }[] = [];
  for (let cursor = null, more = true; more;) {
    const { page, live } = await desk.sync({ pull: true, cursor });
    if (!page) throw new Error('a desk gets pages');
    parts.push({ live: live !== null, left: page.more?.left ?? null });
    const { epoch, scope } = page;
    if (page.more) cursor = { epoch, scope, q: 0, h: '', towards: { q: page.to, after: page.more.after } };
    more = page.more !== null;
  }
  expect(parts.at(0)).toMatchObject({ live: true });
  expect(parts.slice(1, -1).map(({ live }) => live)).toContain(false);
  expect(parts.slice(1, -1).map(({ live }) => live)).not.toContain(true);
  expect(parts.at(-1)).toEqual({ live: true, left: null });
});

test('the answer holds what was pushed with the same request', async () => {
  const [crew] = world.crews;
  tablet.tap('accepted', { crew }, order);
  const { acks, page, head } = await tablet.sync({ pull: true });
  const [ack] = acks;
  expect(ack).toEqual({ is: 'ok', n: 1, q: head });
  expect(page?.to).toBe(head);
  expect(page?.subjects.flatMap((one) => one.events).at(-1)?.q).toBeDefined();
});

test('I9 an order that cannot be judged keeps no other order from its alert', async () => {
  const other = new Sqlite(world.file);
  other.prepare(`update order_row set state = json_remove(state, '$.holdings')`).run();
  other.close();
  const data = { unit: world.east, address: '幸福路20号', area: 'urban', channel: 'phone' } as const;
  await world.record({ kind: 'reported', data });
  world.clock.advance(46 * MINUTE);
  await world.overdue.tick(world.clock());
  expect(said()).toEqual(['alertRaised missed']);
  expect(world.faults.splice(0)).toHaveLength(1);
});
