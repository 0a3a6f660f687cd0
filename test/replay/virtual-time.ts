import { setImmediate as turn, setTimeout as wait } from 'node:timers/promises';

/**
 * Time that jumps from one thing to do to the next and waits until everything it set off has come to rest.
 * Milliseconds since 1970; it never runs backwards.
 */
export type VirtualTime = {
  readonly now: () => number;
  /** Runs `work` at `at`, or at once if that has passed; gives back how to call it off. */
  readonly at: (at: number, work: () => void) => () => void;
  readonly after: (ms: number, work: () => void) => () => void;
  readonly sleep: (ms: number) => Promise<void>;
  /** Marks what time must wait for. */
  readonly during: <T>(work: Promise<T>) => Promise<T>;
  /** Lives up to and including `end`; `each` runs after every instant at which something was done. */
  readonly live: (end: number, each: (next: number) => Promise<void>) => Promise<void>;
};

/** A request may take a few turns of the loop between what time can see of it. */
const QUIET_TURNS = 4;

type Due = { readonly at: number; readonly order: number; readonly work: () => void; off: boolean };

/** `speed`: virtual ms for one real one; without it as fast as it goes. */
export function createVirtualTime(begin: number, speed = Number.POSITIVE_INFINITY): VirtualTime {
  const due = createHeap();
  let time = begin;
  let given = 0;
  let underWay = 0;

  const at = (when: number, work: () => void): (() => void) => {
    const one: Due = { at: Math.max(time, Math.ceil(when)), order: given++, work, off: false };
    due.push(one);
    return () => {
      one.off = true;
    };
  };

  /** Nothing is under way and nothing more comes of what was. */
  const rest = async (): Promise<void> => {
    for (let quiet = 0; quiet < QUIET_TURNS; quiet = underWay === 0 ? quiet + 1 : 0) await turn();
  };

  const moveTo = async (next: number): Promise<void> => {
    if (next <= time) return;
    if (Number.isFinite(speed)) await wait((next - time) / speed);
    time = next;
  };

  return {
    now: () => time,
    at,
    after: (ms, work) => at(time + Math.max(0, ms), work),
    sleep: (ms) =>
      new Promise((resolve) => {
        at(time + ms, resolve);
      }),
    during: async (work) => {
      underWay++;
      try {
        return await work;
      } finally {
        underWay--;
      }
    },
    live: async (end, each) => {
      await rest();
      for (let first = due.first(); first && first.at <= end; first = due.first()) {
        await moveTo(first.at);
        while (due.first()?.at === time) {
          due.pop()?.work();
          await rest();
        }
        await each(Math.min(due.first()?.at ?? end, end));
      }
      await moveTo(end);
    },
  };

  function createHeap() {
    const heap: Due[] = [];
    const less = (a: number, b: number): boolean => {
      const [x, y] = [heap[a], heap[b]];
      return x !== undefined && y !== undefined && (x.at < y.at || (x.at === y.at && x.order < y.order));
    };
    const swap = (a: number, b: number): void => {
      const [x, y] = [heap[a], heap[b]];
      if (x && y) [heap[a], heap[b]] = [y, x];
    };
    const pop = (): Due | undefined => {
      swap(0, heap.length - 1);
      const top = heap.pop();
      for (let at = 0; ;) {
        const [left, right] = [2 * at + 1, 2 * at + 2];
        const least = less(right, left) ? right : left;
        if (!less(least, at)) return top;
        swap(at, least);
        at = least;
      }
    };
    return {
      push: (one: Due): void => {
        heap.push(one);
        for (let at = heap.length - 1; at > 0 && less(at, (at - 1) >> 1); at = (at - 1) >> 1) swap(at, (at - 1) >> 1);
      },
      pop,
      first: (): Due | undefined => {
        while (heap[0]?.off) pop();
        return heap[0];
      },
    };
  }
}
