import type { UnitId } from '#shared/ids.ts';
import type { Live } from '#shared/sync/protocol.ts';

import type { Clock } from '../device/clock.ts';
import type { ContactStore } from '../store/contact-store.ts';

/**
 * What desks are told of crews beside the log. In a storm each tablet's request changes it and each desk's asks for it, so
 * it is found out once a second for a unit at most. Less may be said than is known by then, which is never wrong.
 */
export type LiveNews = {
  readonly of: (unit: UnitId) => Promise<Live>;
  /** Something has changed that nobody will be told of a second time: whoever asks from now on hears of it. */
  readonly renew: () => void;
};

const GOOD_FOR_MS = 1_000;

export function createLiveNews({ live }: Pick<ContactStore, 'live'>, clock: Clock): LiveNews {
  const known = new Map<UnitId, { readonly at: number; readonly live: Promise<Live> }>();
  return {
    of: (unit) => {
      const now = clock();
      const found = known.get(unit);
      if (found && Math.abs(now - found.at) < GOOD_FOR_MS) return found.live;
      const asked = live(unit);
      known.set(unit, { at: now, live: asked });
      asked.catch(() => known.delete(unit));
      return asked;
    },
    renew: () => known.clear(),
  };
}
