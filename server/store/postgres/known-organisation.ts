import { subjectId, subjectType, type DeviceId, type Subject } from '#shared/ids.ts';

import { groupBy } from '../group-by.ts';
import type { OrganisationTables } from '../log-tables.ts';
import type { crew, crewPast, device, deviceCrew, pack, person, unit, writer } from '../schema.ts';
import type { Ask } from './connection.ts';
import { createKnown, type Journal, type Known, type Reread } from './known.ts';
import { writeRows } from './write-rows.ts';

type UnitRow = typeof unit.$inferSelect;
type CrewRow = typeof crew.$inferSelect;
type PastRow = typeof crewPast.$inferSelect;
type PersonRow = typeof person.$inferSelect;
type DeviceRow = typeof device.$inferSelect;
type PackRow = Omit<typeof pack.$inferSelect, 'pack'> & { readonly pack: unknown };
type MembershipRow = typeof deviceCrew.$inferSelect;
type WriterRow = typeof writer.$inferSelect;

export type KnownOrganisation = {
  readonly table: OrganisationTables;
  readonly known: readonly Reread[];
  /** `membership`, `past`: the highest number of a row so far. */
  readonly restart: (highest: { readonly membership: number; readonly past: number }) => void;
  readonly write: (ask: Ask) => Promise<void>;
};

export function knownOrganisation(
  journal: Journal,
  writers: Known<WriterRow>,
  orderExists: (subject: Subject) => boolean,
): KnownOrganisation {
  // Units are few, and who asks for one asks for those above it next.
  const units = createKnown<UnitRow>(journal, async (ask) =>
    (await ask<UnitRow>('select * from unit')).map((row) => [row.id, row]),
  );
  const rowsOf = <Row extends { readonly id: string }>(table: string): Known<Row> =>
    createKnown<Row>(journal, async (ask, ids) =>
      (await ask<Row>(`select * from ${table} where id = any($1)`, ids)).map((row) => [row.id, row]),
    );
  const crews = rowsOf<CrewRow>('crew');
  const people = rowsOf<PersonRow>('person');
  const devices = rowsOf<DeviceRow>('device');
  const packs = rowsOf<PackRow>('pack');
  const memberships = createKnown<readonly MembershipRow[]>(journal, async (ask, ids) =>
    groupBy(
      await ask<MembershipRow>('select * from device_crew where device = any($1) order by id', ids),
      (row) => row.device,
    ),
  );
  const pasts = createKnown<readonly PastRow[]>(journal, async (ask, ids) =>
    groupBy(await ask<PastRow>('select * from crew_past where crew = any($1) order by id', ids), (row) => row.crew),
  );
  /** Who was in a crew when the transaction began. */
  const crewed = createKnown<readonly DeviceId[]>(journal, async (ask, ids) => {
    const rows = await ask<MembershipRow>('select * from device_crew where crew = any($1) and to_q is null', ids);
    return [...groupBy(rows, (row) => row.crew)].map(([of, found]) => [of, found.map((row) => row.device)]);
  });
  const lost = createKnown<DeviceId>(journal, () => Promise.resolve([]));
  let highest = { membership: 0, past: 0 };
  let joined = 0;
  let moved = 0;

  const table: OrganisationTables = {
    exists: (subject) => {
      const type = subjectType(subject);
      if (type === 'order') return orderExists(subject);
      return (
        { unit: units, crew: crews, person: people, device: devices, pack: packs }[type].get(subjectId(subject)) !==
        null
      );
    },
    parentOf: (id) => units.get(id)?.parent ?? null,
    unitOfCrew: (id) => crews.get(id)?.unit ?? null,
    unitOfPerson: (id) => people.get(id)?.unit ?? null,
    unitsBefore: (id) => (pasts.get(id) ?? []).map((row) => row.unit),
    device: (id) => devices.get(id),
    deviceOf: (name) => writers.get(name)?.device ?? null,
    devicesIn: (id) => {
      const joining = [...memberships.changed().values()].flat().map((row) => row.device);
      const isIn = (one: DeviceId): boolean =>
        (memberships.get(one) ?? []).some((row) => row.crew === id && row.toQ === null);
      return [...new Set([...(crewed.get(id) ?? []), ...joining])].filter(isIn).toSorted();
    },
    memberships: (of) => memberships.get(of) ?? [],
    addUnit: (row) => units.put(row.id, row),
    addCrew: (row) => crews.put(row.id, row),
    renameUnit: (id, name) => rename(units, id, name),
    renameCrew: (id, name) => rename(crews, id, name),
    moveCrew: (left, to) => {
      const row = crews.get(left.crew);
      if (!row) return;
      moved += 1;
      journal.push(() => {
        moved -= 1;
      });
      const leaves = { id: highest.past + moved, unit: row.unit, ...left };
      pasts.put(row.id, [...(pasts.get(row.id) ?? []), leaves]);
      crews.put(row.id, { ...row, unit: to });
    },
    addPerson: (row) => people.put(row.id, row),
    addDevice: (row) => devices.put(row.id, row),
    addPack: (row) => packs.put(row.id, row),
    addWriter: (name, of) => {
      if (writers.get(name) === null)
        writers.put(name, { writer: name, device: of, lastN: 0, through: 0, forkedN: null });
    },
    changeDevice: (id, set) => {
      const row = devices.get(id);
      if (row) devices.put(id, { ...row, ...set });
    },
    wakeLost: (id) => lost.put(id, id),
    join: (row) => {
      joined += 1;
      journal.push(() => {
        joined -= 1;
      });
      const made = { ...row, id: highest.membership + joined, toQ: null, toBy: null };
      memberships.put(row.device, [...(memberships.get(row.device) ?? []), made]);
    },
    leave: ({ device: id, crew: left, ...end }) =>
      memberships.put(
        id,
        (memberships.get(id) ?? []).map((row) => (row.crew === left && row.toQ === null ? { ...row, ...end } : row)),
      ),
  };

  return {
    table,
    known: [units, crews, people, devices, packs, memberships, pasts, crewed, lost],
    restart: (now) => {
      highest = now;
      joined = 0;
      moved = 0;
    },
    write: async (ask) => {
      for (const [name, rows] of [
        ['person', people],
        ['pack', packs],
      ] as const)
        await writeRows(ask, { table: name }, [...rows.changed().values()]);
      await writeRows(ask, { table: 'unit', key: ['id'], update: ['name'] }, [...units.changed().values()]);
      await writeRows(ask, { table: 'crew', key: ['id'], update: ['name', 'unit'] }, [...crews.changed().values()]);
      await writeRows(ask, { table: 'crew_past', key: ['id'] }, [...pasts.changed().values()].flat());
      const changed = [...devices.changed().values()];
      await writeRows(ask, { table: 'device', key: ['id'], update: ['blocked', 'lost', 'unit', 'was'] }, changed);
      const joinings = [...memberships.changed().values()].flat();
      await writeRows(ask, { table: 'device_crew', key: ['id'], update: ['toQ', 'toBy'] }, joinings);
      await writeRows(ask, { table: 'writer', key: ['writer'], update: ['lastN', 'forkedN'] }, [
        ...writers.changed().values(),
      ]);
      for (const id of lost.changed().values()) await ask(`${WAKE} and ${HELD_BY_CREW_OF}`, id);
    },
  };
}

function rename<Row extends { readonly name: string }>(rows: Known<Row>, id: string, name: string): void {
  const row = rows.get(id);
  if (row) rows.put(id, { ...row, name });
}

const WAKE = 'update due set at = 0 where waits is not null';

/** Was the due order ever held by a crew the device ($1) was ever in? */
export const HELD_BY_CREW_OF = `exists (select 1 from device_crew m join scope s on s.holder = 'crew:' || m.crew
  where m.device = $1 and s.subject = 'order:' || due."order")`;
