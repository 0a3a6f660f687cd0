import { passed, type Fix, type Placed, type Timeline } from './timeline.ts';

/**
 * Bounds by satellites, or null. Only a fix whose time is not the wall clock's counts: many machines stamp fixes with
 * their own wall clock, and such a stamp proves nothing. One before and one after are needed: in between nobody can have
 * set the clock and let the machine sleep unseen.
 */
export function gpsBounds(line: Timeline, at: Placed, own: Fix | null): { lo: number; hi: number } | null {
  let lo = Number.NEGATIVE_INFINITY;
  let hi = Number.POSITIVE_INFINITY;
  for (const fix of own ? [...line.fixes, own] : line.fixes) {
    if (fix.page !== at.page || !isIndependent(fix)) continue;
    if (fix.got.mono <= at.mono) lo = Math.max(lo, fix.at + passed(fix.got.mono, at.mono));
    if (fix.asked.mono >= at.mono) hi = Math.min(hi, fix.at - passed(at.mono, fix.asked.mono));
  }
  return Number.isFinite(lo) && Number.isFinite(hi) ? { lo, hi } : null;
}

/** Taken while the clocks went on evenly, for longer than it takes to set a clock twice, and not by the wall clock. */
function isIndependent({ asked, got, at }: Fix): boolean {
  const took = got.mono - asked.mono;
  const steady = Math.abs(got.wall - asked.wall - took) <= EVEN_MS;
  return took >= 0 && took <= LONGEST_MS && steady && Math.abs(got.wall - at) > APART_MS;
}

const EVEN_MS = 500;
const LONGEST_MS = 10_000;
/** A fix that differs from the wall clock by more was not stamped by it. */
export const APART_MS = 60_000;
