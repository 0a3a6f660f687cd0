import type { DeviceId } from '#shared/ids.ts';

import type { OrganisationTables } from './log-tables.ts';

/** A device and those that the same browser was before, latest first. */
export function deviceLine(id: DeviceId, { device }: Pick<OrganisationTables, 'device'>): readonly DeviceId[] {
  const found: DeviceId[] = [];
  for (let next: DeviceId | null = id; next !== null && !found.includes(next); next = device(next)?.was ?? null)
    found.push(next);
  return found;
}
