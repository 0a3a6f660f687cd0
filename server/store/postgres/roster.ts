import type { RulePack } from '#shared/event/rule-pack.ts';
import type { CrewId, DeviceId, EventId, UnitId, WriterId } from '#shared/ids.ts';

import type { PersonRow, Roster } from '../organisation.ts';
import type { Ask, Postgres } from './connection.ts';
import { parsed } from './parsed.ts';

type Named = { readonly id: CrewId; readonly name: string; readonly unit: UnitId };

export function createRoster({ read }: Postgres): Roster {
  const first = <Row>(text: string, id: string): Promise<Row | null> =>
    read(async (ask) => (await ask<Row>(text, id))[0] ?? null);
  const all = <Row>(text: string): Promise<Row[]> => read((ask) => ask<Row>(text));
  return {
    person: (id) => first<PersonRow>('select id, name, role, unit from person where id = $1', id),
    unit: (id) => first('select id, name from unit where id = $1', id),
    crew: (id) => first('select id, name, unit from crew where id = $1', id),
    device: (id) => read((ask) => deviceOf(ask, id)),
    deviceOf: async (name) =>
      (await first<{ device: DeviceId }>('select device from writer where writer = $1', name))?.device ?? null,
    units: () => all('select id, name, parent from unit order by q'),
    crews: () => all<Named>('select id, name, unit from crew order by q'),
    people: () => all<PersonRow>('select id, name, role, unit from person order by q'),
    activations: () => read(activationsOf),
  };
}

async function deviceOf(ask: Ask, id: DeviceId) {
  const [row] = await ask<{ blocked: boolean; was: DeviceId | null; crew: CrewId | null; writers: WriterId[] | null }>(
    `select blocked, was, (select crew from device_crew where device = $1 and to_q is null limit 1) as crew,
      (select array_agg(writer) from writer where device = $1) as writers from device where id = $1`,
    id,
  );
  // The first outbox has the short name, later ones add to it, so the names' own order is the right one.
  return row ? { id, ...row, writers: (row.writers ?? []).toSorted() } : null;
}

/** Rule packs in the order they were activated in. */
export async function activationsOf(ask: Ask): Promise<{ id: EventId; from: number; pack: RulePack }[]> {
  const rows = await ask<{ id: EventId; from: number; pack: string }>(
    'select id, from_at as "from", pack from pack order by q',
  );
  return rows.map((row) => ({ ...row, pack: parsed(row.pack) }));
}
