import { expect, test } from 'vitest';

import { eventId } from '#shared/ids.ts';
import type { StageClock } from '#shared/sla/stage-clock.ts';
import { verdict } from '#shared/sla/verdict.ts';
import { exactly } from '#shared/time/event-time.ts';

import { at, writer } from '../../test/builders.ts';
import { createTally } from './tally-arrivals.ts';

const MINUTE = 60_000;

/** A clock from 10:00 with 45 minutes; `stop`: minutes after ten. */
const clock = (stop: number | null, ended = true): StageClock => ({
  rule: 'arrival',
  epoch: 1,
  origin: exactly(at('10:00')),
  warn: at('10:36'),
  limit: at('10:45'),
  stop: stop === null ? null : { fact: eventId(writer('A7K'), 1), time: exactly(at('10:00') + stop * MINUTE) },
  ended,
});

function reportOf(clocks: readonly StageClock[], now = at('12:00')) {
  const tally = createTally();
  for (const one of clocks) tally.add('urban', one, verdict(one, now, now));
  return tally.report().rules;
}

test('each area is a row, “all” sums up', () => {
  expect(reportOf([clock(10), clock(60)]).map(({ rule, area, orders }) => [rule, area, orders])).toEqual([
    ['arrival', 'all', 2],
    ['arrival', 'urban', 2],
  ]);
});

test('a stop before its origin counts as stopped, in the percentiles and as unknown, never as within', () => {
  expect(reportOf([clock(-5), clock(45), clock(90.5)])[0]).toEqual({
    rule: 'arrival',
    area: 'all',
    orders: 3,
    stopped: 3,
    within: { 45: 1, 90: 1, 120: 2 },
    p50Min: 45,
    p90Min: 90.5,
    averageMin: 43.5,
    met: 1,
    missed: 1,
    unknown: 1,
  });
});

test('an order that ended without an arrival counts nowhere but in the orders', () => {
  expect(reportOf([clock(null)])[0]).toMatchObject({
    orders: 1,
    stopped: 0,
    p50Min: null,
    averageMin: null,
    met: 0,
    missed: 0,
    unknown: 0,
  });
});

test('an open order past its limit is missed, one before it counts in the orders alone', () => {
  expect(reportOf([clock(null, false)])[0]).toMatchObject({ orders: 1, missed: 1 });
  expect(reportOf([clock(null, false)], at('10:10'))[0]).toMatchObject({ orders: 1, met: 0, missed: 0, unknown: 0 });
});

test('of an even number the upper middle is the p50', () => {
  expect(reportOf([clock(10), clock(20), clock(30), clock(40)])[0]).toMatchObject({ p50Min: 30, p90Min: 40 });
});
