import fc from 'fast-check';

import { broken, forge, forgedA, judge, live, script } from './time-laws.ts';
import { chance, noShares, workShift, type Shares } from './time-shift.ts';

type Figures = Readonly<Record<string, number>>;
type TimesProven = {
  readonly runs: number;
  readonly faults: number;
  readonly failures: readonly string[];
  readonly figures: Figures;
};

/** Enough for shares of a tenth of a percent; the laws are about the other worlds. */
const SHIFT_TAPS = 200_000;
/** Examples that one seed gives. */
const DAYS = 500;

/**
 * Puts the laws of time to at least `n` simulated taps: days in which anything happens, forgeries, and realistic shifts,
 * whose shares of grades are the figures. A failure names the example that `fc` shrank it to.
 */
export function timeLaws({ n, seed }: { n: number; seed: number }): TimesProven {
  const tally = { lived: 0, forged: 0, A: 0, B: 0, C: 0 };
  const days = fc.property(fc.tuple(script, fc.boolean()), ([world, gpsOwn]) => {
    for (const judged of judge(live(world, gpsOwn))) {
      tally.lived += 1;
      fail(broken(judged));
    }
    for (const judged of judge(forge(world, gpsOwn))) {
      tally.forged += 1;
      tally[judged.time.grade] += 1;
      fail(broken(judged) ?? forgedA(judged, gpsOwn));
    }
  });
  const failures: string[] = [];
  for (let round = 0; done(tally) < n && failures.length === 0; round += 1) {
    const found = fc.check(days, { numRuns: DAYS, seed: seed + round });
    if (found.failed) failures.push(fc.defaultReportMessage(found) ?? 'failed');
  }
  const shares = noShares();
  const random = chance(seed);
  const enough = Math.min(n, SHIFT_TAPS);
  while (!isEnough(shares, enough) && failures.length === 0) workShift(random, shares);
  const percent = (part: number): number => Math.round((part / Math.max(1, shares.taps)) * 1_000) / 10;
  const why = Object.fromEntries(
    Object.entries(shares.why).map(([name, count]) => [`shift ${name} %`, percent(count)]),
  );
  return {
    runs: done(tally) + shares.taps,
    faults: tally.forged,
    failures: [...failures, ...shares.failures],
    figures: {
      taps: tally.lived,
      'forged taps': tally.forged,
      'forged A (true, by satellites)': tally.A,
      'forged B': tally.B,
      'forged C': tally.C,
      'shift taps': shares.taps,
      'A %': percent(shares.A),
      'B %': percent(shares.B),
      'C %': percent(shares.C),
      'A+B %': percent(shares.A + shares.B),
      'proves an arrival in time %': percent(shares.proves),
      'judges it in time %': percent(shares.inTime),
      ...why,
    },
  };
}

const done = ({ lived, forged }: { lived: number; forged: number }): number => lived + forged;
const isEnough = ({ taps }: Shares, enough: number): boolean => taps >= enough;

function fail(what: string | null): void {
  if (what) throw new Error(what);
}
