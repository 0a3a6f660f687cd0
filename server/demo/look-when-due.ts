import { STATE_GRID } from '#shared/sla/rule-pack.ts';

import type { Post } from './post.ts';
import type { World } from './world.ts';

const A_MOMENT_MS = 1_000;

/**
 * The server looks at its clocks each second of its machine's time, which is minutes while history is made. So history
 * looks by itself at the moments when an order reported at this post comes due.
 */
export const lookWhenDue = (world: World, post: Post, look: () => Promise<void>): Post => ({
  ...post,
  submit: async (order, draft) => {
    if (draft.kind === 'reported' && !world.isLive())
      for (const { limitMin, warnAt } of STATE_GRID.rules)
        for (const share of [warnAt, 1])
          world.after((limitMin[draft.data.area] ?? 0) * share * 60_000 + A_MOMENT_MS, () => void look());
    return post.submit(order, draft);
  },
});
