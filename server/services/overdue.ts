import type { Store } from '../store/store.ts';
import { judgeOrder } from './judge-order.ts';

/**
 *   due row ─► read the order again ─► clocks ─► knowledge ─► verdict ─► plan ─► alert events + next due row
 *              └────────────────────────── one transaction ──────────────────────────────────────┘
 */
export type Overdue = {
  /** Judges every order that is due by `now` (server time, ms); gives how many alert events were written. */
  readonly tick: (now: number) => Promise<number>;
  /** When the next order is due, server time, ms; null: none is. */
  readonly next: () => Promise<number | null>;
};

/** A held write lock stops everything else, so a storm is judged in pieces. */
const AT_ONCE = 100;

export function createOverdue({ overdue }: Pick<Store, 'overdue'>): Overdue {
  const step = (now: number) =>
    overdue.judgeDue(now, AT_ONCE, (order, by) => judgeOrder(order, { ...by, now }));
  return {
    tick: async (now) => {
      let total = 0;
      for (;;) {
        const { looked, written } = await step(now);
        total += written;
        if (looked < AT_ONCE) return total;
        await breathe();
      }
    },
    next: () => overdue.nextDue(),
  };
}

/** Lets requests in between two pieces. */
const breathe = (): Promise<void> =>
  new Promise((resolve) => {
    setImmediate(resolve);
  });
