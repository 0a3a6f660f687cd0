import { and, eq, lte } from 'drizzle-orm';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';

import type { DeviceId, PersonId, UnitId } from '#shared/ids.ts';

import { slot, type Connection } from './connection.ts';
import { unitAndAbove, unitAndBelow } from './organisation.ts';
import { crew, deviceCrew } from './schema.ts';
import { holderOf } from './scope-rows.ts';

/** Whose view it is. A desk sees its `unit` and below; a tablet what its crews held while it belonged to them. */
export type Viewer = {
  readonly form: 'tablet' | 'desk';
  readonly device: DeviceId;
  readonly unit: UnitId;
  /** Names what a position belongs to; a position of another scope is worth nothing. */
  readonly scope: string;
};

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
  return [
    { holders: [own], fromQ: 0, toQ: null, by: null },
    ...memberships.map(({ crew: joined, unit, fromQ, toQ, by }) => ({
      holders: [holderOf.crew(joined), ...unitAndAbove(connection, unit).map(holderOf.org)],
      fromQ,
      toQ,
      by,
    })),
  ];
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
