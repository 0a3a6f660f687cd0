import type { Rule } from '../event/rule-pack.ts';
import type { Judged } from './judge.ts';

/** Somebody is told when it runs out. The other rules are computed and reported. */
export const isWatched = ({ levels }: Rule): boolean => Object.keys(levels).length > 0;

/**
 * The clock that stands for its order where there is room for one: of those that are watched and wait for their stop
 * the one whose limit comes first; with none left the one that went worst.
 */
export function leading<T extends Pick<Judged, 'clock' | 'verdict'>>(judged: readonly T[]): T | null {
  const watched = judged.filter(({ clock, verdict }) => verdict !== null && isWatched(clock.rule));
  const waiting = watched.filter(({ clock }) => clock.stop === null);
  const next = waiting.toSorted((a, b) => a.clock.limit.to - b.clock.limit.to)[0];
  return next ?? WORST_FIRST.flatMap((is) => watched.findLast(({ verdict }) => verdict?.is === is) ?? [])[0] ?? null;
}

const WORST_FIRST = ['unknown', 'missed', 'met'] as const;
