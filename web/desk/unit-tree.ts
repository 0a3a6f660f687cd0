import type { UnitId } from '#shared/ids.ts';

import type { Organisation } from '../read/client-context.ts';

/** Whether a unit is `top` or lies below it; a ring in the data ends. */
export function isInUnit(unit: UnitId, top: UnitId, { units }: Organisation): boolean {
  const seen = new Set<UnitId>();
  for (let at: UnitId | null = unit; at !== null && !seen.has(at); at = units.get(at)?.parent ?? null) {
    if (at === top) return true;
    seen.add(at);
  }
  return false;
}
