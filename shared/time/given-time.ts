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
  const e = given.e ?? (source === 'typed' ? 5 * 60_000 : 0);
  const base = {
    lo: given.at - e,
    hi: source === 'typed' ? Math.min(given.at + e, Math.max(writtenAt, given.at)) : given.at + e,
    est: given.at,
    e,
  };
  return { ...base, grade: source === 'typed' ? 'C' : 'B', given: source };
}
