import type { Kind } from '../event/catalog.ts';
import type { Role } from '../event/organisation.ts';

/**
 * Who may record what, about which objects. One table for buttons, ingest and routes.
 * `held`: orders the actor's crew holds or ever held. `unit`: anything in the actor's unit or below. `any`: everything.
 * A kind that is missing here is recorded by the server alone.
 */
export type Reach = 'held' | 'unit' | 'any';

const RIGHTS: { readonly [K in Kind]?: { readonly [R in Role]?: Reach } } = {
  reported: { dispatcher: 'unit', agent: 'unit', leader: 'unit', admin: 'any', integration: 'unit', crew: 'unit' },
  amended: { dispatcher: 'unit', agent: 'unit', admin: 'any' },
  merged: { dispatcher: 'unit', agent: 'unit', admin: 'any' },
  unmerged: { dispatcher: 'unit', agent: 'unit', admin: 'any' },
  endedAtIntake: { dispatcher: 'unit', agent: 'unit', admin: 'any' },
  cancelled: { dispatcher: 'unit', agent: 'unit', admin: 'any' },
  reopened: { dispatcher: 'unit', leader: 'unit', admin: 'any' },
  dispatched: { dispatcher: 'unit', admin: 'any' },
  recalled: { dispatcher: 'unit', admin: 'any' },
  reassigned: { dispatcher: 'unit', admin: 'any' },
  accepted: { crew: 'held', dispatcher: 'unit', admin: 'any' },
  departed: { crew: 'held', dispatcher: 'unit', admin: 'any' },
  arrived: { crew: 'held', dispatcher: 'unit', admin: 'any' },
  contacted: { crew: 'held', dispatcher: 'unit', agent: 'unit', admin: 'any' },
  diagnosed: { crew: 'held', dispatcher: 'unit', admin: 'any' },
  explained: { crew: 'held', dispatcher: 'unit', agent: 'unit', admin: 'any' },
  suspended: { crew: 'held', dispatcher: 'unit', admin: 'any' },
  resumed: { crew: 'held', dispatcher: 'unit', admin: 'any' },
  restored: { crew: 'held', dispatcher: 'unit', admin: 'any' },
  materialsUsed: { crew: 'held', dispatcher: 'unit', admin: 'any' },
  returned: { crew: 'held', dispatcher: 'unit', admin: 'any' },
  urged: { dispatcher: 'unit', agent: 'unit', leader: 'unit', admin: 'any' },
  urgeAnswered: { crew: 'held', dispatcher: 'unit', leader: 'unit', admin: 'any' },
  signed: { crew: 'held' },
  noted: { crew: 'held', dispatcher: 'unit', agent: 'unit', leader: 'unit', admin: 'any' },
  submitted: { crew: 'held', dispatcher: 'unit', admin: 'any' },
  etrSet: { dispatcher: 'unit', admin: 'any' },
  timeAccepted: { dispatcher: 'unit', leader: 'unit', admin: 'any' },
  visited: { visitor: 'unit', dispatcher: 'unit', admin: 'any' },
  closed: { dispatcher: 'unit', admin: 'any' },
  alertAcknowledged: { dispatcher: 'unit', leader: 'unit', admin: 'any' },
  redacted: { leader: 'unit', admin: 'any' },
  shiftStarted: { crew: 'held' },
  unitMade: { admin: 'any' },
  crewMade: { admin: 'any' },
  unitRenamed: { admin: 'any' },
  crewRenamed: { admin: 'any' },
  crewMoved: { admin: 'any' },
  personMade: { admin: 'any' },
  deviceBlocked: { admin: 'any' },
  deviceLost: { dispatcher: 'unit', leader: 'unit', admin: 'any' },
  deviceFound: { dispatcher: 'unit', leader: 'unit', admin: 'any' },
  rulePackActivated: { admin: 'any' },
  joinedCrew: { admin: 'any' },
  leftCrew: { admin: 'any' },
};

/** How far this role's right to record `kind` reaches, or null if it has none. */
export const reachOf = (role: Role, kind: Kind): Reach | null => RIGHTS[kind]?.[role] ?? null;

/** How an object stands to an actor; computed where the data is (ingest, screens). */
export type Relation = { readonly held: boolean; readonly unit: boolean };

export function may(role: Role, kind: Kind, relation: Relation): boolean {
  const reach = reachOf(role, kind);
  if (reach === null) return false;
  return reach === 'any' || (reach === 'unit' ? relation.unit : relation.held);
}
