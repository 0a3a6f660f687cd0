import type { Happening, Plan } from './plan.ts';

/** Does this plan still break the same promise? */
export type StillBreaks = (plan: Plan) => Promise<boolean>;

/**
 * Leaves out whatever is not needed to break it: first big parts, then single happenings. `most`: how many plans to try.
 */
export async function shrink(plan: Plan, stillBreaks: StillBreaks, most = 400): Promise<Plan> {
  let best = plan;
  let tries = 0;
  for (let size = Math.ceil(plan.happenings.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2))
    for (let from = 0; from < best.happenings.length && tries < most;) {
      const fewer = without(best.happenings, from, size);
      tries += 1;
      if (await stillBreaks({ ...best, happenings: fewer })) best = { ...best, happenings: fewer };
      else from += size;
    }
  return best;
}

const without = (all: readonly Happening[], from: number, size: number): readonly Happening[] => [
  ...all.slice(0, from),
  ...all.slice(from + size),
];
