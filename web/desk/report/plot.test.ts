import fc from 'fast-check';
import { expect, test } from 'vitest';

import { labelled, middleOf, PLOT, PLOT_BOTTOM, stepAt, ticksUpTo, yOf } from './plot.ts';

test('the step under the pointer is the one drawn there', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 400 }), fc.nat(), (count, any) => {
      const index = any % count;
      expect(stepAt(middleOf(index, count) / PLOT.width, count)).toBe(index);
    }),
  );
});

test('nothing is drawn outside, whatever the value', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true }), fc.double({ min: 0.1, max: 1e6, noNaN: true }), (value, most) => {
      expect(yOf(value, most)).toBeGreaterThanOrEqual(PLOT.top);
      expect(yOf(value, most)).toBeLessThanOrEqual(PLOT_BOTTOM);
    }),
  );
});

test('ticks are a few round numbers that reach over the most', () => {
  expect(ticksUpTo(0)).toEqual([0, 1]);
  expect(ticksUpTo(137)).toEqual([0, 50, 100, 150]);
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1e7, noNaN: true }), (most) => {
      const ticks = ticksUpTo(most);
      expect(ticks.at(-1)).toBeGreaterThanOrEqual(most);
      expect(ticks.length).toBeLessThanOrEqual(6);
    }),
  );
});

test('no more words than there is room for', () => {
  expect(labelled(7, 5)).toEqual([0, 2, 4, 6]);
  expect(labelled(0, 5)).toEqual([]);
  fc.assert(
    fc.property(fc.nat(2_000), (count) => {
      expect(labelled(count, 5).length).toBeLessThanOrEqual(5);
    }),
  );
});
