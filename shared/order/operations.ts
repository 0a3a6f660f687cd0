import type { Kind } from '../event/catalog.ts';
import type { Role } from '../event/organisation.ts';
import type { CrewId } from '../ids.ts';
import { crewRefusal, done, type Refusal } from './decide.ts';
import { FIELD_KINDS, isLive, pauseOf, stageRank, type FieldKind, type Order } from './order.ts';
import { reachOf } from './rights.ts';

/** One button: enabled, or the reason why not. */
export type Operation<Name extends string = string> = { readonly name: Name; readonly refusal: Refusal | null };

/** The work in its order. Finding the cause can be skipped: power that is back on needs no reason first. */
export const CREW_WORK = [
  'accepted',
  'departed',
  'arrived',
  'diagnosed',
  'restored',
  'signed',
  'submitted',
] as const satisfies readonly FieldKind[];

/** Everything a crew can do with an order, each with its reason when it cannot. */
export const crewOperations = (order: Order, crew: CrewId): readonly Operation<FieldKind>[] =>
  FIELD_KINDS.map((name) => ({ name, refusal: crewRefusal(order, name, crew) }));

/**
 * The one next step: the first of the work that is not done. What comes later may be done first (a fact is a fact),
 * so a step that a later one has overtaken is not asked for any more. Work that rests goes on first. Null: nothing is left.
 */
export function nextStep(order: Order, crew: CrewId): FieldKind | null {
  if (order.crew !== crew || !isLive(order)) return null;
  if (pauseOf(order, crew)) return 'resumed';
  const lastDone = CREW_WORK.findLastIndex((kind) => done(order, kind, crew));
  return CREW_WORK.find((kind, index) => index > lastDone && crewRefusal(order, kind, crew) === null) ?? null;
}

const DESK_OPERATIONS = [
  'dispatch',
  'recall',
  'reassign',
  'reportByRadio',
  'urge',
  'setEtr',
  'contact',
  'close',
  'note',
  'amend',
  'endAtIntake',
  'cancel',
  'merge',
  'unmerge',
  'reopen',
] as const;
export type DeskOperation = (typeof DESK_OPERATIONS)[number];

const DESK_KIND = {
  dispatch: 'dispatched',
  recall: 'recalled',
  reassign: 'reassigned',
  reportByRadio: 'arrived',
  urge: 'urged',
  setEtr: 'etrSet',
  contact: 'contacted',
  close: 'closed',
  note: 'noted',
  amend: 'amended',
  endAtIntake: 'endedAtIntake',
  cancel: 'cancelled',
  merge: 'merged',
  unmerge: 'unmerged',
  reopen: 'reopened',
} as const satisfies { readonly [O in DeskOperation]: Kind };

/** With any order that is not over. */
const ALWAYS: ReadonlySet<DeskOperation> = new Set(['urge', 'setEtr', 'contact', 'amend', 'cancel', 'merge']);

/** What the desk can do with an order, each with its reason when it cannot. */
export function deskOperations(order: Order, role: Role): readonly Operation<DeskOperation>[] {
  return DESK_OPERATIONS.map((name) => ({ name, refusal: deskRefusal(order, name, role) }));
}

function deskRefusal(order: Order, name: DeskOperation, role: Role): Refusal | null {
  if (reachOf(role, DESK_KIND[name]) === null) return 'notAllowed';
  if (order.stage === 'unknown') return 'orderUnknown';
  if (name === 'note') return null;
  if (name === 'unmerge') return order.closed?.outcome === 'merged' && !order.archived ? null : 'notMerged';
  if (name === 'reopen') return order.closed && !order.archived ? null : 'notClosed';
  if (!isLive(order)) return 'alreadyClosed';
  if (name === 'endAtIntake') return order.crew ? 'stillWithCrew' : null;
  if (ALWAYS.has(name)) return null;
  if (name === 'dispatch') return order.crew ? 'alreadyWithCrew' : null;
  if (name === 'recall' || name === 'reassign') return order.crew ? null : 'notWithThatCrew';
  if (name === 'reportByRadio') return order.holdings.length > 0 ? null : 'notWithThatCrew';
  return order.crew && stageRank(order.stage) < stageRank('restored') ? 'stillWithCrew' : null;
}
