import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { deriveTime, readEvidence } from '#shared/time/derive-time.ts';

import { isCaught } from './law.ts';
import { broken, forge, forgedA, judge, live, script, type Derive } from './time-laws.ts';
import { timeLaws } from './time-proof.ts';

const day = fc.tuple(script, fc.boolean());

describe('the time of a tap', () => {
  test('the truth is inside the bounds, an A is right within 5 s, an e is honest, a forged clock earns no A', () => {
    const taps = Number(process.env['TIME_TAPS'] ?? 12_000);
    const proven = timeLaws({ n: taps, seed: Number(process.env['LAW_SEED'] ?? Date.now() % 1_000_000) });
    process.stdout.write(`${JSON.stringify(proven.figures, null, 1)}\n`);
    expect(proven.failures).toEqual([]);
    expect(proven.runs).toBeGreaterThanOrEqual(taps);
  }, 3_600_000);

  test('nine of ten honest taps of a realistic shift judge by their estimate', () => {
    const { figures } = timeLaws({ n: 2_000, seed: 7 });
    expect(figures['A+B %']).toBeGreaterThanOrEqual(90);
  });
});

describe('whoever judges otherwise is caught', () => {
  /** Wrong ways to judge; each has been used somewhere. */
  const wrong: Readonly<Record<string, Derive>> = {
    'an unbroken row of marks makes an A': (tap, evidence, floor) => {
      const time = deriveTime(tap, evidence, floor);
      return time.why === 'offsets' ? { ...time, grade: 'A' } : time;
    },
    'a position fix is believed whatever clock stamped it': (tap, evidence, floor) => {
      const time = deriveTime(tap, evidence, floor);
      return typeof tap.gps === 'object' ? { ...time, est: tap.gps.at, e: 2_000, grade: 'A' } : time;
    },
    'a clock that was set back is overlooked': (tap, evidence, floor) =>
      deriveTime(tap, { ...evidence, line: { ...evidence.line, losses: [] } }, floor),
    'the monotonic clock is taken to run through sleep': (tap, evidence, floor) => {
      const time = deriveTime(tap, evidence, floor);
      const { anchor } = tap;
      if (anchor?.page !== tap.page) return time;
      return { ...time, est: Math.round(anchor.server + tap.mono - anchor.mono), e: 2_000, grade: 'A' };
    },
    'the wall clock makes bounds': (tap, evidence, floor) => {
      const time = deriveTime(tap, evidence, floor);
      return time.grade === 'B' ? { ...time, lo: time.est - time.e, hi: time.est + time.e } : time;
    },
    'bounds of a minute make an A': (tap, evidence, floor) => {
      const time = deriveTime(tap, evidence, floor);
      return time.hi - time.lo <= 60_000 ? { ...time, est: Math.round((time.lo + time.hi) / 2), grade: 'A' } : time;
    },
    'the estimate is said to be exact': (tap, evidence, floor) => ({ ...deriveTime(tap, evidence, floor), e: 1 }),
    'quartz is taken to be perfect': (tap, evidence, floor) => {
      const time = deriveTime(tap, evidence, floor);
      const { anchor } = tap;
      if (anchor?.page !== tap.page) return time;
      return { ...time, lo: Math.max(time.lo, anchor.server + tap.mono - anchor.mono + anchor.halfTrip) };
    },
    'the request itself is taken for a second contact': (tap, { receipt }, floor) =>
      deriveTime(tap, readEvidence({ server: receipt.server, reading: receipt.reading }), floor),
  };

  test.each(Object.entries(wrong))('%s', async (_name, derive) => {
    const property = fc.asyncProperty(day, ([world, gpsOwn]) => {
      const lived = judge(live(world, gpsOwn), derive).map(broken);
      const forged = judge(forge(world, gpsOwn), derive).map((one) => broken(one) ?? forgedA(one, gpsOwn));
      return Promise.resolve(![...lived, ...forged].some(Boolean));
    });
    expect(await isCaught(property, 3_000)).toBe(true);
  });
});
