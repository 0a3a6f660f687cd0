import { createRows, drawFrom } from './draw.ts';
import { ENGINE, type Engine } from './judging-engine.ts';
import { difference } from './oracle-compare.ts';
import { storyOf, type Story } from './oracle-stories.ts';

/** More choices than a story makes. */
export const ROW_LENGTH = 220;

/** A story on which engine and oracle differ, made as simple as it stays different, and how. */
export type Found = { readonly seed: number; readonly difference: string; readonly story: Story };

type Search = { readonly from: number; readonly runs: number; readonly engine?: Engine };

/** The first difference in `runs` stories, one for each seed from `from` on; null: none. */
export function firstDifference({ from, runs, engine = ENGINE }: Search): Found | null {
  const rowOf = createRows(ROW_LENGTH);
  for (let seed = from; seed < from + runs; seed += 1) {
    const row = rowOf(seed);
    if (difference(storyOf(drawFrom(row)), engine) !== null) return { seed, ...simplest([...row], engine) };
  }
  return null;
}

/** Leaves choices out and makes them the first of their lists, as long as the two still differ. */
function simplest(row: readonly number[], engine: Engine): Omit<Found, 'seed'> {
  const differs = (one: readonly number[]): boolean => difference(storyOf(drawFrom(one)), engine) !== null;
  let best = row;
  for (let at = best.length - 1; at >= 0; at -= 1) {
    const zeroed = best[at] === 0 ? [] : [best.with(at, 0)];
    const next = [best.toSpliced(at, 1), ...zeroed].find(differs);
    // One that worked may have made another behind it possible.
    if (next) [best, at] = [next, Math.min(at + 2, next.length)];
  }
  const story = storyOf(drawFrom(best));
  return { difference: difference(story, engine) ?? '', story };
}
