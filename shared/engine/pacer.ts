import { LIMITS } from '../sync/limits.ts';
import type { SyncFailure } from './ports.ts';

/**
 * How many events to push, so that one the server or the line cannot take does not hold up the others (I9).
 *
 *   push dies twice ─► ask without pushing ─ dies too ─► the line is down: nobody is blamed, and all counts anew
 *                                          └ lives ────► half as many next time; a single one is blamed
 *   413, 400 ─► the same, without asking first
 *   push lives ─► twice as many, up to the limit
 */
export type Pacer = {
  /** Events to push next at most; 0: ask only. */
  most(): number;
  lived(pushed: number): 'fine' | 'blame';
  died(pushed: number, why: SyncFailure['is'] | 'storage'): 'fine' | 'blame';
};

export function createPacer(): Pacer {
  let most: number = LIMITS.pushEvents;
  let deaths = 0;
  let size = 0;
  const shrink = (): 'fine' | 'blame' => {
    const blame = size <= 1;
    most = Math.max(1, Math.ceil(size / 2));
    // The line has just been seen to work, so the next death is asked about at once.
    deaths = 1;
    return blame ? 'blame' : 'fine';
  };
  return {
    most: () => (deaths >= 2 ? 0 : most),
    lived(pushed) {
      if (pushed === 0) return deaths >= 2 ? shrink() : 'fine';
      deaths = 0;
      most = Math.min(LIMITS.pushEvents, most * 2);
      return 'fine';
    },
    died(pushed, why) {
      // What died before says nothing: hours without signal must not end in small pushes.
      if (pushed === 0 && (why === 'network' || why === 'captivePortal')) deaths = 0;
      if (pushed === 0 || why === 'busy' || why === 'signInNeeded' || why === 'blocked' || why === 'storage')
        return 'fine';
      size = pushed;
      if (why === 'tooLarge' || why === 'refused') return shrink();
      deaths += 1;
      return 'fine';
    },
  };
}
