import type { Draft, Kind } from '../event/catalog.ts';
import type { Role } from '../event/organisation.ts';
import type { RulePackActivated } from '../event/rule-pack.ts';
import type { CrewId } from '../ids.ts';
import { err, ok, type Result } from '../result.ts';
import { everHeldBy, isLive, openUrges, pauseOf, type FieldKind, type Order, stageRank } from './order.ts';
import { may } from './rights.ts';

/** Why a command is not carried out; the words are in web/text. */
export type Refusal =
  | 'notAllowed'
  | 'orderUnknown'
  | 'alreadyClosed'
  | 'alreadyWithCrew'
  | 'notWithThatCrew'
  | 'sameCrew'
  | 'takenAway'
  | 'alreadyDone'
  | 'notYetArrived'
  | 'notYetRestored'
  | 'stillWithCrew'
  | 'notClosed'
  | 'notMerged'
  | 'sameOrder'
  | 'noSuchFact'
  | 'reasonMissing'
  | 'noSuchAlert'
  | 'alertEnded';

/** Who asks. `inUnit`: the order lies in the actor's unit or below. */
export type Actor = { readonly role: Role; readonly crew: CrewId | null; readonly inUnit: boolean };

/**
 * May this be recorded about this order now? Gives the draft back, or the reason why not.
 * Field facts of a crew that ever held the order are never refused for its stage: the truth is kept as it happened;
 * `operations` only says which of them make sense as a button.
 */
export function decide(order: Order, draft: Draft, actor: Actor): Result<Draft, Refusal> {
  const refusal = refusalOf(order, draft, actor);
  return refusal ? err(refusal) : ok(draft);
}

function refusalOf(order: Order, draft: Draft, actor: Actor): Refusal | null {
  const relation = { held: actor.crew !== null && everHeldBy(order, actor.crew), unit: actor.inUnit };
  if (draft.kind === 'reported')
    return may(actor.role, draft.kind, { held: false, unit: actor.inUnit }) ? null : 'notAllowed';
  if (order.stage === 'unknown') return 'orderUnknown';
  if (!may(actor.role, draft.kind, relation)) return 'notAllowed';
  switch (draft.kind) {
    case 'dispatched':
      if (!isLive(order)) return 'alreadyClosed';
      return order.crew ? 'alreadyWithCrew' : null;
    case 'recalled':
      if (!isLive(order)) return 'alreadyClosed';
      if (order.crew !== draft.data.crew) return 'notWithThatCrew';
      return draft.data.reason.trim() ? null : 'reasonMissing';
    case 'reassigned':
      if (!isLive(order)) return 'alreadyClosed';
      if (order.crew !== draft.data.from) return 'notWithThatCrew';
      if (draft.data.from === draft.data.to) return 'sameCrew';
      return draft.data.reason.trim() ? null : 'reasonMissing';
    case 'closed':
      if (!isLive(order)) return 'alreadyClosed';
      return order.crew && stageRank(order.stage) < stageRank('restored') && draft.data.outcome === 'restored'
        ? 'notYetRestored'
        : null;
    case 'amended':
    case 'endedAtIntake':
    case 'cancelled':
    case 'etrSet':
      return isLive(order) ? null : 'alreadyClosed';
    case 'merged':
      if (!isLive(order)) return 'alreadyClosed';
      return draft.data.into === order.id ? 'sameOrder' : null;
    case 'unmerged':
      return order.closed?.outcome === 'merged' && !order.archived ? null : 'notMerged';
    case 'reopened':
      return order.closed && !order.archived ? null : 'notClosed';
    case 'timeAccepted':
      return order.facts.some((fact) => fact.id === draft.data.fact) ? null : 'noSuchFact';
    case 'alertAcknowledged': {
      const alert = order.alerts.find((one) => one.id === draft.data.alert);
      if (!alert) return 'noSuchAlert';
      if (alert.end) return 'alertEnded';
      return draft.data.how === 'shelved' && !draft.data.reason?.trim() ? 'reasonMissing' : null;
    }
    default:
      return null;
  }
}

/** A rule pack comes into force now or later, never for a time that has passed: nothing is judged anew. */
export const activationRefusal = ({ from }: Pick<RulePackActivated, 'from'>, now: number): 'inThePast' | null =>
  from < now ? 'inThePast' : null;

/** Does recording `kind` make sense as this crew's button now? Null: yes. */
export function crewRefusal(order: Order, kind: FieldKind, crew: CrewId): Refusal | null {
  if (order.stage === 'unknown') return 'orderUnknown';
  if (!everHeldBy(order, crew)) return 'notAllowed';
  if (order.crew !== crew && !EVIDENCE.has(kind)) return 'takenAway';
  if (order.closed && !EVIDENCE.has(kind)) return 'alreadyClosed';
  switch (kind) {
    case 'contacted':
    case 'explained':
    case 'materialsUsed':
    case 'noted':
      return null;
    case 'urgeAnswered':
      return openUrges(order).length > 0 ? null : 'alreadyDone';
    case 'resumed':
      return pauseOf(order, crew) ? null : 'alreadyDone';
    case 'suspended':
      return pauseOf(order, crew) || done(order, 'restored', crew) ? 'alreadyDone' : null;
    case 'returned':
      return done(order, 'restored', crew) ? 'alreadyDone' : null;
    case 'diagnosed':
      return done(order, 'arrived', crew) ? null : 'notYetArrived';
    default:
      break;
  }
  if (done(order, kind, crew)) return 'alreadyDone';
  if (kind === 'restored' && !done(order, 'arrived', crew)) return 'notYetArrived';
  if (kind === 'submitted' && !done(order, 'restored', crew)) return 'notYetRestored';
  return null;
}

/** What a crew may add to the very end, also to an order it has no more. */
const EVIDENCE: ReadonlySet<FieldKind> = new Set(['noted', 'signed', 'materialsUsed']);

/** This crew has done it in its present turn with the order (a part restoration does not count as restored). */
export function done(order: Order, kind: FieldKind, crew: CrewId): boolean {
  const turn = order.holdings.findLast((held) => held.crew === crew);
  const since = Math.max(turn?.fromQ ?? 0, order.reopened?.q ?? 0);
  if (kind === 'restored') return order.extent === 'all' && factsOf(order, kind, crew, since).length > 0;
  if (kind === 'signed' || kind === 'noted' || kind === 'materialsUsed')
    return factsOf(order, kind, crew, 0).length > 0;
  return factsOf(order, kind, crew, since).length > 0;
}

const factsOf = (order: Order, kind: Kind, crew: CrewId, sinceQ: number) =>
  order.facts.filter((fact) => fact.kind === kind && fact.crew === crew && (fact.q === null || fact.q > sinceQ));
