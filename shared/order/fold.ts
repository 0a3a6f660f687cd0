import { understood, type DataOf, type Draft } from '../event/catalog.ts';
import { idOf, type Recorded } from '../event/envelope.ts';
import type { CrewId, OrderId } from '../ids.ts';
import { subjectId } from '../ids.ts';
import { foldAlert } from './fold-alert.ts';
import { emptyOrder, everHeldBy, stageRank, type FieldKind, type HoldingEnd, type Order, type Stage } from './order.ts';

/**
 * The order after `recorded`. Total and pure: it never throws, ignores what it has applied already, and keeps what
 * does not fit without moving a stage (I24). Fold order is q; own events without a q come last.
 */
export function fold(order: Order, recorded: Recorded): Order {
  const id = idOf(recorded.event);
  if (recorded.event.subject !== `order:${order.id}` || order.applied.includes(id)) return order;
  const noted: Order = {
    ...order,
    lastQ: Math.max(order.lastQ, recorded.q ?? 0),
    applied: [...order.applied, id],
  };
  const draft = understood(recorded.event);
  return draft ? apply(noted, draft, recorded) : noted;
}

/** The order that a list of its events makes. */
export const foldAll = (id: OrderId, events: readonly Recorded[]): Order => events.reduce(fold, emptyOrder(id));

/** The order id that an event is about, or null for other subjects. */
export const orderOf = (event: Recorded['event']): OrderId | null =>
  event.subject.startsWith('order:') ? subjectId<OrderId>(event.subject) : null;

function apply(order: Order, draft: Draft, recorded: Recorded): Order {
  switch (draft.kind) {
    case 'reported':
      return report(order, draft.data, recorded);
    case 'dispatched':
      return dispatch(order, draft.data, recorded);
    case 'recalled':
      return order.crew === draft.data.crew && !order.closed
        ? { ...release(order, recorded, draft.data.reason, null), stage: beforeArrival(order.stage) }
        : order;
    case 'reassigned':
      return reassign(order, draft.data, recorded);
    case 'accepted':
    case 'departed':
    case 'arrived':
    case 'signed':
    case 'noted':
    case 'submitted':
      return field(order, { kind: draft.kind, target: MOVES_TO[draft.kind], data: draft.data }, recorded);
    case 'restored':
      return restore(order, draft.data, recorded);
    case 'closed':
      return order.closed || order.stage === 'unknown'
        ? order
        : { ...order, stage: 'closed', closed: { at: recorded.time.est, outcome: draft.data.outcome } };
    case 'archived':
      return order.closed ? { ...order, archived: true } : order;
    case 'alertRaised':
    case 'alertAcknowledged':
    case 'alertWithdrawn':
    case 'alertClosedOut':
      return { ...order, alerts: foldAlert(order.alerts, draft, recorded) };
    default:
      return order;
  }
}

function report(order: Order, data: DataOf<'reported'>, recorded: Recorded): Order {
  if (order.report || idOf(recorded.event) !== order.id) return order;
  return {
    ...order,
    stage: order.stage === 'unknown' ? 'reported' : order.stage,
    report: data,
    reportedAt: recorded.time,
    reportedBy: recorded.event.by,
  };
}

/** The first dispatch in log order wins; a second one is kept in the log and changes nothing. */
function dispatch(order: Order, data: DataOf<'dispatched'>, recorded: Recorded): Order {
  if (order.closed || order.crew || order.stage === 'unknown') return order;
  const stage = forward(order.stage, 'dispatched');
  return data.crew ? { ...hold(order, recorded, data.crew), stage } : { ...order, stage };
}

function reassign(order: Order, data: DataOf<'reassigned'>, recorded: Recorded): Order {
  if (order.closed || order.crew !== data.from) return order;
  const released = release(order, recorded, data.reason, data.to);
  const stage = forward(beforeArrival(order.stage), 'dispatched');
  return { ...hold(released, recorded, data.to), stage };
}

const MOVES_TO = {
  accepted: 'accepted',
  departed: 'departed',
  arrived: 'arrived',
  submitted: 'submitted',
  signed: null,
  noted: null,
} as const satisfies { readonly [K in Exclude<FieldKind, 'restored'>]: Stage | null };

type FieldWork = {
  readonly kind: FieldKind;
  readonly target: Stage | null;
  readonly data: { readonly crew: CrewId | null; readonly radio?: true | undefined };
};

/** A field fact is always kept; it moves the stage only for the crew that holds the order (or where no crew is known). */
function field(order: Order, { kind, target, data }: FieldWork, recorded: Recorded): Order {
  const fits = order.crew === data.crew || (data.crew !== null && order.crew === null && !everHeldBy(order, data.crew));
  const fact = {
    id: idOf(recorded.event),
    kind,
    q: recorded.q,
    time: recorded.time,
    by: recorded.event.by,
    crew: data.crew,
    radio: data.radio === true,
    fits,
  };
  const stage = fits && target && !order.closed ? forward(order.stage, target) : order.stage;
  return { ...order, facts: [...order.facts, fact], stage };
}

/** Part of the customers back on is kept as a fact; only all of them moves the stage. */
function restore(order: Order, data: DataOf<'restored'>, recorded: Recorded): Order {
  const all = data.extent === 'all';
  const after = field(order, { kind: 'restored', target: all ? 'restored' : null, data }, recorded);
  return { ...after, extent: all ? 'all' : (order.extent ?? 'part') };
}

function hold(order: Order, recorded: Recorded, crew: CrewId): Order {
  const holding = { crew, fromQ: recorded.q, fromAt: recorded.time.est, fromBy: recorded.event.by, end: null };
  return { ...order, crew, holdings: [...order.holdings, holding] };
}

function release(order: Order, recorded: Recorded, reason: string, next: CrewId | null): Order {
  const end: HoldingEnd = { q: recorded.q, at: recorded.time.est, by: recorded.event.by, reason, next };
  return {
    ...order,
    crew: null,
    holdings: order.holdings.map((held) => (held.end === null ? { ...held, end } : held)),
  };
}

/** Stages go forward only; what a crew did stays done when it reports an earlier stage late. */
const forward = (now: Stage, target: Stage): Stage =>
  now === 'unknown' || stageRank(target) <= stageRank(now) ? now : target;

/** Taking an order back undoes the crew's way there, never power that is back on. */
const beforeArrival = (stage: Stage): Stage =>
  stageRank(stage) >= stageRank('restored') ? stage : stage === 'unknown' ? stage : 'reported';
