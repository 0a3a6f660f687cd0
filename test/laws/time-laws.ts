import fc from 'fast-check';

import type { ClockReading } from '#shared/time/clock-reading.ts';
import { deriveTime, readEvidence, type Evidence } from '#shared/time/derive-time.ts';
import type { EventTime } from '#shared/time/event-time.ts';
import { offsetAt } from '#shared/time/wall-offset.ts';

import { createTablet, type Delivery, type Tablet, type Tap } from './tablet-clocks.ts';

/** What judges a tap; the laws are put to the real one and to wrong ones. */
export type Derive = (tap: ClockReading, evidence: Evidence, floor: number) => EventTime;

export const START = Date.UTC(2026, 10, 21, 8);
const SECOND = 1_000;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** A day of one tablet as a list of numbers, each one step; small numbers are small steps, so that examples shrink well. */
export type Script = { readonly rates: readonly [number, number]; readonly steps: readonly number[] };

export const script: fc.Arbitrary<Script> = fc.record({
  rates: fc.tuple(fc.integer({ min: -100, max: 100 }), fc.integer({ min: -100, max: 100 })),
  steps: fc.array(fc.nat(0x7fff_ffff), { minLength: 20, maxLength: 90, size: 'max' }),
});

const tabletOf = ({ rates }: Script): Tablet =>
  createTablet(START, { awake: 1 + rates[0] * 1e-6, asleep: 1 + rates[1] * 1e-6 });

/** The parts of a step: what it is, and three numbers in [0, 1) for how much. */
function partsOf(step: number): { what: number; a: number; b: number; c: number } {
  return {
    what: step % 100,
    a: ((step >>> 7) % 997) / 997,
    b: ((step >>> 11) % 691) / 691,
    c: ((step >>> 17) % 401) / 401,
  };
}

/** From milliseconds to hours, short ones as often as long ones. */
const long = (x: number): number => 50 * ((6 * HOUR) / 50) ** x;
const brief = (x: number): number => 5 + 400 * x * x;

/** Anything may happen: sleeps, reloads, reboots, pages side by side, clocks set and put right, answers lost, profiles restored. */
export function live(world: Script, gpsOwn: boolean): readonly Delivery[] {
  const tablet = tabletOf(world);
  const stamp = gpsOwn ? tablet.now : tablet.wall;
  let copy = tablet.profile();
  for (const step of world.steps) {
    const { what, a, b, c } = partsOf(step);
    if (what < 16) tablet.awake(Math.min(long(a), HOUR));
    else if (what < 28) tablet.sleep(long(a), b < 0.6);
    else if (what < 50) tablet.openTap(c < 0.5);
    else if (what < 62) tablet.submit();
    else if (what < 78)
      tablet.sync(brief(a) * (c > 0.97 ? 60 : 1), brief(b), {
        lost: c < 0.06,
        slept: c > 0.06 && c < 0.1 ? long(a) : 0,
      });
    else if (what < 82) tablet.closed(long(a));
    else if (what < 84) tablet.otherPage(step);
    else if (what < 87) tablet.setWall((b < 0.5 ? -1 : 1) * long(a));
    else if (what < 89) tablet.setWall(-tablet.offset() + c * 40);
    else if (what < 94) tablet.fix(stamp, 200 + a * 12 * SECOND, b * 3 * SECOND);
    else if (what < 95) tablet.fix(stamp, 300, 300, () => tablet.setWall((b < 0.5 ? -1 : 1) * long(a)));
    else if (what < 96) reboot(tablet, a, b);
    else if (what < 97) tablet.restore(copy);
    else if (what < 98) copy = tablet.profile();
    // Another zone shows another hour; the count of milliseconds stays.
    else tablet.awake(SECOND);
  }
  return delivered(tablet);
}

/** A machine that was off may come back with its clock years behind. */
function reboot(tablet: Tablet, a: number, b: number): void {
  if (b < 0.5) tablet.setWall(-long(a));
  tablet.closed(30 * SECOND + a * MINUTE);
}

function delivered(tablet: Tablet): readonly Delivery[] {
  tablet.submit();
  tablet.sync(50, 50, { lost: false, slept: 0 });
  return tablet.deliveries;
}

/** Out of coverage somebody sets the clock back, taps, and sets it forward again; whatever else happens around it. */
export function forge(world: Script, gpsOwn: boolean): readonly Delivery[] {
  const tablet = tabletOf(world);
  const steps = world.steps.map(partsOf);
  const [first = partsOf(0), ...rest] = steps;
  tablet.awake(MINUTE);
  tablet.sync(40, 40, { lost: false, slept: 0 });
  const back = 2 * MINUTE + first.a * 3 * HOUR;
  const scenes = [rest.slice(0, 4), rest.slice(4, 6), rest.slice(6, 8), rest.slice(8, 14)];
  const [before = [], away = [], after = [], late = []] = scenes;
  for (const step of before) quiet(tablet, step, gpsOwn);
  if (first.b < 0.5) tablet.sleep(back + first.c * HOUR, false);
  tablet.setWall(-back);
  // Setting a clock by hand takes the better part of a minute in which the machine is awake.
  tablet.awake(20 * SECOND);
  for (const step of away) quiet(tablet, step, gpsOwn);
  tablet.openTap(true);
  tablet.submit();
  for (const step of after) quiet(tablet, step, gpsOwn);
  tablet.awake(20 * SECOND);
  const stamp = gpsOwn ? tablet.now : tablet.wall;
  // A fix that was stamped by the wrong clock may be delivered when the clock is right again.
  if (first.c < 0.5) tablet.fix(stamp, first.c * SECOND, SECOND, () => tablet.setWall(back));
  else tablet.setWall(back);
  for (const step of late) quiet(tablet, step, gpsOwn);
  return delivered(tablet);
}

/** A step without contact. */
function quiet(tablet: Tablet, { what, a, b }: ReturnType<typeof partsOf>, gpsOwn: boolean): void {
  if (what < 35) tablet.awake(Math.min(long(a), HOUR));
  else if (what < 65) tablet.sleep(long(a), b < 0.5);
  else if (what < 80) tablet.closed(long(a));
  else if (what < 90) tablet.fix(gpsOwn ? tablet.now : tablet.wall, 200 + a * 12 * SECOND, b * 3 * SECOND);
  else if (what < 94) tablet.otherPage(what);
}

export type Judged = { readonly tap: Tap; readonly time: EventTime; readonly delivery: Delivery };

export function judge(deliveries: readonly Delivery[], derive: Derive = deriveTime): Judged[] {
  return deliveries.flatMap((delivery) => {
    const evidence = readEvidence(delivery.receipt);
    return delivery.taps.map((tap) => ({ tap, time: derive(tap.reading, evidence, START - HOUR), delivery }));
  });
}

/** What a judged tap breaks, as a sentence, or null. */
export function broken({ tap, time, delivery }: Judged): string | null {
  const off = Math.abs(time.est - tap.truth);
  if (tap.truth < time.lo || tap.truth > time.hi) return `the truth ${tap.truth} is outside [${time.lo}, ${time.hi}]`;
  if (time.grade === 'A' && off > 5 * SECOND) return `an A (${time.why}) is ${off} ms off`;
  if (off > time.e + 1 && (time.grade !== 'B' || stoodAsAtAContact(tap, delivery)))
    return `a ${time.grade} (${time.why}) ± ${time.e} ms is ${off} ms off`;
  return null;
}

/** Has a forged tap an A? Only satellites may give one, and then it is the truth (see `broken`). */
export const forgedA = ({ time }: Judged, gpsOwn: boolean): string | null =>
  time.grade === 'A' && !(gpsOwn && time.why === 'gps') ? `a forged tap has an A (${time.why})` : null;

/**
 * Did the wall clock at the tap stand as at the contact before or as at the one after, drift apart? A clock that was
 * taken away before the tap and brought back after it is the forgery, whoever did it.
 */
export function stoodAsAtAContact(tap: Tap, { truths, receipt }: Delivery): boolean {
  const sent = new Set((receipt.chain ?? []).flatMap((run) => (run.exchanges ?? []).map((one) => one.answered)));
  const seen = truths.filter(({ exchange }) => sent.has(exchange.answered) && offsetAt({ ...exchange, page: '' }));
  const before = seen.findLast(({ got }) => got <= tap.truth);
  const after = seen.find(({ sent: at }) => at >= tap.truth);
  return [before, after].some(
    (one) => one !== undefined && Math.abs(one.offset - tap.offset) <= 2 + 1e-4 * Math.abs(one.got - tap.truth),
  );
}
