import type { Alert, Order } from '#shared/order/order.ts';

import type { OrderView } from '../read/client-context.ts';

export type Priority = 1 | 2 | 3;

/** `old`: it was claimed or shelved and the time to look again has come. */
export type QueuedAlert = {
  readonly alert: Alert;
  readonly order: Order;
  readonly priority: Priority;
  readonly old: boolean;
};

export type AlertQueue = {
  /** What asks for somebody now, with what was withdrawn in the last minute still in its place. */
  readonly standing: readonly QueuedAlert[];
  readonly claimed: readonly QueuedAlert[];
  readonly shelved: readonly QueuedAlert[];
  readonly withdrawn: readonly QueuedAlert[];
  /** Raised in the last ten minutes: what this seat is asked to bear. */
  readonly load: number;
};

const WITHDRAWN_STAYS_MS = 60_000;
const LOAD_WINDOW_MS = 10 * 60_000;
/** More than this in ten minutes is a flood (EEMUA 191). */
export const FLOOD = 10;
const WITHDRAWN_LISTED_MS = 12 * 3_600_000;

/** All alerts of the live orders, sorted by what to do about them. Breaches recorded quietly are marks, not alerts. */
export function alertQueue(views: readonly OrderView[], at: number): AlertQueue {
  const all = views.flatMap(({ order, drop }) =>
    drop ? [] : order.alerts.filter((alert) => !alert.quiet).map((alert) => queued(alert, order, at)),
  );
  const open = all.filter(({ alert }) => alert.end === null);
  const taken = open.filter(({ alert, old }) => alert.taken !== null && !old);
  const gone = all.filter(({ alert }) => alert.state === 'withdrawn');
  const age = ({ alert }: QueuedAlert): number => at - (alert.end?.at ?? at);
  return {
    standing: [
      ...open.filter((one) => !taken.includes(one)),
      ...gone.filter((one) => age(one) < WITHDRAWN_STAYS_MS),
    ].sort(byUrgency),
    claimed: taken.filter(({ alert }) => alert.taken?.how === 'claimed').sort(byUrgency),
    shelved: taken.filter(({ alert }) => alert.taken?.how === 'shelved').sort(byUrgency),
    withdrawn: gone
      .filter((one) => age(one) >= WITHDRAWN_STAYS_MS && age(one) < WITHDRAWN_LISTED_MS)
      .sort((a, b) => age(a) - age(b)),
    load: all.filter(({ alert }) => at - alert.raisedAt < LOAD_WINDOW_MS).length,
  };
}

function queued(alert: Alert, order: Order, at: number): QueuedAlert {
  const until = alert.taken?.until ?? null;
  return {
    alert,
    order,
    priority: priorityOf(alert, order),
    old: alert.taken !== null && until !== null && until <= at,
  };
}

/** 1: a person or a lifeline is at risk and the limit has passed. 2: the limit has passed. 3: it will soon. */
function priorityOf(alert: Alert, order: Order): Priority {
  if (alert.level === 'soon') return 3;
  return (order.report?.hazards ?? []).length > 0 ? 1 : 2;
}

const byUrgency = (a: QueuedAlert, b: QueuedAlert): number =>
  a.priority - b.priority ||
  Number(b.old) - Number(a.old) ||
  a.alert.limit - b.alert.limit ||
  (a.alert.id < b.alert.id ? -1 : 1);
