import { createTablet, type Tablet } from './tablet-clocks.ts';
import { broken, judge, type Judged } from './time-laws.ts';

const SECOND = 1_000;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const SHIFT = 12 * HOUR;
const START = Date.UTC(2026, 10, 21, 8);

/** What became of the honest taps of a shift. `proves`: how many could withdraw an alert (A, or B with `hi` in time). */
export type Shares = {
  taps: number;
  A: number;
  B: number;
  C: number;
  proves: number;
  inTime: number;
  why: Record<string, number>;
  failures: string[];
};

export const noShares = (): Shares => ({ taps: 0, A: 0, B: 0, C: 0, proves: 0, inTime: 0, why: {}, failures: [] });

/**
 * One crew's shift of twelve hours. The tablet is awake 20 to 60 % of it, a minute to ten at a time; half the day it is
 * out of coverage, half an hour to four at a time. Most clocks are right within seconds, one in twenty is off by up to
 * three hours; the network puts some right, one in a hundred shifts somebody sets a clock, one in three the app restarts.
 */
export function workShift(random: () => number, shares: Shares): void {
  const tablet = createTablet(START, { awake: 1 + drift(random), asleep: 1 + drift(random) });
  tablet.setWall(random() < 0.05 ? (random() - 0.5) * 6 * HOUR : (random() - 0.5) * 20 * SECOND);
  const gpsOwn = random() < 0.5;
  const share = 0.2 + 0.4 * random();
  const putRight = random() < 0.5;
  let signalEnds = START + MINUTE + random() * HOUR;
  let covered = true;
  const end = START + SHIFT;
  tablet.sync(80, 120, { lost: false, slept: 0 });
  while (tablet.now() < end) {
    const spell = MINUTE + random() * 9 * MINUTE;
    const until = tablet.now() + spell;
    let asked = false;
    while (tablet.now() < until) {
      if (tablet.now() > signalEnds) {
        covered = !covered;
        signalEnds = tablet.now() + (covered ? 0.3 + 2 * random() : 0.5 + 3.5 * random()) * HOUR;
      }
      if (covered && !asked) {
        // Awake and in coverage: the app asks within seconds, and the network may put the clock right first.
        tablet.awake(500 + random() * 3 * SECOND);
        if (putRight && random() < 0.02) tablet.setWall(-tablet.offset() + random() * 50);
        contact(tablet, random);
        asked = random() < 0.97;
      }
      if (gpsOwn && Math.abs(tablet.offset()) > MINUTE) tablet.fix(tablet.now, 300 + random() * SECOND, 100);
      tablet.awake(10 * SECOND + random() * 50 * SECOND);
      if (random() < 0.06) tap(tablet, random, covered);
    }
    if (random() < 0.0003) tablet.setWall((random() - 0.5) * HOUR);
    if (random() < 0.005) tablet.closed(random() * 10 * MINUTE);
    tablet.sleep(((spell * (1 - share)) / share) * (0.4 + 1.2 * random()), random() < 0.9);
  }
  tablet.awake(5 * SECOND);
  contact(tablet, random);
  for (const judged of judge(tablet.deliveries)) count(judged, shares, random);
}

function tap(tablet: Tablet, random: () => number, covered: boolean): void {
  tablet.openTap(true);
  tablet.awake(SECOND + random() * 10 * SECOND);
  tablet.submit();
  if (covered) contact(tablet, random);
}

const contact = (tablet: Tablet, random: () => number): void =>
  tablet.sync(40 + 400 * random() ** 3, 40 + 400 * random() ** 3, { lost: random() < 0.01, slept: 0 });

const drift = (random: () => number): number => (random() - 0.5) * 2e-4;

/** Each tap is taken for an arrival that was in time, by up to three quarters of an hour. */
function count(judged: Judged, shares: Shares, random: () => number): void {
  const { time, tap: made } = judged;
  const failure = broken(judged);
  if (failure) shares.failures.push(failure);
  const limit = made.truth + random() * 45 * MINUTE;
  const why = `${time.grade} ${time.why ?? ''}`;
  shares.taps += 1;
  shares[time.grade] += 1;
  shares.why[why] = (shares.why[why] ?? 0) + 1;
  if (time.est <= limit && (time.grade === 'A' || (time.grade === 'B' && time.hi <= limit))) shares.proves += 1;
  if (time.grade !== 'C' && time.est <= limit) shares.inTime += 1;
}

/** Random numbers in [0, 1) from a seed. */
export function chance(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
