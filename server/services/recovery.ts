import type { Clock } from '../device/clock.ts';
import type { Log } from '../device/log.ts';
import type { Store } from '../store/store.ts';
import { createReleaseHeld } from './release-held.ts';

/**
 * After a restore (I12): for a while clients only hand over what they hold; then all of it is taken in, in the order it had
 * before. Whoever comes later is taken in as he comes.
 *
 *   restored ─► gathering ── time is up ─► taking in, oldest position first ─► as always
 */
export type Recovery = {
  /** True: the log stands still, and nobody is judged by what is missing in it. */
  readonly gathering: () => boolean;
  /** To be called each second. True: it has just ended. */
  readonly beat: () => Promise<boolean>;
};

type Deps = { readonly store: Store; readonly clock: Clock; readonly log: Pick<Log, 'info'> };

export async function createRecovery({ store, clock, log }: Deps): Promise<Recovery> {
  const { gathered } = createReleaseHeld(store);
  let until = (await store.log.head()).gatherUntil;
  return {
    gathering: () => until !== null,
    beat: async () => {
      if (until === null || clock() < until) return false;
      const first = await gathered();
      await store.restore.endGathering();
      until = null;
      // What was handed over while the others were taken in.
      const rest = await gathered();
      log.info(
        { released: first.released + rest.released, held: first.held + rest.held },
        'taken in after the restore',
      );
      return true;
    },
  };
}
