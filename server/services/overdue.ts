import type { Clock } from '../device/clock.ts';
import type { Store } from '../store/store.ts';
import { judgeOrder } from './judge-order.ts';

/**
 *   due row ─► read the order again ─► clocks ─► knowledge ─► verdict ─► plan ─► alert events + next due row
 *              └────────────────────────── one transaction ──────────────────────────────────────┘
 */
export type Overdue = {
  /** Judges every order that is due by `now` (server time, ms); gives how many alert events were written. */
  readonly tick: (now: number) => Promise<number>;
  /** The same as time goes on: what is judged last after an outage is received when it is judged. */
  readonly catchUp: (clock: Clock) => Promise<number>;
  /** When the next order is due, server time, ms; null: none is. */
  readonly next: () => Promise<number | null>;
};

/** A held write lock stops everything else, so a storm is judged in pieces. */
const AT_ONCE = 100;

export function createOverdue({ overdue }: Pick<Store, 'overdue'>): Overdue {
  const step = (now: number) => overdue.judgeDue(now, AT_ONCE, (order, by) => judgeOrder(order, { ...by, now }));
  const catchUp = async (clock: Clock): Promise<number> => {
    let total = 0;
    for (;;) {
      const { looked, written } = await step(clock());
      total += written;
      if (looked < AT_ONCE) return total;
      await breathe();
    }
  };
  return {
    tick: (now) => catchUp(() => now),
    catchUp,
    next: () => overdue.nextDue(),
  };
}

/** Lets requests in between two pieces. */
const breathe = (): Promise<void> =>
  new Promise((resolve) => {
    setImmediate(resolve);
  });
