import type { Role } from '../event/organisation.ts';
import type { CrewId } from '../ids.ts';
import { crewRefusal, type Refusal } from './decide.ts';
import { isLive, stageRank, type FieldKind, type Order } from './order.ts';
import { reachOf } from './rights.ts';

/** One button: enabled, or the reason why not. */
export type Operation<Name extends string = string> = { readonly name: Name; readonly refusal: Refusal | null };

const NEXT: readonly FieldKind[] = ['accepted', 'departed', 'arrived', 'restored', 'signed', 'submitted'];

/** Everything a crew can do with an order, in the order of the work. */
export const crewOperations = (order: Order, crew: CrewId): readonly Operation<FieldKind>[] =>
  [...NEXT, 'noted' as const].map((name) => ({ name, refusal: crewRefusal(order, name, crew) }));

/**
 * The one next step: the first of the work that is not done. What comes later may be done first (a fact is a fact),
 * so a step that a later one has overtaken is not asked for any more. Null: nothing is left.
 */
export function nextStep(order: Order, crew: CrewId): FieldKind | null {
  if (order.crew !== crew || !isLive(order)) return null;
  const refusals = NEXT.map((kind) => crewRefusal(order, kind, crew));
  const lastDone = refusals.lastIndexOf('alreadyDone');
  const signedSkipped = NEXT[lastDone] === 'submitted';
  if (signedSkipped) return null;
  const next = NEXT.findIndex((_, index) => index > lastDone && refusals[index] === null);
  return NEXT[next] ?? null;
}

const DESK_OPERATIONS = ['dispatch', 'recall', 'reassign', 'reportByRadio', 'close', 'note'] as const;
export type DeskOperation = (typeof DESK_OPERATIONS)[number];

const DESK_KIND = {
  dispatch: 'dispatched',
  recall: 'recalled',
  reassign: 'reassigned',
  reportByRadio: 'arrived',
  close: 'closed',
  note: 'noted',
} as const;

/** What the desk can do with an order, each with its reason when it cannot. */
export function deskOperations(order: Order, role: Role): readonly Operation<DeskOperation>[] {
  return DESK_OPERATIONS.map((name) => ({ name, refusal: deskRefusal(order, name, role) }));
}

function deskRefusal(order: Order, name: DeskOperation, role: Role): Refusal | null {
  if (reachOf(role, DESK_KIND[name]) === null) return 'notAllowed';
  if (order.stage === 'unknown') return 'orderUnknown';
  if (name === 'note') return null;
  if (!isLive(order)) return 'alreadyClosed';
  if (name === 'dispatch') return order.crew ? 'alreadyWithCrew' : null;
  if (name === 'recall' || name === 'reassign') return order.crew ? null : 'notWithThatCrew';
  if (name === 'reportByRadio') return order.holdings.length > 0 ? null : 'notWithThatCrew';
  return order.crew && stageRank(order.stage) < stageRank('restored') ? 'stillWithCrew' : null;
}
