import type { ClockReading } from './clock-reading.ts';
import type { EventTime } from './event-time.ts';

/** What the server knew at the push that brought an event: its own time and the writer's readings then. */
export type Receipt = { readonly server: number; readonly reading: Omit<ClockReading, 'anchor' | 'gps'> };

const MINUTE = 60_000;
/** Quartz drifts well under 100 ppm; 50 ppm plus two seconds is what two honest offsets may differ by. */
const AGREE_MS = 2_000;
const DRIFT = 50e-6;

/**
 * Bounds, estimate and grade of a tap. `floor`: the commit time of what its author had seen.
 *
 * Monotonic time never runs ahead of true time but may stop (sleep), so inside one page session it bounds:
 * the tap is at least (mono − anchor.mono) after the anchor, at most (push.mono − mono) before the push.
 */
export function deriveTime(tap: ClockReading, receipt: Receipt, floor: number): EventTime {
  const { lo, hi } = boundsOf(tap, receipt, floor);
  if (tap.gps !== undefined && tap.gps >= lo - AGREE_MS && tap.gps <= hi + AGREE_MS)
    return { lo, hi, est: clamp(tap.gps, lo, hi), e: AGREE_MS, grade: 'A' };
  if (hi - lo <= MINUTE) return { lo, hi, est: Math.round((lo + hi) / 2), e: Math.ceil((hi - lo) / 2), grade: 'A' };
  const offset = agreedOffset(tap, receipt);
  if (offset !== null) {
    const est = Math.round(tap.wall - offset.ms);
    if (est >= lo - offset.e && est <= hi + offset.e)
      return { lo, hi, est: clamp(est, lo, hi), e: Math.ceil(offset.e), grade: 'B' };
  }
  const middle = Math.round((lo + hi) / 2);
  const half = Math.ceil((hi - lo) / 2);
  return { lo, hi, est: middle, e: half, grade: hi - lo <= 15 * MINUTE ? 'B' : 'C' };
}

/** Readings that contradict each other by more than drift prove nothing: what remains is what the server knows. */
function boundsOf(tap: ClockReading, receipt: Receipt, floor: number): { lo: number; hi: number } {
  const widest = { lo: Math.min(floor, receipt.server), hi: receipt.server };
  const bounds = { lo: Math.max(widest.lo, lower(tap, floor)), hi: upper(tap, receipt) };
  if (bounds.lo <= bounds.hi) return bounds;
  const drift = AGREE_MS + DRIFT * Math.max(0, receipt.server - (tap.anchor?.server ?? receipt.server));
  const agree = bounds.lo - bounds.hi <= drift && bounds.hi >= widest.lo;
  return agree ? { lo: bounds.hi, hi: bounds.hi } : widest;
}

function lower(tap: ClockReading, floor: number): number {
  const anchor = tap.anchor;
  if (!anchor) return floor;
  const since = anchor.page === tap.page ? Math.max(0, tap.mono - anchor.mono) : 0;
  return Math.max(floor, Math.floor(anchor.server + since - anchor.halfTrip));
}

function upper(tap: ClockReading, receipt: Receipt): number {
  const same = receipt.reading.page === tap.page;
  return Math.ceil(receipt.server - (same ? Math.max(0, receipt.reading.mono - tap.mono) : 0));
}

/** Wall clock minus true time, if it was the same before the tap (anchor) and after it (push). */
function agreedOffset(tap: ClockReading, receipt: Receipt): { ms: number; e: number } | null {
  const anchor = tap.anchor;
  if (!anchor) return null;
  const before = anchor.wall - anchor.server;
  const after = receipt.reading.wall - receipt.server;
  const allowed = AGREE_MS + DRIFT * Math.max(0, receipt.server - anchor.server);
  if (Math.abs(after - before) > allowed) return null;
  return { ms: (before + after) / 2, e: allowed / 2 + anchor.halfTrip };
}

const clamp = (value: number, lo: number, hi: number): number => Math.min(Math.max(value, lo), hi);
