import { understood, type Draft } from '#shared/event/catalog.ts';
import { idOf, type LoggedEvent } from '#shared/event/envelope.ts';
import type { EventTime } from '#shared/time/event-time.ts';

import type { Acknowledgement, Fact, When } from '../oracle/history.ts';
import { areaKey } from './oracle-pack.ts';

/** An alert as the log tells it. */
export type LoggedAlert = {
  readonly rule: string;
  readonly level: string;
  readonly epoch: number;
  readonly raisedAt: number;
  readonly state: 'standing' | 'quiet' | 'withdrawn' | 'closedOut';
};

/** One order's events as the oracle reads them, and the alerts the server wrote down. */
export type LoggedOrder = {
  readonly order: string;
  readonly facts: readonly Fact[];
  readonly alerts: readonly LoggedAlert[];
};

/** Retells the log of one order, event by event: what happened, when, and when the server came to know it. */
export function readHistory(order: string, events: readonly LoggedEvent[]): LoggedOrder {
  const facts: Fact[] = [];
  const alerts = new Map<string, LoggedAlert>();
  const report = { area: 'urban', customerClass: undefined as string | undefined };
  // What stands behind an alert in the log came after that look, though in the same millisecond.
  let lookedAt = Number.NEGATIVE_INFINITY;
  for (const logged of events) {
    const draft = understood(logged.event);
    if (!draft) throw new Error(`${idOf(logged.event)} cannot be read`);
    if (draft.kind === 'reported' || draft.kind === 'amended') {
      report.area = draft.data.area ?? report.area;
      report.customerClass = draft.data.customerClass ?? report.customerClass;
    }
    const fact = factOf(draft, logged, { area: areaKey(report.area, report.customerClass), alerts });
    if (fact) facts.push({ known: Math.max(logged.rcv, lookedAt + 1), ...fact });
    if (noteAlert(alerts, draft, logged)) lookedAt = logged.rcv;
  }
  return { order, facts, alerts: [...alerts.values()] };
}

type Untimed = Fact extends infer F ? (F extends Fact ? Omit<F, 'known'> : never) : never;
type Around = { readonly area: string; readonly alerts: ReadonlyMap<string, LoggedAlert> };

function factOf(draft: Draft, { event, time }: LoggedEvent, { area, alerts }: Around): Untimed | null {
  const when = whenOf(time);
  const reached = (stage: string): Untimed => ({ kind: 'reached', id: idOf(event), stage, by: 'tablet', when });
  switch (draft.kind) {
    case 'reported':
      return { kind: 'reported', when, area };
    case 'amended':
      return { kind: 'areaChanged', area };
    case 'reopened':
      return { kind: 'reopened', when };
    case 'dispatched':
      return draft.data.crew === null ? null : { kind: 'dispatched', crew: draft.data.crew, when };
    case 'reassigned':
      return { kind: 'reassigned', crew: draft.data.to, when };
    case 'recalled':
      return { kind: 'recalled', when };
    case 'accepted':
    case 'departed':
    case 'arrived':
    case 'submitted':
      return reached(draft.kind);
    case 'restored':
      return draft.data.extent === 'all' ? reached('restored') : null;
    case 'contacted':
    case 'visited':
      return draft.data.reached ? reached(draft.kind) : null;
    case 'etrSet':
      return reached('etr');
    case 'diagnosed':
      return draft.data.etr === undefined ? null : reached('etr');
    case 'suspended':
      return { kind: 'suspended', reason: draft.data.reason, when };
    case 'resumed':
      return { kind: 'resumed', when };
    case 'timeAccepted':
      return { kind: 'timeAccepted', fact: draft.data.fact };
    case 'closed':
    case 'cancelled':
    case 'endedAtIntake':
    case 'merged':
      return { kind: 'ended' };
    case 'unmerged':
      return { kind: 'unmerged' };
    case 'alertAcknowledged':
      return acknowledgement(draft.data, alerts);
    default:
      return null;
  }
}

function acknowledgement(
  { alert: id, until }: { alert: string; until?: number | undefined },
  alerts: ReadonlyMap<string, LoggedAlert>,
): Omit<Acknowledgement, 'known'> | null {
  const alert = alerts.get(id);
  if (!alert) return null;
  const { rule, level, epoch } = alert;
  const named = { kind: 'acknowledged', rule, level: levelOf(level), epoch } as const;
  return until === undefined ? named : { ...named, until };
}

function levelOf(level: string): Acknowledgement['level'] {
  const known = (['soon', 'contact', 'missed', 'escalated1', 'escalated2', 'escalated3'] as const).find(
    (one) => one === level,
  );
  if (!known) throw new Error(`no level ${level}`);
  return known;
}

/** True if the event is one of the server's own judgements. */
function noteAlert(alerts: Map<string, LoggedAlert>, draft: Draft, { event, rcv }: LoggedEvent): boolean {
  if (draft.kind === 'alertRaised') {
    const { rule, level, epoch, quiet } = draft.data;
    alerts.set(idOf(event), { rule, level, epoch, raisedAt: rcv, state: quiet ? 'quiet' : 'standing' });
    return true;
  }
  if (draft.kind !== 'alertWithdrawn' && draft.kind !== 'alertClosedOut') return false;
  const alert = alerts.get(draft.data.alert);
  if (!alert) throw new Error(`${draft.kind} of no alert`);
  alerts.set(draft.data.alert, { ...alert, state: draft.kind === 'alertWithdrawn' ? 'withdrawn' : 'closedOut' });
  return true;
}

const whenOf = ({ lo, hi, est, e, grade, given }: EventTime): When => ({
  lo,
  hi,
  est,
  e,
  grade,
  typed: given === 'typed',
});
