import { understood, type DataOf, type Draft } from '../event/catalog.ts';
import { idOf, type Recorded } from '../event/envelope.ts';
import type { CrewId, OrderId } from '../ids.ts';
import { subjectId } from '../ids.ts';
import { foldAlert } from './fold-alert.ts';
import { end, foldIntake } from './fold-intake.ts';
import {
  emptyOrder,
  everHeldBy,
  stageRank,
  type Fact,
  type FactKind,
  type HoldingEnd,
  type Order,
  type Stage,
} from './order.ts';

/**
 * The order after `recorded`. Total and pure: it never throws, ignores what it has applied already, and keeps what
 * does not fit without moving a stage (I24). Fold order is q; own events without a q come last.
 */
export const fold = (order: Order, recorded: Recorded): Order =>
  foldUnderstood(order, recorded, understood(recorded.event));

/** The same of an event whose data was checked just before. `draft`: what was understood of it. */
export function foldUnderstood(order: Order, recorded: Recorded, draft: Draft | null): Order {
  const id = idOf(recorded.event);
  if (recorded.event.subject !== `order:${order.id}` || order.applied.includes(id)) return order;
  const noted: Order = {
    ...order,
    lastQ: Math.max(order.lastQ, recorded.q ?? 0),
    applied: [...order.applied, id],
  };
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
        ? { ...release(order, recorded, { reason: draft.data.reason, next: null }), stage: beforeArrival(order.stage) }
        : order;
    case 'reassigned':
      return reassign(order, draft.data, recorded);
    case 'amended':
    case 'merged':
    case 'unmerged':
    case 'endedAtIntake':
    case 'cancelled':
    case 'reopened':
      return foldIntake(order, draft, recorded);
    case 'accepted':
    case 'departed':
    case 'arrived':
    case 'contacted':
    case 'diagnosed':
    case 'explained':
    case 'suspended':
    case 'resumed':
    case 'signed':
    case 'noted':
    case 'materialsUsed':
    case 'urgeAnswered':
    case 'submitted':
      return field(order, draft, MOVES_TO[draft.kind], recorded);
    case 'returned':
      return giveBack(order, draft, recorded);
    case 'restored':
      return restore(order, draft, recorded);
    case 'etrSet':
    case 'urged':
    case 'visited':
      return withFact(order, recorded, { kind: draft.kind, ...detailsOf(draft) });
    case 'timeAccepted':
      return accept(order, draft.data, recorded);
    case 'closed':
      return end(order, recorded, { outcome: draft.data.outcome });
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
  const known = withFact(order, recorded, { kind: 'dispatched', crew: data.crew });
  return data.crew ? { ...hold(known, recorded, data.crew), stage } : { ...known, stage };
}

function reassign(order: Order, data: DataOf<'reassigned'>, recorded: Recorded): Order {
  if (order.closed || order.crew !== data.from) return order;
  const known = withFact(order, recorded, { kind: 'dispatched', crew: data.to });
  const released = release(known, recorded, { reason: data.reason, next: data.to });
  const stage = forward(beforeArrival(order.stage), 'dispatched');
  return { ...hold(released, recorded, data.to), stage };
}

type FieldDraft = Draft<Exclude<FactKind, 'dispatched' | 'etrSet' | 'urged' | 'visited'>>;

const MOVES_TO = {
  accepted: 'accepted',
  departed: 'departed',
  arrived: 'arrived',
  submitted: 'submitted',
  contacted: null,
  diagnosed: null,
  explained: null,
  suspended: null,
  resumed: null,
  materialsUsed: null,
  urgeAnswered: null,
  returned: null,
  signed: null,
  noted: null,
} as const satisfies { readonly [K in Exclude<FieldDraft['kind'], 'restored'>]: Stage | null };

/** A field fact is always kept; it moves the stage only for the crew that holds the order (or where no crew is known). */
function field(order: Order, draft: FieldDraft, target: Stage | null, recorded: Recorded): Order {
  const { crew } = draft.data;
  const radio = 'radio' in draft.data && draft.data.radio === true;
  const fits = order.crew === crew || (crew !== null && order.crew === null && !everHeldBy(order, crew));
  const stage = fits && target && !order.closed ? forward(order.stage, target) : order.stage;
  return { ...withFact(order, recorded, { kind: draft.kind, crew, radio, fits, ...detailsOf(draft) }), stage };
}

/** Part of the customers back on is kept as a fact; only all of them moves the stage. */
function restore(order: Order, draft: Draft<'restored'>, recorded: Recorded): Order {
  const all = draft.data.extent === 'all';
  const after = field(order, draft, all ? 'restored' : null, recorded);
  return { ...after, extent: all ? 'all' : (order.extent ?? 'part') };
}

/** Only the crew that has it can give it back; from another it is kept as said. */
function giveBack(order: Order, draft: Draft<'returned'>, recorded: Recorded): Order {
  const { crew, reason, note } = draft.data;
  const known = field(order, draft, null, recorded);
  if (crew === null || order.crew !== crew || order.closed) return known;
  return {
    ...release(known, recorded, { reason: note ?? '', next: null, returned: reason }),
    stage: beforeArrival(order.stage),
  };
}

/** The last word on a fact's time counts. */
function accept(order: Order, { fact: id, reason }: DataOf<'timeAccepted'>, recorded: Recorded): Order {
  const accepted = { by: recorded.event.by, at: recorded.time.est, reason };
  return { ...order, facts: order.facts.map((fact) => (fact.id === id ? { ...fact, accepted } : fact)) };
}

function withFact(order: Order, recorded: Recorded, known: Pick<Fact, 'kind'> & Partial<Fact>): Order {
  const { q, time, event } = recorded;
  const made = { id: idOf(event), q, time, by: event.by };
  const fact: Fact = { crew: null, radio: false, fits: true, ...known, ...made };
  return { ...order, facts: [...order.facts, fact], etr: fact.etr ?? order.etr };
}

/** What a fact says besides its time, as far as clocks and screens ask for it. */
function detailsOf(draft: Draft): Pick<Fact, 'extent' | 'reason' | 'etr' | 'reached' | 'urge' | 'words'> {
  switch (draft.kind) {
    case 'restored':
      return { extent: draft.data.extent };
    case 'suspended':
      return { reason: draft.data.reason };
    case 'diagnosed':
      return draft.data.etr === undefined ? {} : { etr: draft.data.etr };
    case 'etrSet':
      return { etr: draft.data.etr };
    case 'urged':
      return draft.data.words === undefined ? {} : { words: draft.data.words };
    case 'urgeAnswered':
      return { urge: draft.data.urge };
    case 'contacted':
    case 'visited':
      return { reached: draft.data.reached };
    default:
      return {};
  }
}

function hold(order: Order, recorded: Recorded, crew: CrewId): Order {
  const { q, time, event } = recorded;
  const holding = { crew, fromQ: q, fromAt: time.est, from: time, fromBy: event.by, end: null };
  return { ...order, crew, holdings: [...order.holdings, holding] };
}

function release(order: Order, recorded: Recorded, how: Pick<HoldingEnd, 'reason' | 'next' | 'returned'>): Order {
  const end: HoldingEnd = { q: recorded.q, at: recorded.time.est, by: recorded.event.by, ...how };
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
