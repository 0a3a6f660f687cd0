import type { DeviceId } from '#shared/ids.ts';
import { err, ok, type Result } from '#shared/result.ts';
import type { Hint } from '#shared/sync/protocol.ts';

import type { Clock } from '../device/clock.ts';

/** One page that wants to know how far the log is. `send` false: it does not keep up. */
export type Listener = { readonly send: (hint: Hint) => boolean; readonly end: () => void };

type Who = { readonly device: DeviceId; readonly form: 'tablet' | 'desk'; readonly token: string };

export type Hints = {
  /** Starts telling; the answer stops it. Busy: too many listen already. */
  readonly listen: (who: Who, to: Listener) => Result<() => void, 'busy'>;
  /** The log has grown to `head`. */
  readonly announce: (head: number) => void;
  /** A crew was heard or a van has moved; desks are told within a few seconds, many such news at once. */
  readonly announceLive: () => void;
  /** To be called each second: heartbeats, and the end of streams whose session has ended. */
  readonly beat: () => Promise<void>;
  readonly endSession: (token: string) => void;
  readonly endAll: () => void;
  readonly count: () => number;
};

type Entry = Who & { readonly to: Listener };

const HEARTBEAT_EVERY = 10;
const CHECK_EVERY = 3;
const LIVE_EVERY = 3;
const PER_DEVICE = 4;
const AT_MOST = 5_000;

/**
 * `alive`: does this token still open a session? `head`: how far the log is now. `onLive`: called before desks are told that
 * there is news of crews.
 */
type Deps = {
  readonly clock: Clock;
  readonly head: number;
  readonly alive: (token: string) => Promise<boolean>;
  readonly onLive?: () => void;
};

export function createHints(deps: Deps): Hints {
  const entries = new Set<Entry>();
  let head = deps.head;
  let beats = 0;
  let liveNews = false;

  const end = (entry: Entry): void => {
    if (entries.delete(entry)) entry.to.end();
  };
  const tell = (entry: Entry, live?: true): void => {
    if (!entry.to.send({ head, at: deps.clock(), ...(live ? { live } : {}) })) end(entry);
  };
  const endAllOf = (token: string): void => {
    for (const entry of entries) if (entry.token === token) end(entry);
  };

  return {
    listen: (who, to) => {
      const { device } = who;
      const [oldest, ...others] = [...entries].filter((entry) => entry.device === device);
      if (oldest && others.length + 1 >= PER_DEVICE) end(oldest);
      if (entries.size >= AT_MOST) return err('busy');
      const entry = { ...who, to };
      entries.add(entry);
      tell(entry);
      return ok(() => {
        entries.delete(entry);
      });
    },

    announce: (grownTo) => {
      if (grownTo <= head) return;
      head = grownTo;
      for (const entry of entries) tell(entry);
    },

    announceLive: () => {
      liveNews = true;
    },

    beat: async () => {
      beats += 1;
      if (liveNews && beats % LIVE_EVERY === 0) {
        liveNews = false;
        deps.onLive?.();
        for (const entry of entries) if (entry.form === 'desk') tell(entry, true);
      }
      if (beats % HEARTBEAT_EVERY === 0) for (const entry of entries) tell(entry);
      if (beats % CHECK_EVERY !== 0) return;
      for (const token of new Set([...entries].map((entry) => entry.token)))
        if (!(await deps.alive(token))) endAllOf(token);
    },

    endSession: endAllOf,
    endAll: () => {
      for (const entry of entries) end(entry);
    },
    count: () => entries.size,
  };
}
