import type { Store } from '../../server/store/store.ts';
import { readable } from '../../server/store/take-batch.ts';

/** Where the server may die or find its disk full: before and after each call into the store. */
export type Failpoints = {
  readonly around: (store: Store) => Store;
  /** It lives again; null when it dies. */
  readonly born: () => Promise<null>;
  readonly alive: () => boolean;
  readonly die: () => void;
  /** Dies at a later call into the store: `done` says whether the call still takes effect. */
  readonly dieAt: (calls: number, done: boolean) => void;
  /** Whatever would write is refused, as a full disk does. */
  readonly fill: (full: boolean) => void;
  /** Kills whatever request brings an event whose text has this in it. */
  readonly choke: (on: string | null) => void;
};

export function failpoints(): Failpoints {
  let alive = false;
  let die = (): void => undefined;
  let fated: { calls: number; readonly done: boolean } | null = null;
  let full = false;
  let chokes: string | null = null;

  const call = async <T>(work: () => Promise<T>, writes: boolean): Promise<T> => {
    if (!alive) return never();
    if (full && writes) throw Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' });
    const last = fated !== null && fated.calls-- <= 0 ? fated : null;
    if (last) fated = null;
    if (last && !last.done) {
      die();
      return never();
    }
    const result = await work();
    if (last) die();
    return alive ? result : never();
  };

  return {
    around: (store) => ({
      ...store,
      log: {
        ...store.log,
        append: (batch, from, decide) => {
          if (chokes !== null && batch.some((item) => readable(item).raw.includes(chokes ?? '')))
            return Promise.reject(new Error('a batch that cannot be taken'));
          return call(() => store.log.append(batch, from, decide), batch.length > 0);
        },
        record: (batch) => call(() => store.log.record(batch), true),
        need: (writer, hiN) => call(() => store.log.need(writer, hiN), false),
        head: () => call(() => store.log.head(), false),
      },
      views: { ...store.views, delta: (viewer, cursor) => call(() => store.views.delta(viewer, cursor), false) },
      contacts: {
        ...store.contacts,
        report: (of) => call(() => store.contacts.report(of), true),
      },
    }),
    born: () => {
      alive = true;
      return new Promise((resolve) => {
        die = () => {
          alive = false;
          resolve(null);
        };
      });
    },
    alive: () => alive,
    die: () => {
      fated = null;
      die();
    },
    dieAt: (calls, done) => {
      fated = { calls, done };
    },
    fill: (to) => {
      full = to;
    },
    choke: (on) => {
      chokes = on;
    },
  };
}

const never = (): Promise<never> => Promise.race([]);
