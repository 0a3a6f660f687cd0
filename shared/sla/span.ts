import type { EventTime } from '../time/event-time.ts';

/** A time for judging, ms: a point where from = to, else somewhere in between. */
export type Span = { readonly from: number; readonly to: number };

/** A time, and whether a person accepted it: then its estimate is the time, whatever else is known of it. */
export type Timed = { readonly time: EventTime; readonly accepted: boolean };

/** The estimate may be trusted as a point: graded A or B and not typed, or accepted by a person. */
export const isSure = ({ time, accepted }: Timed): boolean =>
  accepted || (time.grade !== 'C' && time.given !== 'typed');

export const spanOf = (timed: Timed): Span =>
  isSure(timed) ? { from: timed.time.est, to: timed.time.est } : { from: timed.time.lo, to: timed.time.hi };

/** The earliest it can have been, the doubt around an estimate granted. */
export const notBefore = (timed: Timed): number => {
  if (timed.accepted) return timed.time.est;
  return isSure(timed) ? timed.time.est - timed.time.e : timed.time.lo;
};

/** Sure ones outrank unsure ones that a clock gave, and these what somebody typed. Gives those of the best rank. */
export function bestOf<T extends Timed>(times: readonly T[]): readonly T[] {
  const best = Math.min(...times.map(rankOf));
  return times.filter((one) => rankOf(one) === best);
}

const rankOf = (timed: Timed): number => (isSure(timed) ? 0 : timed.time.given === 'typed' ? 2 : 1);
