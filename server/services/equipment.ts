import type { EquipmentAnswer } from '#shared/api/positions.ts';

import type { Equipment as EquipmentStore, Within } from '../store/equipment.ts';

/** More marks than this in one view cannot be told apart. */
const AT_MOST = 5_000;

/** The equipment in a box, feeder by feeder. */
export async function equipmentIn(store: EquipmentStore, box: Within): Promise<EquipmentAnswer> {
  const rows = await store.within(box, AT_MOST + 1);
  const feeders = new Map<string, number[]>();
  for (const { feeder, lat, lon } of rows.slice(0, AT_MOST)) {
    const points = feeders.get(feeder);
    if (points) points.push(lat, lon);
    else feeders.set(feeder, [lat, lon]);
  }
  return { feeders: [...feeders].map(([name, points]) => ({ name, points })), more: rows.length > AT_MOST };
}
