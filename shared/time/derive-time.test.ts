import { describe, expect, test } from 'vitest';

import { at } from '../../test/builders.ts';
import { deriveTime } from './derive-time.ts';

const anchor = { server: at('14:00'), wall: at('14:00'), mono: 0, page: 'p1', halfTrip: 100 };
const tap = (clock: string, page: string, wallShift = 0) => ({
  wall: at(clock) + wallShift,
  mono: page === 'p1' ? at(clock) - at('14:00') : 5_000,
  page,
  anchor,
});
const push = (clock: string, page: string, wallShift = 0) => ({
  server: at(clock),
  reading: { wall: at(clock) + wallShift, mono: at(clock) - at('14:00'), page },
});

describe('the time of a tap', () => {
  test('in one page session that never slept is known to the round trip, whatever the wall clock says', () => {
    const time = deriveTime(tap('14:21', 'p1', 3 * 3_600_000), push('16:10', 'p1', 3 * 3_600_000), 0);
    expect(time.grade).toBe('A');
    expect(Math.abs(time.est - at('14:21'))).toBeLessThanOrEqual(1_000);
  });

  test('after a restart it leans on a wall clock that kept the same offset before and after', () => {
    const time = deriveTime(tap('14:21', 'p2'), push('16:10', 'p3'), 0);
    expect(time).toMatchObject({ grade: 'B', est: at('14:21') });
  });

  test('after a restart with a clock that jumped it only knows the bounds', () => {
    const time = deriveTime(tap('14:21', 'p2'), push('16:10', 'p3', 600_000), 0);
    expect(time.grade).toBe('C');
    expect([time.lo, time.hi]).toEqual([at('14:00') - 100, at('16:10')]);
  });

  test('never lies before what its author had seen was committed', () => {
    expect(deriveTime(tap('14:21', 'p2'), push('16:10', 'p3', 600_000), at('14:15')).lo).toBe(at('14:15'));
  });
});
