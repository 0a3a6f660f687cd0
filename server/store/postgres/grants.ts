import type { CrewId, PersonId, UnitId } from '#shared/ids.ts';

import { unitsUpFrom } from '../create-log-view.ts';
import { grantsInCrew, type Grant, type Viewer } from '../grants.ts';
import { holderOf } from '../scope-rows.ts';
import type { Ask } from './connection.ts';

type Membership = {
  readonly crew: CrewId;
  readonly unit: UnitId;
  readonly fromQ: number;
  readonly toQ: number | null;
  readonly by: PersonId | null;
};
type Past = { readonly crew: CrewId; readonly unit: UnitId; readonly toQ: number; readonly by: PersonId | null };

/** All grants up to position `t`. */
export async function grantsOf(ask: Ask, viewer: Viewer, t: number): Promise<readonly Grant[]> {
  const parents = new Map(
    (await ask<{ id: UnitId; parent: UnitId | null }>('select id, parent from unit')).map((row) => [
      row.id,
      row.parent,
    ]),
  );
  const above = (unit: UnitId): readonly UnitId[] => unitsUpFrom(unit, (id) => parents.get(id) ?? null);
  const own = holderOf.device(viewer.device);
  if (viewer.form === 'desk') {
    const below = [...parents.keys()].filter((unit) => unit === viewer.unit || above(unit).includes(viewer.unit));
    const related = new Set([viewer.unit, ...below, ...above(viewer.unit)]);
    const seen = [...new Set([viewer.unit, ...below])];
    const holders = [own, ...seen.map(holderOf.unit), ...[...related].map(holderOf.org)];
    return [{ holders, fromQ: 0, toQ: null, by: null }];
  }
  const memberships = await ask<Membership>(
    `select m.crew, c.unit, m.from_q, m.to_q, m.to_by as by from device_crew m join crew c on c.id = m.crew
      where m.device = $1 and m.from_q <= $2 order by m.id`,
    viewer.device,
    t,
  );
  const past = await ask<Past>(
    'select crew, unit, to_q, to_by as by from crew_past where crew = any($1) order by id',
    memberships.map(({ crew }) => crew),
  );
  return [
    { holders: [own], fromQ: 0, toQ: null, by: null },
    ...memberships.flatMap((one) =>
      grantsInCrew(one, { past: past.filter(({ crew }) => crew === one.crew), above, t }),
    ),
  ];
}
