import type { AlertLevel } from '#shared/event/alert.ts';
import type { Alert, Order } from '#shared/order/order.ts';

import type { OrderView } from '../read/client-context.ts';
import { isFlood, LOAD_WINDOW_MS } from './alert-flood.ts';

export type Priority = 1 | 2 | 3;

/**
 * `old`: it was claimed or shelved and the time to look again has come. `escalated`: the highest step that stands above
 * it, because nobody attended.
 */
export type QueuedAlert = {
  readonly alert: Alert;
  readonly order: Order;
  readonly priority: Priority;
  readonly old: boolean;
  readonly escalated: 0 | 1 | 2 | 3;
};

export type AlertQueue = {
  /** What asks for somebody now, with what was withdrawn in the last minute still in its place. */
  readonly standing: readonly QueuedAlert[];
  readonly claimed: readonly QueuedAlert[];
  readonly shelved: readonly QueuedAlert[];
  readonly withdrawn: readonly QueuedAlert[];
  /** Cards that came in the last ten minutes: what this seat is asked to bear. A step up makes no card of its own. */
  readonly load: number;
  /** So many that they are shown in groups. */
  readonly flood: boolean;
};

export type AlertTab = 'standing' | 'claimed' | 'shelved' | 'withdrawn';

/**
 * Where in a list the one stands that keys act on: the one chosen, else the first that has not ended; -1 without one.
 * One that went to another list is not acted on unseen.
 */
export function currentIn(listed: readonly QueuedAlert[], chosen: string | null): number {
  const at = listed.findIndex(({ alert }) => alert.id === chosen);
  return at >= 0 ? at : listed.findIndex(({ alert }) => alert.end === null);
}

const WITHDRAWN_STAYS_MS = 60_000;
const WITHDRAWN_LISTED_MS = 12 * 3_600_000;

/** All alerts of the live orders, sorted by what to do about them. Breaches recorded quietly are marks, not alerts. */
export function alertQueue(views: readonly OrderView[], at: number): AlertQueue {
  const all = views.flatMap(({ order, drop }) =>
    drop ? [] : order.alerts.filter((alert) => !alert.quiet).map((alert) => queued(alert, order, at)),
  );
  // An escalation stands on the card of what it is about, not beside it.
  const open = all.filter(({ alert, order }) => alert.end === null && !hasBase(alert, order));
  const isTaken = ({ alert, old }: QueuedAlert): boolean => alert.taken !== null && !old;
  const taken = open.filter(isTaken);
  const gone = all.filter(({ alert }) => alert.state === 'withdrawn' && stepOf(alert) === 0);
  const cards = all.filter(({ alert, order }) => !hasBase(alert, order)).map(({ alert }) => alert.raisedAt);
  const age = ({ alert }: QueuedAlert): number => at - (alert.end?.at ?? at);
  return {
    standing: [...open.filter((one) => !isTaken(one)), ...gone.filter((one) => age(one) < WITHDRAWN_STAYS_MS)].sort(
      byUrgency,
    ),
    claimed: taken.filter(({ alert }) => alert.taken?.how === 'claimed').sort(byUrgency),
    shelved: taken.filter(({ alert }) => alert.taken?.how === 'shelved').sort(byUrgency),
    withdrawn: gone
      .filter((one) => age(one) >= WITHDRAWN_STAYS_MS && age(one) < WITHDRAWN_LISTED_MS)
      .sort((a, b) => age(a) - age(b)),
    load: cards.filter((raised) => at - raised < LOAD_WINDOW_MS).length,
    flood: isFlood(cards, at),
  };
}

function queued(alert: Alert, order: Order, at: number): QueuedAlert {
  const until = alert.taken?.until ?? null;
  return {
    alert,
    order,
    priority: priorityOf(alert, order),
    old: alert.taken !== null && until !== null && until <= at,
    escalated: order.alerts.filter((one) => isOpen(one) && isSameClock(one, alert)).reduce(higher, 0),
  };
}

type Step = QueuedAlert['escalated'];

const STEPS: Readonly<Record<AlertLevel, Step>> = {
  soon: 0,
  contact: 0,
  missed: 0,
  escalated1: 1,
  escalated2: 2,
  escalated3: 3,
};

const stepOf = ({ level }: Alert): Step => STEPS[level];
const higher = (highest: Step, alert: Alert): Step => (stepOf(alert) > highest ? stepOf(alert) : highest);
const isOpen = (alert: Alert): boolean => alert.end === null && !alert.quiet;
const isSameClock = (a: Alert, b: Alert): boolean => a.rule === b.rule && a.epoch === b.epoch;

/** An escalation whose contact or missed stands. */
const hasBase = (alert: Alert, { alerts }: Order): boolean =>
  stepOf(alert) > 0 && alerts.some((one) => stepOf(one) === 0 && isOpen(one) && isSameClock(one, alert));

/** 1: a person or a lifeline is at risk and the limit has passed. 2: the limit has passed. 3: it will soon. */
function priorityOf(alert: Alert, order: Order): Priority {
  if (alert.level === 'soon') return 3;
  return (order.report?.hazards ?? []).length > 0 ? 1 : 2;
}

const byUrgency = (a: QueuedAlert, b: QueuedAlert): number =>
  a.priority - b.priority ||
  b.escalated - a.escalated ||
  Number(b.old) - Number(a.old) ||
  a.alert.limit - b.alert.limit ||
  (a.alert.id < b.alert.id ? -1 : 1);
