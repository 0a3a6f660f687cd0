import { expect, test } from 'vitest';

import { about, anOrder, at, CREW_3 } from '../../test/builders.ts';
import { writer } from '../../test/builders.ts';
import { asDeviceId, eventId } from '../ids.ts';
import type { Order } from '../order/order.ts';
import { judge } from './judge.ts';
import { leading } from './leading.ts';
import { STATE_GRID } from './packs/state-grid.ts';

const DEVICE = asDeviceId(eventId(writer('DEV'), 1));
const leads = (order: Order, now: string): string | undefined => {
  const devicesOf = () => [{ device: DEVICE, heard: at(now) }];
  return leading(judge(order, STATE_GRID, { now: at(now), devicesOf }))?.clock.rule.id;
};

test('what is waited for stands for its order: the arrival first, then the restoration', () => {
  const story = anOrder().reported('14:00').dispatched('14:05');
  expect(leads(story.order, '14:10')).toBe('arrival');
  story.field('arrived', '14:30');
  expect(leads(story.order, '14:31')).toBe('restore');
});

test('clocks that nobody is told of never stand for their order, though they run out first', () => {
  expect(leads(anOrder().reported('14:00').order, '14:20')).toBe('arrival');
});

test('with nothing left to wait for the one that went worst stands for it', () => {
  const late = anOrder().reported('14:00').dispatched('14:05').field('arrived', '14:50');
  late.record('restored', '15:00', { crew: CREW_3, extent: 'all' });
  expect(leads(late.order, '15:01')).toBe('arrival');
  const doubtful = anOrder().reported('14:00').dispatched('14:05').field('arrived', '14:30');
  doubtful.record('restored', about('17:30', 60 * 60_000, 'C'), { crew: CREW_3, extent: 'all' });
  expect(leads(doubtful.order, '19:00')).toBe('restore');
  const good = anOrder().reported('14:00').dispatched('14:05').field('arrived', '14:30');
  good.record('restored', '15:00', { crew: CREW_3, extent: 'all' });
  expect(leads(good.order, '15:01')).toBe('restore');
});

test('an order without a clock has none', () => {
  expect(leads({ ...anOrder().reported('14:00').order, report: null }, '14:10')).toBeUndefined();
});
