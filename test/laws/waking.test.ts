import { afterEach, beforeEach, expect, test } from 'vitest';

import type { RulePack } from '#shared/event/rule-pack.ts';
import { asOrderId, orderSubject, subjectOf, type EventId, type Subject } from '#shared/ids.ts';
import type { Alert, Order } from '#shared/order/order.ts';
import { STATE_GRID } from '#shared/sla/packs/state-grid.ts';

import { MINUTE, startWorld, type Device, type World } from './world.ts';

let world: World;
let tablet: Device;
let subject: Subject;

/** An urban order given to the first crew, whose only tablet has been silent since. */
beforeEach(async () => {
  world = await startWorld();
  tablet = await world.enrol('tablet', { unit: world.east, role: 'crew', crew: world.crews[0] });
  await tablet.sync();
});
afterEach(() => world.close());

async function report(): Promise<void> {
  const data = { unit: world.east, address: '幸福路18号', area: 'urban', channel: 'phone' } as const;
  subject = orderSubject(asOrderId(await world.record({ kind: 'reported', data })));
  await world.record({ kind: 'dispatched', data: { crew: world.crews[0] } }, subject);
}

/** Looks at what is due after so many minutes; nothing else wakes an order. */
async function after(minutes: number): Promise<readonly string[]> {
  world.clock.advance(minutes * MINUTE);
  await world.overdue.tick(world.clock());
  return said();
}

const alerts = (): readonly Alert[] => {
  const [row] = world.rows<{ state: string }>('select state from order_row');
  return (JSON.parse(row?.state ?? '') as Order).alerts;
};
const said = (): readonly string[] => alerts().map(({ level, state, because }) => `${level} ${because} ${state}`);

const aboutTablet = (): Subject => subjectOf('device', tablet.of.id);

const alertOf = (level: Alert['level']): EventId => alerts().find((alert) => alert.level === level)!.id;

test('K1 a lost tablet is waited for no more from the moment it is declared lost, and again when it is found', async () => {
  await report();
  expect(await after(46)).toEqual(['contact silent raised']);
  await world.record({ kind: 'deviceLost', data: { reason: '落水' } }, aboutTablet());
  expect(await after(0)).toEqual(['contact silent closedOut', 'missed noEvidence raised']);
  await world.record({ kind: 'deviceFound', data: { reason: '晾干了' } }, aboutTablet());
  // It counts again, and what was said of the silence has been said.
  expect(await after(0)).toEqual(['contact silent closedOut', 'missed noEvidence raised']);
});

test('K1 a lost tablet that is heard after all brings its arrival like any other', async () => {
  await report();
  world.clock.advance(20 * MINUTE);
  tablet.tap('arrived', { crew: world.crews[0] }, subject);
  await after(26);
  await world.record({ kind: 'deviceLost', data: { reason: '落水' } }, aboutTablet());
  await after(30);
  expect(said()).toEqual([
    'contact silent closedOut',
    'missed noEvidence raised',
    'escalated1 unattended raised',
    'escalated2 unattended raised',
  ]);
  await tablet.sync();
  expect(await after(0)).toEqual([
    'contact silent closedOut',
    'missed noEvidence withdrawn',
    'escalated1 unattended withdrawn',
    'escalated2 unattended withdrawn',
  ]);
});

test('K1 whoever is silent is waited for, also where another one was lost before', async () => {
  const second = await world.enrol('tablet', { unit: world.east, role: 'crew', crew: world.crews[0] });
  const rule = STATE_GRID.rules[0]!;
  const later = { ...rule, id: 'later', limitMin: { urban: 60 }, importantMin: {} };
  const levels = { contact: rule.levels.contact, missed: rule.levels.missed };
  const rules = [rule, later].map((one) => ({ ...one, levels, escalate: [] }));
  const pack: RulePack = { ...STATE_GRID, rules };
  await world.record({ kind: 'rulePackActivated', data: { unit: world.centre, from: world.clock(), pack } });
  await report();
  await world.record({ kind: 'deviceLost', data: { reason: '落水' } }, aboutTablet());
  world.clock.advance(50 * MINUTE);
  await second.sync();
  expect(await after(0)).toEqual(['missed noEvidence raised']);
  expect((await after(11)).at(-1)).toBe('contact silent raised');
  await second.sync();
  expect((await after(0)).slice(1)).toEqual(['contact silent closedOut', 'missed noEvidence raised']);
});

test('K1 a silence is given up after the hours of the pack, and not before', async () => {
  await report();
  await after(45 + 24 * 60);
  expect(said().filter((one) => one.startsWith('missed'))).toEqual([]);
  await after(1);
  expect(said().filter((one) => one.startsWith('missed'))).toEqual(['missed noEvidence raised']);
});

test('E1 nobody is fetched for what somebody has, until his time is over', async () => {
  await report();
  await after(46);
  const until = world.clock() + 20 * MINUTE;
  const data = { alert: alertOf('contact'), how: 'shelved', until, reason: '在路上' } as const;
  await world.record({ kind: 'alertAcknowledged', data }, subject);
  expect(await after(19)).toEqual(['contact silent acknowledged']);
  expect(await after(1)).toEqual(['contact silent acknowledged', 'escalated1 unattended raised']);
  expect(alerts().at(-1)?.late).toBeUndefined();
});

test('E1 whoever takes an alert without a time has it', async () => {
  await report();
  await after(46);
  await world.record({ kind: 'alertAcknowledged', data: { alert: alertOf('contact'), how: 'claimed' } }, subject);
  expect(await after(24 * 60 - 10)).toEqual(['contact silent acknowledged']);
});

test('C2 an order is judged by the pack in force when it was reported, and no other', async () => {
  const pack: RulePack = {
    ...STATE_GRID,
    rules: STATE_GRID.rules.map((rule) => ({ ...rule, limitMin: { urban: 10 }, importantMin: {}, escalate: [] })),
  };
  await report();
  const first = subject;
  await world.record({ kind: 'rulePackActivated', data: { unit: world.centre, from: world.clock() + 1, pack } });
  expect(await after(20)).toEqual([]);
  await world.record({ kind: 'closed', data: { outcome: 'noFault' } }, first);
  await report();
  await after(11);
  const raised = world.rows<{ subject: string }>(`select subject from event where kind = 'alertRaised'`);
  expect(raised).toEqual([{ subject }]);
});

test('P1 a typed time in time leaves "missed" standing until a person accepts it, which is looked at at once', async () => {
  await report();
  await world.record({ kind: 'deviceLost', data: { reason: '落水' } }, aboutTablet());
  expect(await after(46)).toEqual(['missed noEvidence raised']);
  const given = { at: world.clock() - 20 * MINUTE, source: 'typed' as const };
  const fact = await world.record({ kind: 'arrived', data: { crew: world.crews[0], radio: true, at: given } }, subject);
  expect(await after(0)).toEqual(['missed noEvidence raised']);
  await world.record({ kind: 'timeAccepted', data: { fact, reason: '客户证实' } }, subject);
  expect(await after(0)).toEqual(['missed noEvidence withdrawn']);
});
