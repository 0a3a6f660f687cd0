import { and, eq, lte } from 'drizzle-orm';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';

import type { CrewId, DeviceId, PersonId, UnitId } from '#shared/ids.ts';

import { slot, type Connection } from './connection.ts';
import { unitAndAbove, unitAndBelow } from './organisation.ts';
import { crew, crewPast, deviceCrew } from './schema.ts';
import { holderOf } from './scope-rows.ts';

/** Whose view it is. A desk sees its `unit` and below; a tablet what its crews held while it belonged to them. */
export type Viewer = {
  readonly form: 'tablet' | 'desk';
  readonly device: DeviceId;
  /** What the same browser was before: of what it recorded or was shown then it may still hold everything. */
  readonly earlier?: readonly { readonly id: DeviceId }[];
  readonly unit: UnitId;
  /** Names what a position belongs to; a position of another scope is worth nothing. */
  readonly scope: string;
};

/** Did the viewer's browser record it, as the device that it is or as one that it was? */
export const isOwn = ({ device, earlier = [] }: Viewer, recorder: DeviceId | null): boolean =>
  recorder !== null && (recorder === device || earlier.some(({ id }) => id === recorder));

/** The viewer as each device that its browser ever was. */
export const everOf = (viewer: Viewer): readonly Viewer[] => [
  viewer,
  ...(viewer.earlier ?? []).map(({ id }) => ({ ...viewer, device: id })),
];

/** The viewer sees what these holders see, from `fromQ` until before `toQ` (null: still). `by`: who ended it. */
export type Grant = {
  readonly holders: readonly string[];
  readonly fromQ: number;
  readonly toQ: number | null;
  readonly by: PersonId | null;
};

/** All grants up to position `t`. */
export function grantsOf(connection: Connection, viewer: Viewer, t: number): readonly Grant[] {
  const own = holderOf.device(viewer.device);
  if (viewer.form === 'desk') {
    const below = unitAndBelow(connection, viewer.unit);
    const related = new Set([...below, ...unitAndAbove(connection, viewer.unit)]);
    const holders = [own, ...below.map(holderOf.unit), ...[...related].map(holderOf.org)];
    return [{ holders, fromQ: 0, toQ: null, by: null }];
  }
  const memberships = connection.prepared(membershipsOf).all({ device: viewer.device, t });
  const above = (unit: UnitId): readonly UnitId[] => unitAndAbove(connection, unit);
  return [
    { holders: [own], fromQ: 0, toQ: null, by: null },
    ...memberships.flatMap((one) =>
      grantsInCrew(one, { past: connection.prepared(pastOf).all({ crew: one.crew }), above, t }),
    ),
  ];
}

/** A time a device is in a crew; `unit`: the crew's unit now. */
type Membership = Omit<Grant, 'holders'> & { readonly crew: CrewId; readonly unit: UnitId };
/** A unit the crew was in until before `toQ`. */
type Past = { readonly unit: UnitId; readonly toQ: number; readonly by: PersonId | null };
type Homes = {
  /** Oldest first. */
  readonly past: readonly Past[];
  readonly above: (unit: UnitId) => readonly UnitId[];
  readonly t: number;
};

/** What the crew holds while the device is in it, and what belongs to the unit that the crew is in meanwhile. */
export function grantsInCrew(
  { crew: joined, unit, fromQ, toQ, by }: Membership,
  { past, above, t }: Homes,
): readonly Grant[] {
  const own = holderOf.crew(joined);
  const orgs = (of: UnitId): readonly string[] => above(of).map(holderOf.org);
  if (past.length === 0) return [{ holders: [own, ...orgs(unit)], fromQ, toQ, by }];
  const grants: Grant[] = [{ holders: [own], fromQ, toQ, by }];
  let since = fromQ;
  for (const home of [...past, { unit, toQ: null, by: null }]) {
    const leaves = toQ !== null && (home.toQ === null || toQ <= home.toQ);
    const end = leaves ? { toQ, by } : { toQ: home.toQ, by: home.by };
    if ((end.toQ === null || end.toQ > since) && since <= t) {
      grants.push({ holders: orgs(home.unit), fromQ: since, ...end });
      since = end.toQ ?? since;
    }
    if (leaves) break;
  }
  return grants;
}

const membershipsOf = (db: BetterSQLite3Database) =>
  db
    .select({
      crew: deviceCrew.crew,
      unit: crew.unit,
      fromQ: deviceCrew.fromQ,
      toQ: deviceCrew.toQ,
      by: deviceCrew.toBy,
    })
    .from(deviceCrew)
    .innerJoin(crew, eq(crew.id, deviceCrew.crew))
    .where(and(eq(deviceCrew.device, slot('device')), lte(deviceCrew.fromQ, slot('t'))))
    .prepare();

const pastOf = (db: BetterSQLite3Database) =>
  db
    .select({ unit: crewPast.unit, toQ: crewPast.toQ, by: crewPast.toBy })
    .from(crewPast)
    .where(eq(crewPast.crew, slot('crew')))
    .orderBy(crewPast.id)
    .prepare();
