import { expect, test } from 'vitest';

import { daysOf, PERIODS, typedDays } from './periods.ts';

test('a period has its first and its last day, over the turn of a year too', () => {
  expect(daysOf('week', '2027-01-03')).toEqual({ from: '2026-12-28', to: '2027-01-03' });
  expect(daysOf('month', '2028-03-01')).toEqual({ from: '2028-02-01', to: '2028-03-01' });
  expect(daysOf('yesterday', '2027-01-01')).toEqual({ from: '2026-12-31', to: '2026-12-31' });
  expect(daysOf('all', '2027-01-01')).toEqual({ from: null, to: null });
  expect(PERIODS.at(-1)).toBe('own');
});

test.each([
  ['2026-11-01', '2026-11-30', { from: '2026-11-01', to: '2026-11-30' }],
  ['', '2026-11-30', { from: null, to: '2026-11-30' }],
  ['', '', { from: null, to: null }],
  ['2026-11-30', '2026-11-01', null],
  ['2026-02-30', '', null],
  ['26-11-01', '', null],
  ['yesterday', '', null],
])('“%s” to “%s” means what it says, or nothing', (from, to, expected) => {
  expect(typedDays(from, to)).toEqual(expected);
});
