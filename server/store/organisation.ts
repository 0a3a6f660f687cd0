import { and, eq, isNull } from 'drizzle-orm';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';

import type { Role } from '#shared/event/organisation.ts';
import type { RulePack } from '#shared/event/rule-pack.ts';
import type { CrewId, DeviceId, EventId, PersonId, UnitId, WriterId } from '#shared/ids.ts';

import { slot, type Connection } from './connection.ts';
import { unitsUpFrom } from './create-log-view.ts';
import { crew, device, deviceCrew, pack, person, unit, writer } from './schema.ts';
import { whole } from './whole.ts';

/** What the log says about people, units, crews and devices. */
export type Roster = {
  readonly person: (id: PersonId) => Promise<PersonRow | null>;
  readonly unit: (id: UnitId) => Promise<{ readonly id: UnitId; readonly name: string } | null>;
  readonly crew: (id: CrewId) => Promise<{ readonly id: CrewId; readonly name: string; readonly unit: UnitId } | null>;
  readonly device: (id: DeviceId) => Promise<DeviceRow | null>;
  readonly deviceOf: (writer: WriterId) => Promise<DeviceId | null>;
  readonly units: () => Promise<
    readonly { readonly id: UnitId; readonly name: string; readonly parent: UnitId | null }[]
  >;
  readonly crews: () => Promise<readonly { readonly id: CrewId; readonly name: string; readonly unit: UnitId }[]>;
  readonly people: () => Promise<readonly PersonRow[]>;
  /** Rule packs in the order they were activated in. `from`: server time, ms. */
  readonly activations: () => Promise<
    readonly { readonly id: EventId; readonly from: number; readonly pack: RulePack }[]
  >;
};

export type PersonRow = {
  readonly id: PersonId;
  readonly name: string;
  readonly role: Role;
  readonly unit: UnitId;
};

/** `writers`: its outboxes, first one first. `crew`: the one it has joined. `was`: what this browser was enrolled as before. */
export type DeviceRow = {
  readonly id: DeviceId;
  readonly writers: readonly WriterId[];
  readonly crew: CrewId | null;
  readonly blocked: boolean;
  readonly was: DeviceId | null;
};

export function createRoster({ db, prepared }: Connection): Roster {
  return {
    person: (id) => whole(() => prepared(personById).get({ id }) ?? null),
    unit: (id) => whole(() => prepared(unitById).get({ id }) ?? null),
    crew: (id) => whole(() => prepared(crewById).get({ id }) ?? null),
    device: (id) =>
      whole(() => {
        const row = prepared(deviceById).get({ id });
        if (!row) return null;
        const joined = prepared(crewNow).get({ id });
        // The first outbox has the short name, later ones add to it, so the names' own order is the right one.
        const names = prepared(writersOf)
          .all({ id })
          .map((one) => one.writer);
        return { id, writers: names.toSorted(), crew: joined?.crew ?? null, ...row };
      }),
    deviceOf: (name) => whole(() => deviceOf(db, name)),
    units: () => whole(() => db.select(UNIT).from(unit).orderBy(unit.q).all()),
    crews: () => whole(() => db.select(CREW).from(crew).orderBy(crew.q).all()),
    people: () => whole(() => db.select(PERSON).from(person).orderBy(person.q).all()),
    activations: () => whole(() => db.select(ACTIVATION).from(pack).orderBy(pack.q).all()),
  };
}

/** The unit itself and every unit above it. */
export const unitAndAbove = (connection: Connection, id: UnitId): readonly UnitId[] =>
  unitsUpFrom(id, (unit) => parentOf(connection, unit));

/** The unit itself and every unit below it. */
export function unitAndBelow(connection: Connection, id: UnitId): readonly UnitId[] {
  const found = [id];
  for (const top of found) {
    const children = connection.prepared(unitsBelow).all({ parent: top });
    found.push(...children.map((child) => child.id).filter((child) => !found.includes(child)));
  }
  return found;
}

const PERSON = { id: person.id, name: person.name, role: person.role, unit: person.unit };
const UNIT = { id: unit.id, name: unit.name, parent: unit.parent };
const ACTIVATION = { id: pack.id, from: pack.fromAt, pack: pack.pack };
const CREW = { id: crew.id, name: crew.name, unit: crew.unit };

export const parentOf = (connection: Connection, id: UnitId): UnitId | null =>
  connection.prepared(unitById).get({ id })?.parent ?? null;

const personById = (db: BetterSQLite3Database) =>
  db
    .select(PERSON)
    .from(person)
    .where(eq(person.id, slot('id')))
    .prepare();

const unitById = (db: BetterSQLite3Database) =>
  db
    .select(UNIT)
    .from(unit)
    .where(eq(unit.id, slot('id')))
    .prepare();

const unitsBelow = (db: BetterSQLite3Database) =>
  db
    .select({ id: unit.id })
    .from(unit)
    .where(eq(unit.parent, slot('parent')))
    .prepare();

const crewById = (db: BetterSQLite3Database) =>
  db
    .select(CREW)
    .from(crew)
    .where(eq(crew.id, slot('id')))
    .prepare();

const deviceById = (db: BetterSQLite3Database) =>
  db
    .select({ blocked: device.blocked, was: device.was })
    .from(device)
    .where(eq(device.id, slot('id')))
    .prepare();

const crewNow = (db: BetterSQLite3Database) =>
  db
    .select({ crew: deviceCrew.crew })
    .from(deviceCrew)
    .where(and(eq(deviceCrew.device, slot('id')), isNull(deviceCrew.toQ)))
    .prepare();

const writersOf = (db: BetterSQLite3Database) =>
  db
    .select({ writer: writer.writer })
    .from(writer)
    .where(eq(writer.device, slot('id')))
    .prepare();

export const deviceOf = (db: BetterSQLite3Database, name: WriterId): DeviceId | null =>
  db.select({ device: writer.device }).from(writer).where(eq(writer.writer, name)).get()?.device ?? null;
