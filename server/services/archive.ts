import { orderSubject, type OrderId } from '#shared/ids.ts';
import type { Order } from '#shared/order/order.ts';
import type { DevicesOf } from '#shared/sla/knowledge.ts';

import type { Clock } from '../device/clock.ts';
import type { EndedMark } from '../store/ended-orders.ts';
import type { LogStore } from '../store/log-store.ts';
import type { OrderPages } from '../store/order-pages.ts';

/**
 * Orders that ended long ago leave tablets and the desks' live work set; search and reports keep them.
 *
 *   ended long enough ago ─► no alert stands ─► every tablet that may hold work on it was heard since ─► archived
 */
export type Archive = {
  /** Looks at ended orders if it is time for that; gives how many it archived. To be called each second. */
  readonly beat: () => Promise<number>;
};

/** `days`: how long an order stays after its end. */
export type ArchiveDeps = {
  readonly orders: Pick<OrderPages, 'ended'>;
  readonly record: LogStore['record'];
  readonly clock: Clock;
  readonly days: number;
};

/** A held write lock stops everything else, so it goes in small pieces. */
const AT_ONCE = 100;
const EVERY_MS = 5 * 60_000;
/** While there are more of them. */
const SOON_MS = 10_000;
const DAY_MS = 24 * 3_600_000;

export function createArchive({ orders, record, clock, days }: ArchiveDeps): Archive {
  /** Orders that have to stay must not keep those behind them from their turn. */
  let after: EndedMark | null = null;
  let nextAt = Number.NEGATIVE_INFINITY;

  return {
    beat: async () => {
      const now = clock();
      if (now < nextAt) return 0;
      nextAt = now + EVERY_MS;
      const before = now - days * DAY_MS;
      const seen = new Map<OrderId, number>();
      after = await orders.ended({ after, limit: AT_ONCE, before }, (order, devicesOf) => {
        if (isSettled(order, devicesOf)) seen.set(order.id, order.lastQ);
      });
      if (after) nextAt = now + SOON_MS;
      if (seen.size === 0) return 0;
      const written = await record((view) =>
        // What has news since it was looked at has another look at its next turn.
        [...seen]
          .filter(([id, lastQ]) => view.order(id)?.lastQ === lastQ)
          .map(([id]) => ({ subject: orderSubject(id), draft: { kind: 'archived', data: {} } as const, by: null })),
      );
      return written.length;
    },
  };
}

/** No alert stands, and no tablet that was with it and is not lost may still bring something from before its end. */
function isSettled({ alerts, holdings, closed }: Order, devicesOf: DevicesOf): boolean {
  if (!closed || alerts.some((alert) => alert.end === null && !alert.quiet)) return false;
  const crews = new Set(holdings.map(({ crew }) => crew));
  return ![...crews].some((crew) => devicesOf(crew, closed.at).some(({ heard, lost }) => !lost && heard < closed.at));
}
