import { FIRST_INSTANT, LAST_INSTANT } from './clock-reading.ts';
import type { EventTime } from './event-time.ts';

/**
 * A time somebody stated. `typed` at the desk: could be anything up to when it was written down (grade C).
 * `import`: another system's record, ± `e` ms as the mapping says (grade B: the estimate may judge).
 */
export function givenTime(
  given: { at: number; e?: number | undefined },
  source: 'typed' | 'import',
  writtenAt: number,
): EventTime {
  // Any number may be stated as the doubt; bounds have to stay times.
  const e = Math.ceil(given.e ?? (source === 'typed' ? 5 * 60_000 : 0));
  const latest = Math.min(given.at + e, LAST_INSTANT);
  return {
    lo: Math.max(given.at - e, FIRST_INSTANT),
    hi: source === 'typed' ? Math.min(latest, Math.max(writtenAt, given.at)) : latest,
    est: given.at,
    e,
    grade: source === 'typed' ? 'C' : 'B',
    given: source,
    why: source,
  };
}
