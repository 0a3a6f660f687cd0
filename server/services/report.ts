import type { Report } from '#shared/api/report.ts';
import type { OrderId, UnitId } from '#shared/ids.ts';
import { heardUpTo, knowledgeOf } from '#shared/sla/knowledge.ts';
import { STATE_GRID } from '#shared/sla/rule-pack.ts';
import { stageClocks } from '#shared/sla/stage-clock.ts';
import { verdict } from '#shared/sla/verdict.ts';

import type { Store } from '../store/store.ts';
import { createTally } from './tally-arrivals.ts';

/** `units`: only their orders; null: all. `now`: server time, ms. */
export type ReportRequest = { readonly units: readonly UnitId[] | null; readonly now: number };

/** Arrivals against their limits, archive included. */
export async function reportArrivals(
  { orders }: Pick<Store, 'orders'>,
  { units, now }: ReportRequest,
): Promise<Report> {
  const tally = createTally();
  let after: OrderId | null = null;
  // A page at a time: others are served between two, and no more than one is held.
  do {
    after = await orders.page({ after, limit: PAGE, units }, (order, devicesOf) => {
      for (const clock of stageClocks(order, STATE_GRID)) {
        const known = knowledgeOf(order, clock.limit, (crew) => devicesOf(crew, clock.limit));
        tally.add(order.report?.area ?? 'unknown', clock, verdict(clock, heardUpTo(known, now), now));
      }
    });
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  } while (after !== null);
  return tally.report();
}

const PAGE = 200;
