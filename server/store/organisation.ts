import { and, eq, isNull, sql } from 'drizzle-orm';

import type { Role } from '#shared/event/organisation.ts';
import {
  subjectId,
  subjectType,
  type CrewId,
  type DeviceId,
  type PersonId,
  type Subject,
  type UnitId,
  type WriterId,
} from '#shared/ids.ts';

import type { Connection } from './connection.ts';
import { crew, device, deviceCrew, orderRow, person, unit, writer } from './schema.ts';
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
};

export type PersonRow = {
  readonly id: PersonId;
  readonly name: string;
  readonly role: Role;
  readonly unit: UnitId;
};

/** `writers`: its outboxes, first one first. `crew`: the one it has joined. */
export type DeviceRow = {
  readonly id: DeviceId;
  readonly writers: readonly WriterId[];
  readonly crew: CrewId | null;
  readonly blocked: boolean;
};

export function createRoster({ db }: Connection): Roster {
  return {
    person: (id) => whole(() => db.select(PERSON).from(person).where(eq(person.id, id)).get() ?? null),
    unit: (id) => whole(() => db.select(UNIT).from(unit).where(eq(unit.id, id)).get() ?? null),
    crew: (id) => whole(() => db.select(CREW).from(crew).where(eq(crew.id, id)).get() ?? null),
    device: (id) =>
      whole(() => {
        const row = db.select().from(device).where(eq(device.id, id)).get();
        if (!row) return null;
        const writers = db.select({ writer: writer.writer }).from(writer).where(eq(writer.device, id));
        const membership = and(eq(deviceCrew.device, id), isNull(deviceCrew.toQ));
        const joined = db.select({ crew: deviceCrew.crew }).from(deviceCrew).where(membership).get();
        // The first outbox has the short name, later ones add to it, so the names' own order is the right one.
        const names = writers.all().map((one) => one.writer);
        return { id, writers: names.toSorted(), crew: joined?.crew ?? null, blocked: row.blocked };
      }),
    deviceOf: (name) =>
      whole(
        () => db.select({ device: writer.device }).from(writer).where(eq(writer.writer, name)).get()?.device ?? null,
      ),
    units: () => whole(() => db.select(UNIT).from(unit).orderBy(unit.q).all()),
    crews: () => whole(() => db.select(CREW).from(crew).orderBy(crew.q).all()),
    people: () => whole(() => db.select(PERSON).from(person).orderBy(person.q).all()),
  };
}

/** The unit itself and every unit above it. */
export function unitAndAbove(connection: Connection, id: UnitId): readonly UnitId[] {
  const found: UnitId[] = [];
  for (let next: UnitId | null = id; next !== null && !found.includes(next); next = parentOf(connection, next))
    found.push(next);
  return found;
}

/** The unit itself and every unit below it. */
export function unitAndBelow({ db }: Connection, id: UnitId): readonly UnitId[] {
  const found = [id];
  for (const top of found) {
    const children = db.select({ id: unit.id }).from(unit).where(eq(unit.parent, top)).all();
    found.push(...children.map((child) => child.id).filter((child) => !found.includes(child)));
  }
  return found;
}

export function subjectExists({ db }: Connection, subject: Subject): boolean {
  const id = subjectId(subject);
  const type = subjectType(subject);
  const table = { order: orderRow, unit, crew, person, device }[type];
  const key = type === 'order' ? sql`"order"` : sql`"id"`;
  return db.get(sql`select 1 from ${table} where ${key} = ${id}`) !== undefined;
}

const PERSON = { id: person.id, name: person.name, role: person.role, unit: person.unit };
const UNIT = { id: unit.id, name: unit.name, parent: unit.parent };
const CREW = { id: crew.id, name: crew.name, unit: crew.unit };

const parentOf = ({ db }: Connection, id: UnitId): UnitId | null =>
  db.select({ parent: unit.parent }).from(unit).where(eq(unit.id, id)).get()?.parent ?? null;
