import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { createDays, daysBetween, isZone, monthOf, nextDay, weekOf } from './local-day.ts';

const HOUR = 3_600_000;
const ZONES = ['Asia/Shanghai', 'America/Los_Angeles', 'America/Havana', 'Africa/Cairo', 'Australia/Lord_Howe'];
const at = (iso: string): number => Date.parse(iso);

describe('the days of a zone', () => {
  test('begin at its own midnight', () => {
    const days = createDays('Asia/Shanghai');
    expect(days.start('2026-11-21')).toBe(at('2026-11-20T16:00:00Z'));
    expect(days.of(at('2026-11-20T16:00:00Z'))).toBe('2026-11-21');
    expect(days.of(at('2026-11-20T15:59:59.999Z'))).toBe('2026-11-20');
  });

  test('are 23 and 25 hours long where clocks change', () => {
    const days = createDays('America/Los_Angeles');
    expect(days.start('2021-03-15') - days.start('2021-03-14')).toBe(23 * HOUR);
    expect(days.start('2021-11-08') - days.start('2021-11-07')).toBe(25 * HOUR);
    expect(days.of(at('2021-11-08T07:59:00Z'))).toBe('2021-11-07');
  });

  test('begin at one where midnight is left out, and at the first of two midnights', () => {
    const cairo = createDays('Africa/Cairo');
    expect(cairo.start('2024-04-26')).toBe(at('2024-04-25T22:00:00Z'));
    expect(cairo.of(at('2024-04-25T22:00:00Z'))).toBe('2024-04-26');
    const havana = createDays('America/Havana');
    expect(havana.start('2021-11-07')).toBe(at('2021-11-07T04:00:00Z'));
    expect(havana.start('2021-11-08') - havana.start('2021-11-07')).toBe(25 * HOUR);
  });

  test('hold each instant of theirs, in whatever order they are asked', () => {
    const instants = fc.integer({ min: at('1995-01-01T00:00:00Z'), max: at('2035-01-01T00:00:00Z') });
    fc.assert(
      fc.property(fc.constantFrom(...ZONES), fc.array(instants, { minLength: 1, maxLength: 6 }), (zone, times) => {
        const days = createDays(zone);
        for (const time of times) {
          const day = days.of(time);
          expect(days.start(day)).toBeLessThanOrEqual(time);
          expect(days.start(nextDay(day, 1))).toBeGreaterThan(time);
          expect(createDays(zone).of(time)).toBe(day);
        }
      }),
    );
  });

  test('follow one another through leap days and years', () => {
    expect(nextDay('2028-02-28', 1)).toBe('2028-02-29');
    expect(nextDay('2027-01-01', -1)).toBe('2026-12-31');
  });

  test('lie in weeks from Monday and in months', () => {
    expect(['2026-11-16', '2026-11-21', '2026-11-22', '2026-11-23'].map(weekOf)).toEqual([
      '2026-11-16',
      '2026-11-16',
      '2026-11-16',
      '2026-11-23',
    ]);
    expect([weekOf('2027-01-01'), monthOf('2028-02-29')]).toEqual(['2026-12-28', '2028-02-01']);
    expect([daysBetween('2028-02-28', '2028-03-01'), daysBetween('2026-01-02', '2026-01-01')]).toEqual([2, -1]);
  });

  test('reach as far as they can be written', () => {
    for (const zone of ZONES)
      for (const day of ['0001-01-01', '0099-12-31', '9999-12-31'])
        expect(createDays(zone).of(createDays(zone).start(day))).toBe(day);
    const days = createDays('Asia/Shanghai');
    expect(days.start(nextDay('9999-12-31', 1)) - days.start('9999-12-31')).toBe(24 * HOUR);
  });

  test.each(['Nowhere/City', '', 'Asia/Shanghai; drop'])('“%s” is no zone', (name) => {
    expect(isZone(name)).toBe(false);
  });
});
