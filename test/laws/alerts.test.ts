import fc from 'fast-check';
import { expect, test } from 'vitest';

import { asOrderId, orderSubject, type CrewId, type Subject } from '#shared/ids.ts';
import type { Order } from '#shared/order/order.ts';
import type { DevicesOf } from '#shared/sla/knowledge.ts';

import { judgeOrder } from '../../server/services/judge-order.ts';
import type { Judge } from '../../server/store/overdue-store.ts';
import { isCaught, law } from './law.ts';
import { MINUTE, startWorld, type Device, type World } from './world.ts';

/** How the engine knows of devices; the controls know wrongly. */
type Knowing = (devicesOf: DevicesOf, now: number) => DevicesOf;

const LIMIT = 45 * MINUTE;

const step = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('wait'), minutes: fc.integer({ min: 1, max: 25 }) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('arrive'), device: fc.nat(2) }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('sync'), device: fc.nat(2) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('ask'), device: fc.nat(2) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('dispatch'), crew: fc.nat(1) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('recall') }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('reassign') }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('close') }) },
);
type Step = { readonly do: string; readonly minutes?: number; readonly device?: number; readonly crew?: number };

/** What really happened, whoever has heard of it. */
type Truth = {
  readonly limit: number;
  readonly subject: Subject;
  readonly tablets: readonly { device: Device; crew: CrewId; heard: number }[];
  readonly arrivals: { device: Device; at: number; delivered: boolean }[];
  readonly holdings: { crew: CrewId; from: number }[];
  holder: CrewId | null;
  closed: boolean;
};

const shift = (knowing: Knowing) =>
  fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 30 }), async (steps) => {
    const world = await startWorld();
    try {
      await play(world, steps, knowing);
    } finally {
      world.close();
    }
  });

async function play(world: World, steps: readonly Step[], knowing: Knowing): Promise<void> {
  const [one, two] = world.crews;
  const place = (crew: CrewId) => ({ unit: world.east, role: 'crew', crew }) as const;
  const start = world.clock();
  const tablets = [
    { device: await world.enrol('tablet', place(one)), crew: one, heard: start },
    { device: await world.enrol('tablet', place(one)), crew: one, heard: start },
    { device: await world.enrol('tablet', place(two)), crew: two, heard: start },
  ];
  const data = { unit: world.east, address: '幸福路18号', area: 'urban', channel: 'phone' } as const;
  const order = asOrderId(await world.record({ kind: 'reported', data }));
  const subject = orderSubject(order);
  const truth: Truth = {
    limit: start + LIMIT,
    subject,
    tablets,
    arrivals: [],
    holdings: [],
    holder: null,
    closed: false,
  };
  const tick = async (): Promise<number> => {
    const now = world.clock();
    const judge: Judge = (state, { pack, devicesOf }) =>
      judgeOrder(state, { pack, now, devicesOf: knowing(devicesOf, now) });
    return (await world.store.overdue.judgeDue(now, 500, judge)).written;
  };
  for (const each of steps) {
    await happen(world, truth, each);
    const before = alertsOf(world);
    await tick();
    check(world, truth, before);
    expect(await tick(), 'a second look finds nothing new').toBe(0);
  }
}

async function happen(world: World, truth: Truth, one: Step): Promise<void> {
  const { subject } = truth;
  const tablet = truth.tablets[one.device ?? 0]!;
  const [first, second] = world.crews;
  const give = (crew: CrewId): void => {
    truth.holder = crew;
    truth.holdings.push({ crew, from: world.clock() });
  };
  if (one.do === 'wait') world.clock.advance((one.minutes ?? 0) * MINUTE);
  if (one.do === 'ask') tablet.device.openTaps = 1 - tablet.device.openTaps;
  if (one.do === 'arrive' && truth.holdings.some((held) => held.crew === tablet.crew)) {
    tablet.device.tap('arrived', { crew: tablet.crew }, subject);
    truth.arrivals.push({ device: tablet.device, at: world.clock(), delivered: false });
  }
  if (one.do === 'sync') {
    const { acks } = await tablet.device.sync();
    expect(acks.filter((ack) => ack.is !== 'ok')).toEqual([]);
    for (const arrival of truth.arrivals) if (arrival.device === tablet.device) arrival.delivered = true;
    if (tablet.device.openTaps === 0) tablet.heard = world.clock();
  }
  if (truth.closed) return;
  if (one.do === 'dispatch' && truth.holder === null) {
    const crew = one.crew === 1 ? second : first;
    await world.record({ kind: 'dispatched', data: { crew } }, subject);
    give(crew);
  }
  if (one.do === 'recall' && truth.holder) {
    await world.record({ kind: 'recalled', data: { crew: truth.holder, reason: '有误' } }, subject);
    truth.holder = null;
  }
  if (one.do === 'reassign' && truth.holder) {
    const to = truth.holder === first ? second : first;
    await world.record({ kind: 'reassigned', data: { from: truth.holder, to, reason: '更近' } }, subject);
    give(to);
  }
  if (one.do === 'close') {
    await world.record({ kind: 'closed', data: { outcome: 'noFault' } }, subject);
    truth.closed = true;
  }
}

type RaisedRow = { readonly level: string; readonly epoch: number; readonly quiet: number | null; readonly q: number };

const alertsOf = (world: World): RaisedRow[] =>
  world.rows(
    `select q, json_extract(body, '$.data.level') level, json_extract(body, '$.data.epoch') epoch,
       json_extract(body, '$.data.quiet') quiet from event where kind = 'alertRaised'`,
  );

/** From the truth alone: what must not have been said, what must have been, and what may not stand. */
function check(world: World, truth: Truth, before: readonly RaisedRow[]): void {
  const now = world.clock();
  const raised = alertsOf(world);
  expect(new Set(raised.map(({ level, epoch }) => `${level} ${epoch}`)).size, 'raised once').toBe(raised.length);

  const inTime = truth.arrivals.filter((arrival) => arrival.at <= truth.limit);
  const saysMissed = raised.slice(before.length).some((alert) => alert.level === 'missed');
  if (saysMissed) expect(inTime, 'said to be late, and a crew was there in time').toEqual([]);

  const [row] = world.rows<{ state: string }>('select state from order_row');
  const { alerts } = JSON.parse(row?.state ?? '') as Order;
  if (inTime.some((arrival) => arrival.delivered)) {
    const wrong = alerts.filter((alert) => alert.level !== 'soon' && alert.end === null);
    expect(wrong, 'proved wrong and still standing').toEqual([]);
    const saidMissed = alerts.filter(({ level }) => level === 'missed' || level.startsWith('escalated'));
    const told = saidMissed.filter((alert) => alert.state !== 'withdrawn');
    expect(told, 'said to be late and never taken back').toEqual([]);
    return;
  }
  if (now <= truth.limit || truth.closed || truth.arrivals.some((arrival) => arrival.delivered)) return;
  const held = new Set(truth.holdings.filter(({ from }) => from < truth.limit).map(({ crew }) => crew));
  const silent = truth.tablets.some((tablet) => held.has(tablet.crew) && tablet.heard <= truth.limit);
  const level = silent ? 'contact' : 'missed';
  expect(
    raised.map((alert) => alert.level),
    'nobody was told',
  ).toContain(level);
}

test('I25 late is said only with knowledge, once, and never stands against a proof', async () => {
  const honest: Knowing = (devicesOf) => devicesOf;
  expect(await law('alerts', shift(honest), 60)).toBeNull();
}, 120_000);

test('I25 control: knowing only the first device of a crew is caught', async () => {
  const half: Knowing = (devicesOf) => (crew, limit) => devicesOf(crew, limit).slice(0, 1);
  expect(await isCaught(shift(half), 150)).toBe(true);
}, 120_000);

test('I25 control: taking silence for knowledge is caught', async () => {
  const deaf: Knowing = (devicesOf, now) => (crew, limit) =>
    devicesOf(crew, limit).map(({ device }) => ({ device, heard: now }));
  expect(await isCaught(shift(deaf), 150)).toBe(true);
}, 120_000);

test('an order that an import brought together with its end raises nothing, also when it is archived later', async () => {
  const world = await startWorld();
  const at = (minutes: number) => ({ at: world.clock() + (minutes - 600) * MINUTE, source: 'import' as const });
  const report = { unit: world.east, address: '幸福路18号', area: 'urban', channel: 'import' } as const;
  const [id] = await world.store.log.record([
    { subject: null, draft: { kind: 'reported', data: { ...report, at: at(0) } }, by: null },
    { subject: { begunBy: 0 }, draft: { kind: 'arrived', data: { crew: null, at: at(100) } }, by: null },
    { subject: { begunBy: 0 }, draft: { kind: 'closed', data: { outcome: 'restored', at: at(120) } }, by: null },
  ]);
  expect(await world.overdue.tick(world.clock())).toBe(0);
  await world.record({ kind: 'archived', data: {} }, orderSubject(asOrderId(id!)));
  expect(await world.overdue.tick(world.clock())).toBe(0);
  // The same history brought open, and closed afterwards, is an order like any other.
  const open = await world.record({ kind: 'reported', data: { ...report, at: at(0) } });
  expect(await world.overdue.tick(world.clock())).toBeGreaterThan(0);
  // Ten hours late, and nobody has taken it.
  const levels = ['missed', 'escalated1', 'escalated2', 'escalated3'];
  expect(alertsOf(world).map((alert) => alert.level)).toEqual(levels);
  expect(open).not.toBe(id);
  world.close();
});
