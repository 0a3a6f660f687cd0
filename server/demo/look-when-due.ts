import type { Rule } from '#shared/event/rule-pack.ts';
import { STATE_GRID } from '#shared/sla/packs/state-grid.ts';

import type { Post } from './post.ts';
import type { World } from './world.ts';

const A_MOMENT_MS = 1_000;
const MINUTE = 60_000;

/**
 * The server looks at its clocks each second of its machine's time, which is minutes while history is made. So history
 * looks by itself at the moments when an order reported at this post comes due.
 */
export const lookWhenDue = (world: World, post: Post, look: () => Promise<void>): Post => ({
  ...post,
  submit: async (order, draft) => {
    if (draft.kind === 'reported' && !world.isLive())
      for (const minutes of STATE_GRID.rules.flatMap((rule) => momentsOf(rule, draft.data.area)))
        world.after(minutes * MINUTE + A_MOMENT_MS, () => void look());
    return post.submit(order, draft);
  },
});

/** Minutes from the report at which a clock that runs from it may raise something. */
function momentsOf(
  { origin, limitMin, warnAt, levels, escalate }: Rule,
  area: keyof Rule['limitMin'],
): readonly number[] {
  const limit = limitMin[area];
  if (origin !== 'reported' || limit === undefined || Object.keys(levels).length === 0) return [];
  return [limit * warnAt, limit, ...escalate.map(({ afterMin }) => limit + afterMin)];
}
