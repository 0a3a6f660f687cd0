import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { FLOOD, isFlood, LOAD_WINDOW_MS } from './alert-flood.ts';

const MINUTE = 60_000;
const each = (from: number, to: number, step: number): number[] => {
  const times: number[] = [];
  for (let at = from; at < to; at += step) times.push(at * MINUTE);
  return times;
};

describe('a flood of alerts', () => {
  test('begins with the eleventh in ten minutes', () => {
    const ten = each(0, 10, 1);
    expect(isFlood(ten, 9.9 * MINUTE)).toBe(false);
    expect(isFlood([...ten, 9.5 * MINUTE], 9.9 * MINUTE)).toBe(true);
    expect(isFlood([...each(0, 10, 1), 10 * MINUTE], 10 * MINUTE)).toBe(false);
  });

  test('ends when fewer than five came in ten minutes, for ten minutes', () => {
    const burst = each(0, 5.5, 0.5);
    // The load falls below five when the seventh of eleven is ten minutes old, at 13.
    expect(isFlood(burst, 22.9 * MINUTE)).toBe(true);
    expect(isFlood(burst, 23 * MINUTE)).toBe(false);
    // One more meanwhile makes it five again, and the ten minutes begin anew.
    expect(isFlood([...burst, 13.2 * MINUTE], 23 * MINUTE)).toBe(true);
  });

  test('what has not been raised yet counts for nothing', () => {
    expect(isFlood(each(20, 40, 0.5), 10 * MINUTE)).toBe(false);
  });

  test('is what a clock that looks each second would say', () => {
    const times = fc.array(fc.integer({ min: 0, max: 3_600 }), { maxLength: 60 });
    fc.assert(
      fc.property(times, fc.integer({ min: 0, max: 4_200 }), (seconds, end) => {
        const raised = seconds.map((second) => second * 1_000);
        expect(isFlood(raised, end * 1_000)).toBe(lookedAtEachSecond(raised, end));
      }),
    );
  });
});

function lookedAtEachSecond(raised: readonly number[], end: number): boolean {
  let flood = false;
  let calm = 0;
  for (let second = 0; second <= end; second += 1) {
    const now = second * 1_000;
    const load = raised.filter((time) => time <= now && now - time < LOAD_WINDOW_MS).length;
    if (load > FLOOD) flood = true;
    calm = flood && load < 5 ? calm + 1 : 0;
    if (calm > 600) flood = false;
  }
  return flood;
}
