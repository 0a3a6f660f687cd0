import type { Draft } from '../event/catalog.ts';
import type { Recorded } from '../event/envelope.ts';
import type { Ending, Order } from './order.ts';

type IntakeDraft = Draft<'amended' | 'merged' | 'unmerged' | 'endedAtIntake' | 'cancelled' | 'reopened'>;

/** What becomes of the report itself: corrected, ended, taken up again. */
export function foldIntake(order: Order, draft: IntakeDraft, recorded: Recorded): Order {
  if (!order.report) return order;
  switch (draft.kind) {
    case 'amended':
      return amend(order, order.report, draft.data);
    case 'merged':
      return end(order, recorded, { outcome: 'merged', into: draft.data.into });
    case 'unmerged':
      return order.closed?.outcome === 'merged' ? { ...order, stage: order.closed.before, closed: null } : order;
    case 'endedAtIntake':
      return end(order, recorded, { outcome: 'endedAtIntake' });
    case 'cancelled':
      return end(order, recorded, { outcome: 'cancelled' });
    case 'reopened':
      return reopen(order, recorded);
  }
}

/** The first ending counts until it is undone. */
export function end(order: Order, recorded: Recorded, how: Pick<Ending, 'outcome' | 'into'>): Order {
  if (order.closed || order.stage === 'unknown') return order;
  return { ...order, stage: 'closed', closed: { ...how, at: recorded.time.est, before: order.stage } };
}

/** Promises hang on area and customer class: with another of them the clocks begin a new epoch. */
function amend(order: Order, report: NonNullable<Order['report']>, data: Amendment): Order {
  const next = {
    ...report,
    ...data,
    area: data.area ?? report.area,
    address: data.address ?? report.address,
    customerClass: data.customerClass ?? report.customerClass,
  };
  const moved = next.area !== report.area || classOf(next) !== classOf(report);
  return { ...order, report: next, epoch: moved ? order.epoch + 1 : order.epoch };
}

type Amendment = Draft<'amended'>['data'];

const classOf = ({ customerClass }: NonNullable<Order['report']>): string => customerClass ?? 'ordinary';

function reopen(order: Order, { q, time }: Recorded): Order {
  if (!order.closed) return order;
  return {
    ...order,
    stage: order.crew ? 'dispatched' : 'reported',
    closed: null,
    extent: null,
    etr: null,
    epoch: order.epoch + 1,
    reopened: { q, time, facts: order.facts.length },
  };
}
