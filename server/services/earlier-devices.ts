import type { DeviceRow, Roster } from '../store/organisation.ts';

/** What the browser was enrolled as before it became this device, latest first. */
export async function earlierDevices(
  roster: Pick<Roster, 'device'>,
  { was }: Pick<DeviceRow, 'was'>,
): Promise<readonly DeviceRow[]> {
  const found: DeviceRow[] = [];
  for (let next = was; next !== null && found.length < MOST;) {
    const row = await roster.device(next);
    if (!row) break;
    found.push(row);
    next = row.was;
  }
  return found;
}

/** Each request reads all of them; what lay there longer than so many enrolments is a stranger's. */
const MOST = 30;
