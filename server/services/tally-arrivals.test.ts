import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { createTally, type Counted } from './tally-arrivals.ts';

/** A clock of 45 minutes that stopped after so many, known exactly. */
function clock(minutes: number | null, more: Partial<Counted> = {}): Counted {
  const taken = minutes === null ? null : { est: minutes, least: minutes, most: minutes };
  const verdict =
    minutes === null
      ? null
      : minutes < 0
        ? ({ is: 'unknown', why: 'clock' } as const)
        : minutes <= 45
          ? ({ is: 'met', sure: true } as const)
          : ({ is: 'missed', overMs: (minutes - 45) * 60_000, evidence: true } as const);
  return { taken, verdict, limitMin: 45, averageTargetMin: 45, ceiling: null, ...more };
}

function tallyOf(clocks: readonly Counted[]) {
  const tally = createTally();
  for (const one of clocks) tally.add(one);
  return tally;
}

const figuresOf = (...clocks: readonly Counted[]) => tallyOf(clocks).figures();

describe('what is counted', () => {
  test('a stop before its origin counts as stopped, in the percentiles and as unknown, never as within', () => {
    expect(figuresOf(clock(-5), clock(45), clock(90.5))).toMatchObject({
      orders: 3,
      stopped: 3,
      within: { 45: 1, 90: 1, 120: 2 },
      p50Min: 45,
      p90Min: 90.5,
      averageMin: 43.5,
      met: 1,
      missed: 1,
      unknown: 1,
      unknownClock: 1,
    });
  });

  test('an order that ended without an arrival counts nowhere but in the orders', () => {
    expect(figuresOf(clock(null))).toMatchObject({ orders: 1, stopped: 0, p50Min: null, averageMin: null, met: 0 });
  });

  test('each verdict has a place of its own: silent is not clock, no evidence is not missed, unsure is still met', () => {
    const running = clock(null, { verdict: { is: 'running', leftMs: 1, paused: false } });
    const silent = clock(null, { verdict: { is: 'unknown', why: 'silent', since: 0 } });
    const given = clock(null, { verdict: { is: 'missed', overMs: 1, evidence: false } });
    const unsure = clock(20, { verdict: { is: 'met', sure: false } });
    expect(figuresOf(running, silent, given, unsure, clock(20), clock(50))).toMatchObject({
      orders: 6,
      running: 1,
      unknown: 1,
      unknownSilent: 1,
      unknownClock: 0,
      missed: 1,
      missedNoEvidence: 1,
      met: 2,
      metUnsure: 1,
    });
  });

  test('of an even number the upper middle is the p50', () => {
    expect(figuresOf(clock(10), clock(20), clock(30), clock(40))).toMatchObject({ p50Min: 30, p90Min: 40 });
  });
});

describe('how sure it is', () => {
  const doubtful = fc.record({ est: fc.integer({ min: 0, max: 500 }), doubt: fc.integer({ min: 0, max: 60 }) });

  test('whatever the true times are within their bounds, the figures lie within their spans', () => {
    const shifted = fc.tuple(doubtful, fc.double({ min: -1, max: 1, noNaN: true }));
    fc.assert(
      fc.property(fc.array(shifted, { minLength: 1, maxLength: 30 }), (all) => {
        const found = figuresOf(
          ...all.map(([{ est, doubt }]) => clock(est, { taken: { est, least: est - doubt, most: est + doubt } })),
        );
        const truth = figuresOf(...all.map(([{ est, doubt }, shift]) => clock(est + doubt * shift)));
        for (const [span, value] of [
          [found.p50Span, truth.p50Min],
          [found.p90Span, truth.p90Min],
          [found.averageSpan, truth.averageMin],
        ] as const) {
          expect(value).toBeGreaterThanOrEqual((span?.[0] ?? Infinity) - 0.01);
          expect(value).toBeLessThanOrEqual((span?.[1] ?? -Infinity) + 0.01);
        }
      }),
    );
  });

  test('the target is the mean of the promises the stopped fall under; limits are told as far as they differ', () => {
    const rural = { limitMin: 90, averageTargetMin: 90, ceiling: { limitMin: 120, over: true } };
    const urban = { ceiling: { limitMin: 60, over: false } };
    expect(figuresOf(clock(30, urban), clock(130, rural), clock(null, rural))).toMatchObject({
      averageTargetMin: 67.5,
      limitMin: [45, 90],
      ceilingMin: [60, 120],
      overCeiling: 2,
    });
  });
});

describe('the spread', () => {
  test('has every stop in its step, the last one all beyond, those before the origin apart', () => {
    const { stepMin, counts, before } = tallyOf([clock(-1), clock(0), clock(44.9), clock(45), clock(9_999)]).spread();
    expect(before).toBe(1);
    expect(counts.reduce((sum, one) => sum + one, 0)).toBe(4);
    expect([counts[0], counts[Math.floor(44.9 / stepMin)], counts[45 / stepMin], counts.at(-1)]).toEqual([1, 1, 1, 1]);
  });

  test('is never wider than a screen', () => {
    for (const limitMin of [1, 45, 1_440, 100_000])
      expect(tallyOf([clock(3, { limitMin })]).spread().counts.length).toBeLessThanOrEqual(49);
  });
});
