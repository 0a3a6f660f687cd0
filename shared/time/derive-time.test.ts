import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { at } from '../../test/builders.ts';
import { FIRST_INSTANT, LAST_INSTANT } from './clock-reading.ts';
import { deriveTime, readEvidence } from './derive-time.ts';
import { EventTime } from './event-time.ts';
import { givenTime } from './given-time.ts';

const anchor = { server: at('14:00'), wall: at('14:00'), mono: 0, page: 'p1', halfTrip: 100 };
const tap = (clock: string, page: string, wallShift = 0) => ({
  wall: at(clock) + wallShift,
  mono: page === 'p1' ? at(clock) - at('14:00') : 5_000,
  page,
  anchor,
});
const push = (clock: string, page: string, wallShift = 0) =>
  readEvidence({
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

  test('earns no grade by readings that contradict each other', () => {
    const claimed = { ...tap('14:21', 'p1'), mono: 9e15 };
    const time = deriveTime(claimed, push('16:10', 'p1', 600_000), at('14:05'));
    expect(time).toMatchObject({ lo: at('14:05'), hi: at('16:10'), grade: 'C' });
  });

  test('is a time within what the server knows, whatever numbers a device sends', () => {
    const number = fc.double({ noNaN: true, noDefaultInfinity: true });
    const wall = fc.integer({ min: FIRST_INSTANT, max: LAST_INSTANT });
    const page = fc.constantFrom('p1', 'p2');
    const reading = { wall, mono: number, page };
    const halfTrip = fc.double({ min: 0, noNaN: true, noDefaultInfinity: true });
    const hostile = fc.record(
      { ...reading, anchor: fc.record({ ...reading, server: wall, halfTrip }), gps: wall },
      { requiredKeys: ['wall', 'mono', 'page'] },
    );
    fc.assert(
      fc.property(hostile, fc.record(reading), (claimed, read) => {
        const time = deriveTime(claimed, readEvidence({ server: at('16:10'), reading: read }), at('13:00'));
        expect(EventTime.safeParse(time).success).toBe(true);
        expect(time.lo).toBeGreaterThanOrEqual(at('13:00'));
        expect(time.hi).toBeLessThanOrEqual(at('16:10'));
        expect(time.est).toBeGreaterThanOrEqual(time.lo);
        expect(time.est).toBeLessThanOrEqual(time.hi);
      }),
      { numRuns: 2_000 },
    );
  });
});

test('a stated time stays a time, whatever is stated with it', () => {
  const stated = fc.record({
    at: fc.integer({ min: FIRST_INSTANT, max: LAST_INSTANT }),
    e: fc.double({ min: 0, max: 1e300, noNaN: true }),
  });
  fc.assert(
    fc.property(stated, fc.constantFrom('typed', 'import'), (given, source) => {
      expect(EventTime.safeParse(givenTime(given, source, at('16:10'))).success).toBe(true);
    }),
  );
});
