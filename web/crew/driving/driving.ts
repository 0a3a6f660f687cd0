import type { Fix } from '../../read/client-context.ts';
import { metresBetween } from '../distance.ts';

/** `since`: when the speed went over (or under) the limit, ms; null: it agrees with `driving`. */
export type Motion = { readonly driving: boolean; readonly since: number | null; readonly last: Fix | null };

export const AT_REST: Motion = { driving: false, since: null, last: null };

/** 10 km/h: nobody walks that fast with a ladder. */
const MOVING_MS = 10 / 3.6;
/** So long above it is driving; a red light is not the end of it. */
const STARTS_AFTER_MS = 10_000;
const ENDS_AFTER_MS = 30_000;
/** Fixes further apart say nothing about the time between. */
const GAP_MS = 60_000;

/** What a new fix says about whether the van is moving. */
export function afterFix(motion: Motion, fix: Fix | null): Motion {
  if (!fix) return AT_REST;
  if (motion.last && fix.at <= motion.last.at) return motion;
  const speed = speedOf(motion.last, fix);
  if (speed === null) return { ...motion, since: null, last: fix };
  if (speed > MOVING_MS === motion.driving) return { ...motion, since: null, last: fix };
  const since = motion.since ?? motion.last?.at ?? fix.at;
  const enough = fix.at - since >= (motion.driving ? ENDS_AFTER_MS : STARTS_AFTER_MS);
  return enough ? { driving: !motion.driving, since: null, last: fix } : { ...motion, since, last: fix };
}

/** Metres per second: as the device says, else over the way since the last fix, less what both may be wrong by. */
function speedOf(before: Fix | null, fix: Fix): number | null {
  if (fix.speed !== undefined) return fix.speed;
  if (!before || fix.at - before.at > GAP_MS) return null;
  const doubt = (before.acc ?? 0) + (fix.acc ?? 0);
  return Math.max(0, metresBetween(before, fix) - doubt) / ((fix.at - before.at) / 1000);
}
