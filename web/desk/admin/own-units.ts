import type { UnitId } from '#shared/ids.ts';

import type { Organisation } from '../../read/client-context.ts';
import type { Desk } from '../desk-state.ts';
import { isInUnit } from '../unit-tree.ts';

type Unit = Organisation['units'] extends ReadonlyMap<UnitId, infer U> ? U : never;

/** The units this desk looks after: its own and those below, upper ones first. */
export function ownUnits(desk: Desk): readonly Unit[] {
  const org = desk.client.org.value;
  const top = desk.client.session.value?.unit.id;
  return [...org.units.values()]
    .filter(({ id }) => top !== undefined && isInUnit(id, top, org))
    .toSorted((a, b) => LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level) || a.name.localeCompare(b.name));
}

export const LEVELS = ['centre', 'district', 'station'] as const;

/** Why this person makes none of it; undefined: an administrator does. */
export const onlyAdmin = (desk: Desk): string | undefined =>
  desk.client.session.value?.person.role === 'admin' ? undefined : desk.t.value('admin.onlyAdmin');
