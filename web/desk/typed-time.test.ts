import { expect, test } from 'vitest';

import { typedTime } from './typed-time.ts';

/** Local, because the person types what the wall shows. */
const local = (day: number, hours: number, minutes: number): number =>
  new Date(2026, 10, day, hours, minutes).getTime();

test.each(['1421', '14:21', '14：21', ' 14 : 21 '])('%s is that time today', (text) => {
  expect(typedTime(text, local(21, 15, 0))).toBe(local(21, 14, 21));
});

test('a time that has not come yet is yesterday', () => {
  expect(typedTime('23:50', local(21, 0, 10))).toBe(local(20, 23, 50));
});

test('a minute ahead is grace for a clock that is a little slow', () => {
  expect(typedTime('15:01', local(21, 15, 0))).toBe(local(21, 15, 1));
});

test('three digits are an hour of one digit', () => {
  expect(typedTime('142', local(21, 15, 0))).toBe(local(21, 1, 42));
});

test.each(['', '25:00', '14:60', '14', 'noon', '14:21; DROP'])('%s is no time of day', (text) => {
  expect(typedTime(text, local(21, 15, 0))).toBeNull();
});
