import { expect, test } from 'vitest';

import { typedAhead } from './typed-ahead.ts';

const now = new Date(2026, 10, 22, 14, 55).getTime();
const on = (day: number, hours: number, minutes: number): number => new Date(2026, 10, day, hours, minutes).getTime();

test.each([
  ['1830', 0, on(22, 18, 30)],
  ['18：30', 0, on(22, 18, 30)],
  ['9:05', 1, on(23, 9, 5)],
  ['0000', 2, on(24, 0, 0)],
] as const)('%s in %i days is a time to come', (text, days, at) => {
  expect(typedAhead(text, days, now)).toBe(at);
});

test.each([
  ['1455', 0],
  ['9:05', 0],
  ['2400', 1],
  ['', 1],
  ['soon', 0],
] as const)('%s in %i days is none', (text, days) => {
  expect(typedAhead(text, days, now)).toBeNull();
});
