import type { AlertClosedOut, AlertRaised } from '../event/alert.ts';
import type { Closed } from '../event/closing.ts';
import type { Restored, Returned, Suspended } from '../event/field.ts';
import type { Reported } from '../event/intake.ts';
import type { CrewId, EventId, OrderId, PersonId } from '../ids.ts';
import type { EventTime } from '../time/event-time.ts';

export const STAGES = [
  'unknown',
  'reported',
  'dispatched',
  'accepted',
  'departed',
  'arrived',
  'restored',
  'submitted',
  'closed',
] as const;
/** Where an order stands. `unknown`: its report has not been seen here. */
export type Stage = (typeof STAGES)[number];

export const FIELD_KINDS = [
  'accepted',
  'departed',
  'arrived',
  'contacted',
  'diagnosed',
  'explained',
  'suspended',
  'resumed',
  'restored',
  'materialsUsed',
  'signed',
  'noted',
  'submitted',
  'returned',
  'urgeAnswered',
] as const;
/** What a crew records about its own work. */
export type FieldKind = (typeof FIELD_KINDS)[number];

/** What is kept with its own time, because a clock may begin or stop with it. */
export type FactKind = FieldKind | 'dispatched' | 'etrSet' | 'urged' | 'visited';

/**
 * A fact as it was recorded. `fits`: it moved the stage, or belongs to the crew that held the order.
 * `reached`: of a call to the customer, whether it got through. `urge`: which one was answered; `words`: of an urge.
 * `accepted`: a person took its time as good.
 */
export type Fact = {
  readonly id: EventId;
  readonly kind: FactKind;
  readonly q: number | null;
  readonly time: EventTime;
  readonly by: PersonId | null;
  readonly crew: CrewId | null;
  readonly radio: boolean;
  readonly fits: boolean;
  readonly extent?: Restored['extent'];
  readonly reason?: Suspended['reason'];
  readonly urge?: EventId;
  readonly words?: string;
  readonly etr?: number;
  readonly reached?: boolean;
  readonly accepted?: { readonly by: PersonId | null; readonly at: number; readonly reason: string };
};

/** One crew's time with the order. `end` null: it holds it now. `fromAt`: estimate, ms; `from`: what is known of it. */
export type Holding = {
  readonly crew: CrewId;
  readonly fromQ: number | null;
  readonly fromAt: number;
  readonly from: EventTime;
  readonly fromBy: PersonId | null;
  readonly end: HoldingEnd | null;
};

export type HoldingEnd = {
  readonly q: number | null;
  readonly at: number;
  readonly by: PersonId | null;
  readonly reason: string;
  readonly next: CrewId | null;
  /** The crew gave it back itself, and why. */
  readonly returned?: Returned['reason'];
};

export type AlertState = 'raised' | 'acknowledged' | 'withdrawn' | 'closedOut';

export type Alert = AlertRaised & {
  readonly id: EventId;
  readonly raisedAt: number;
  readonly state: AlertState;
  readonly taken: {
    readonly by: PersonId | null;
    readonly at: number;
    readonly how: 'claimed' | 'shelved';
    readonly until: number | null;
    readonly reason: string | null;
  } | null;
  readonly end:
    | { readonly at: number; readonly withdrawn: { readonly fact: EventId; readonly time: EventTime } }
    | { readonly at: number; readonly closedOut: AlertClosedOut['because'] }
    | null;
};

/** How the order ended. `before`: the stage it stood at, should a merge be undone. */
export type Ending = {
  readonly at: number;
  readonly outcome: Closed['outcome'] | 'merged' | 'endedAtIntake';
  readonly before: Stage;
  readonly into?: OrderId;
};

/**
 * Everything an order's events say, as JSON. Made only by `fold`, the same on tablet and server.
 * `applied`: ids of all events folded in, also those that moved nothing.
 */
export type Order = {
  readonly id: OrderId;
  readonly stage: Stage;
  readonly report: Reported | null;
  readonly reportedAt: EventTime | null;
  readonly reportedBy: PersonId | null;
  readonly epoch: number;
  readonly crew: CrewId | null;
  readonly holdings: readonly Holding[];
  readonly facts: readonly Fact[];
  readonly alerts: readonly Alert[];
  readonly extent: Restored['extent'] | null;
  readonly closed: Ending | null;
  /** The last time it was opened again, with how many facts were known by then. */
  readonly reopened: { readonly q: number | null; readonly time: EventTime; readonly facts: number } | null;
  readonly etr: number | null;
  readonly archived: boolean;
  readonly lastQ: number;
  readonly applied: readonly EventId[];
};

export const emptyOrder = (id: OrderId): Order => ({
  id,
  stage: 'unknown',
  report: null,
  reportedAt: null,
  reportedBy: null,
  epoch: 1,
  crew: null,
  holdings: [],
  facts: [],
  alerts: [],
  extent: null,
  closed: null,
  reopened: null,
  etr: null,
  archived: false,
  lastQ: 0,
  applied: [],
});

export const stageRank = (stage: Stage): number => STAGES.indexOf(stage);

/** The order still needs somebody: known, neither closed nor archived. */
export const isLive = (order: Order): boolean => order.stage !== 'unknown' && order.closed === null && !order.archived;

export const everHeldBy = (order: Order, crew: CrewId): boolean => order.holdings.some((held) => held.crew === crew);

/** How the order was taken from `crew` the last time, or null if that crew holds it or never did. */
export function takenFrom(order: Order, crew: CrewId): HoldingEnd | null {
  if (order.crew === crew) return null;
  return order.holdings.findLast((held) => held.crew === crew)?.end ?? null;
}

/** Urges nobody has answered yet, oldest first. */
export function openUrges(order: Order): readonly Fact[] {
  const answered = new Set(order.facts.flatMap((fact) => (fact.kind === 'urgeAnswered' ? (fact.urge ?? []) : [])));
  return order.facts.filter((fact) => fact.kind === 'urged' && !answered.has(fact.id));
}

const ENDS_PAUSE: readonly FactKind[] = ['resumed', 'arrived', 'restored', 'submitted'];

/** The pause `crew` is in: its last suspension, unless it went on since. */
export function pauseOf(order: Order, crew: CrewId): Fact | null {
  const last = order.facts.findLast(
    (fact) => fact.crew === crew && (fact.kind === 'suspended' || ENDS_PAUSE.includes(fact.kind)),
  );
  return last?.kind === 'suspended' ? last : null;
}
