import type { Report } from '#shared/api/report.ts';
import type { CrewId, OrderId, UnitId } from '#shared/ids.ts';
import { heardUpTo, knowledgeOf, type CrewDevices } from '#shared/sla/knowledge.ts';
import { STATE_GRID } from '#shared/sla/rule-pack.ts';
import { stageClocks } from '#shared/sla/stage-clock.ts';
import { verdict } from '#shared/sla/verdict.ts';

import type { OrderPages } from '../store/order-pages.ts';
import { createTally } from './tally-arrivals.ts';

type Deps = {
  readonly orders: OrderPages;
  readonly devicesOf: (crew: CrewId) => CrewDevices;
  readonly now: number;
};

/** Arrivals against their limits, over every order of `units` (null: all), archive included. */
export async function reportArrivals(
  { orders, devicesOf, now }: Deps,
  units: readonly UnitId[] | null,
): Promise<Report> {
  const tally = createTally();
  let after: OrderId | null = null;
  for (;;) {
    // A page at a time: others are served between two, and no more than one is held.
    const page = await orders.page(after, PAGE, units);
    for (const order of page) {
      for (const clock of stageClocks(order, STATE_GRID)) {
        const heard = heardUpTo(knowledgeOf(order, clock.limit, devicesOf), now);
        tally.add(order.report?.area ?? 'unknown', clock, verdict(clock, heard, now));
      }
      after = order.id;
    }
    if (page.length < PAGE) return tally.report();
    await new Promise(setImmediate);
  }
}

const PAGE = 200;
