import type { UnitId } from '#shared/ids.ts';

type Unit = { readonly id: UnitId; readonly parent: UnitId | null };

/** A unit and all below it; a ring in the data ends. */
export function unitAndBelow(units: readonly Unit[], top: UnitId): readonly UnitId[] {
  const found = new Set([top]);
  // Grows while it is walked: each unit found brings its children.
  for (const above of found) for (const { id, parent } of units) if (parent === above) found.add(id);
  return [...found];
}
