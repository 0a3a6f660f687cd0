import { LAST_INSTANT, type ClockChain, type ClockReading, type Moment } from './clock-reading.ts';
import type { EventTime, TimeReason } from './event-time.ts';
import { gpsBounds } from './gps-time.ts';
import { createTimeline, DRIFT, isOrdered, lost, passed, STEERED_MS, type Timeline } from './timeline.ts';
import { byWall, contactAfter, contactBefore, offsetOfAnchor, type ByWall, type Offset } from './wall-offset.ts';

/**
 * What the server knew at the push that brought an event: its own time, the writer's readings when it asked, and what
 * the writer's clocks showed since its last contact. Without `chain` the writer is an early client.
 */
export type Receipt = {
  readonly server: number;
  readonly reading: ClockReading;
  readonly chain?: ClockChain | undefined;
};

/** Readies the evidence of one request for all its events. */
export type Evidence = { readonly receipt: Receipt; readonly line: Timeline };

export function readEvidence(receipt: Receipt): Evidence {
  const chain = receipt.chain && isOrdered(receipt.chain) ? receipt.chain : [];
  return { receipt, line: createTimeline(chain, receipt.reading, receipt.server) };
}

/**
 * Bounds, estimate and grade of a tap. `floor`: the commit time of what its author had seen.
 *
 * A never leans on the wall clock. B trusts that at the tap it stood as at the contact before or as at the one after.
 */
export function deriveTime(tap: ClockReading, evidence: Evidence, floor: number): EventTime {
  const { line } = evidence;
  const bounds = boundsOf(tap, evidence, floor);
  const { lo, hi } = bounds;
  const graded = (grade: EventTime['grade'], why: TimeReason, { est, e }: ByWall): EventTime => {
    const inside = clamp(Math.round(est), lo, hi);
    return { lo, hi, est: inside, e: Math.ceil(e), grade, why };
  };
  const middle = { est: (lo + hi) / 2, e: (hi - lo) / 2 };
  if (bounds.contradict) return graded('C', 'contradiction', middle);

  const around = surroundings(tap, evidence);
  const { before, after, loss } = around;
  const wasSetBack = loss > STEERED_MS;
  if (hi - lo <= EXACT_MS) return wasSetBack ? graded('B', 'narrow', middle) : graded('A', 'session', middle);

  const fix = typeof tap.gps === 'object' ? { ...tap.gps, page: tap.page } : null;
  const gps = gpsBounds(line, tap, fix);
  if (gps && !wasSetBack && gps.hi - gps.lo <= EXACT_MS && gps.hi >= gps.lo - STEERED_MS) {
    const e = Math.abs(gps.hi - gps.lo) / 2 + GPS_MS;
    const est = (gps.lo + gps.hi) / 2;
    if (est >= lo - e && est <= hi + e) return graded('A', 'gps', { est, e });
  }

  const wall = before && after ? wallEstimate(tap, { ...around, before, after, lo, hi }) : null;
  if (wall?.by) return graded('B', wall.why, wall.by.e < middle.e ? wall.by : middle);
  if (hi - lo <= NARROW_MS) return graded('B', 'narrow', middle);
  return graded('C', wall?.why ?? missing(wasSetBack, before), middle);
}

const missing = (wasSetBack: boolean, before: Offset | null): TimeReason => {
  if (wasSetBack) return 'setBack';
  return before ? 'slept' : 'noAnchor';
};

/** Readings that contradict each other by more than drift prove nothing: what remains is what the server knows. */
function boundsOf(tap: ClockReading, { receipt, line }: Evidence, floor: number) {
  const widest = { lo: Math.min(floor, receipt.server), hi: receipt.server };
  const chained = line.bounds(tap);
  const { anchor } = tap;
  let lo = Math.max(widest.lo, chained.lo);
  if (anchor)
    lo = Math.max(lo, anchor.server - anchor.halfTrip + (anchor.page === tap.page ? passed(anchor.mono, tap.mono) : 0));
  const outward = { lo: Math.floor(lo), hi: Math.ceil(chained.hi) };
  if (outward.lo <= outward.hi) return { ...outward, contradict: false };
  const slack = STEERED_MS + DRIFT * Math.max(0, receipt.server - (anchor?.server ?? receipt.server));
  const agree = outward.lo - outward.hi <= slack && outward.hi >= widest.lo;
  return agree
    ? { lo: outward.hi, hi: outward.hi, contradict: false }
    : { lo: widest.lo, hi: Math.min(widest.hi, LAST_INSTANT), contradict: true };
}

/** `loss`: how much the wall clock visibly lost between the two contacts, ms. */
type Surroundings = { readonly before: Offset | null; readonly after: Offset | null; readonly loss: number };

/** The offsets at the contacts around a tap, and what the wall clock lost between them. */
function surroundings(tap: ClockReading, { receipt, line }: Evidence): Surroundings {
  const earlier = contactBefore(line, tap);
  const later = contactAfter(line, tap);
  const byAnchor = tap.anchor ? offsetOfAnchor(tap.anchor) : null;
  // An early client's anchor and request have to do as its contacts; a chain that does not reach back hides set-backs.
  const pushed: Offset = { ms: receipt.reading.wall - receipt.server, e: STEERED_MS, at: receipt.server };
  const before = receipt.chain ? (earlier?.offset ?? null) : byAnchor;
  const after = receipt.chain ? (later?.offset ?? null) : pushed;
  const place = line.between(tap);
  const [from, to] = [earlier?.index ?? 0, later?.index ?? line.size - 1];
  const [previous, next] = [line.node(place.after), line.node(place.before)];
  const { anchor } = tap;
  const anchored = anchor?.page === tap.page ? anchor : undefined;
  const asked = receipt.reading.page === tap.page ? receipt.reading : undefined;
  // A tap that was not written down itself may show a loss against its neighbours.
  const own = lossOf(previous ?? anchored, tap) + lossOf(tap, next ?? asked);
  const [ended, began] = [place.after, place.before < 0 ? place.after : place.before];
  return { before, after, loss: lossBetween(line, from, ended) + own + lossBetween(line, began, to) };
}

/** Several pages of one app count the same loss each: the greatest sum of one of them is what was lost. */
function lossBetween(line: Timeline, from: number, to: number): number {
  const sums = new Map<string, number>();
  for (const loss of line.losses)
    if (loss.to > from && loss.from < to) sums.set(loss.page, (sums.get(loss.page) ?? 0) + loss.ms);
  return Math.max(0, ...sums.values());
}

function lossOf(from: Moment | undefined, to: Moment | undefined): number {
  const ms = from && to ? lost(from, to) : 0;
  return ms > STEERED_MS ? ms : 0;
}

type Around = Surroundings & {
  readonly before: Offset;
  readonly after: Offset;
  readonly lo: number;
  readonly hi: number;
};

/** What the wall clock says, as far as the bounds and what it visibly lost allow. */
function wallEstimate(tap: ClockReading, around: Around): { by: ByWall | null; why: TimeReason } {
  const { before, after, loss, lo, hi } = around;
  const fell = Math.max(0, before.ms - after.ms) + before.e + after.e;
  // A loss that the two offsets do not explain was made good again unseen.
  if (loss > fell + STEERED_MS) return { by: null, why: 'setBack' };
  const says = byWall(tap.wall, before, after);
  const fits = ({ est, e }: ByWall): boolean => est >= lo - e && est <= hi + e;
  if ('agree' in says) return fits(says.agree) ? { by: says.agree, why: 'offsets' } : { by: null, why: 'changed' };
  const [early, late] = says.sides;
  const possible = says.sides.filter(fits);
  const only = possible[0];
  if (!only) return { by: null, why: 'changed' };
  if (possible.length === 1) return { by: only, why: 'step' };
  const both = { est: (early.est + late.est) / 2, e: Math.abs(early.est - late.est) / 2 + Math.max(early.e, late.e) };
  return both.e <= MINUTE ? { by: both, why: 'offsets' } : { by: null, why: 'changed' };
}

const MINUTE = 60_000;
/** Bounds whose middle is the true time within five seconds. */
const EXACT_MS = 9_900;
const NARROW_MS = 15 * MINUTE;
/** The time of a fix is that of the satellites within this. */
const GPS_MS = 100;

const clamp = (value: number, lo: number, hi: number): number => Math.min(Math.max(value, lo), hi);
