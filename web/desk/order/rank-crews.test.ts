import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { type Chance, type CrewKnown, rankCrews } from './rank-crews.ts';

const MINUTE = 60_000;
const worth: { readonly [C in Chance]: number } = { inTime: 2, cannotSay: 1, tooLate: 0 };

const crew = fc.record({
  name: fc.string({ maxLength: 4 }),
  metres: fc.option(fc.integer({ min: 0, max: 60_000 })),
  fixAgeMs: fc.option(fc.integer({ min: 0, max: 180 * MINUTE })),
  silentMs: fc.option(fc.integer({ min: 0, max: 180 * MINUTE })),
  orders: fc.nat(9),
  atWork: fc.boolean(),
}) satisfies fc.Arbitrary<CrewKnown>;
const left = fc.option(fc.integer({ min: -60 * MINUTE, max: 180 * MINUTE }));

const chanceOf = (known: CrewKnown, leftMs: number | null): number => worth[rankCrews([known], leftMs)[0]!.chance];
const near = (more: Partial<CrewKnown> = {}): CrewKnown => ({
  name: '抢修2班',
  metres: 3_000,
  fixAgeMs: 2 * MINUTE,
  silentMs: MINUTE,
  orders: 0,
  atWork: false,
  ...more,
});

describe('ranking crews for an order', () => {
  test('who stands first does not depend on who was named first, and nobody is left out', () => {
    const law = fc.property(fc.array(crew, { maxLength: 12 }), left, (crews, leftMs) => {
      const shown = (all: readonly CrewKnown[]) =>
        rankCrews(all, leftMs).map(({ known: { name, orders }, chance, toMs }) => [name, orders, chance, toMs]);
      const there = shown(crews);
      return there.length === crews.length && JSON.stringify(there) === JSON.stringify(shown(crews.toReversed()));
    });
    expect(fc.check(law).counterexample).toBeNull();
  });

  test('in time is who is there before the limit at the latest; not in time who is not there at the earliest', () => {
    const law = fc.property(crew, left, (known, leftMs) => {
      const { chance, fromMs, toMs } = rankCrews([known], leftMs)[0]!;
      if (chance === 'inTime') return toMs !== null && leftMs !== null && toMs <= leftMs;
      if (chance === 'tooLate') return fromMs !== null && leftMs !== null && fromMs > leftMs;
      return (fromMs === null) === (toMs === null) && (fromMs ?? 0) <= (toMs ?? 0);
    });
    expect(fc.check(law).counterexample).toBeNull();
  });

  test('knowing less never makes a crew sure: an older fix, longer silence, work at a place', () => {
    const law = fc.property(crew, left, fc.integer({ min: 0, max: 60 * MINUTE }), (known, leftMs, more) => {
      const isSure = (one: CrewKnown) => chanceOf(one, leftMs) === worth.inTime;
      const older = { ...known, fixAgeMs: known.fixAgeMs === null ? null : known.fixAgeMs + more };
      const quieter = { ...known, silentMs: known.silentMs === null ? null : known.silentMs + more };
      const less = [older, quieter, { ...known, atWork: true }, { ...known, metres: null }];
      return isSure(known) || !less.some(isSure);
    });
    expect(fc.check(law).counterexample).toBeNull();
  });

  test('farther away, or with less time left, is never better', () => {
    const law = fc.property(crew, left, fc.integer({ min: 0, max: 20_000 }), (known, leftMs, more) => {
      const farther = { ...known, metres: known.metres === null ? null : known.metres + more };
      const shorter = leftMs === null ? null : leftMs - more;
      const now = chanceOf(known, leftMs);
      return chanceOf(farther, leftMs) <= now && chanceOf(known, shorter) <= now;
    });
    expect(fc.check(law).counterexample).toBeNull();
  });

  test('a crew that may or may not be in time says why', () => {
    const law = fc.property(crew, left, (known, leftMs) => {
      const { chance, reasons } = rankCrews([known], leftMs)[0]!;
      return chance !== 'cannotSay' || reasons.length > 0;
    });
    expect(fc.check(law).counterexample).toBeNull();
  });

  test.each([
    ['near, with news and free', near(), 31, 'inTime', []],
    ['the same, but silent', near({ silentMs: 53 * MINUTE }), 31, 'cannotSay', ['silent']],
    [
      'the same, but its place is 53 minutes old',
      near({ fixAgeMs: 53 * MINUTE }),
      31,
      'cannotSay',
      ['oldFix', 'straddles'],
    ],
    ['at work somewhere', near({ atWork: true }), 31, 'cannotSay', ['atWork', 'straddles']],
    ['forty kilometres away', near({ metres: 40_000 }), 31, 'tooLate', []],
    ['never placed', near({ metres: null }), 31, 'cannotSay', ['noPlace']],
    ['past the limit already', near(), -1, 'tooLate', []],
  ] as const)('%s', (_, known, leftMin, chance, reasons) => {
    expect(rankCrews([known], leftMin * MINUTE)[0]).toMatchObject({ chance, reasons });
  });
});
