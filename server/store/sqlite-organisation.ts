import { and, eq, isNull, sql } from 'drizzle-orm';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';

import { subjectId, subjectType, type CrewId, type DeviceId } from '#shared/ids.ts';

import { slot, type Connection } from './connection.ts';
import { wakeLost } from './contact-store.ts';
import type { OrganisationTables } from './log-tables.ts';
import { deviceOf, parentOf } from './organisation.ts';
import { crew, crewPast, device, deviceCrew, orderRow, pack, person, unit, writer } from './schema.ts';

export function organisationTables(connection: Connection): OrganisationTables {
  const { db, prepared } = connection;
  return {
    exists: (subject) => {
      const type = subjectType(subject);
      const table = { order: orderRow, unit, crew, person, device, pack }[type];
      const key = type === 'order' ? sql`"order"` : sql`"id"`;
      return db.get(sql`select 1 from ${table} where ${key} = ${subjectId(subject)}`) !== undefined;
    },
    parentOf: (id) => parentOf(connection, id),
    unitOfCrew: (id) => db.select({ unit: crew.unit }).from(crew).where(eq(crew.id, id)).get()?.unit ?? null,
    unitOfPerson: (id) => db.select({ unit: person.unit }).from(person).where(eq(person.id, id)).get()?.unit ?? null,
    deviceOf: (name) => deviceOf(db, name),
    device: (id) => prepared(deviceById).get({ device: id }) ?? null,
    unitsBefore: (id) =>
      prepared(leftBy)
        .all({ crew: id })
        .map((row) => row.unit),
    devicesIn: (id) =>
      prepared(devicesNow)
        .all({ crew: id })
        .map((row) => row.device),
    memberships: (of) => prepared(crewsOfDevice).all({ device: of }),
    addUnit: (row) => void db.insert(unit).values(row).run(),
    addCrew: (row) => void db.insert(crew).values(row).run(),
    renameUnit: (id, name) => void db.update(unit).set({ name }).where(eq(unit.id, id)).run(),
    renameCrew: (id, name) => void db.update(crew).set({ name }).where(eq(crew.id, id)).run(),
    moveCrew: (left, to) => {
      const now = db.select({ unit: crew.unit }).from(crew).where(eq(crew.id, left.crew)).get();
      if (!now) return;
      db.insert(crewPast)
        .values({ ...left, unit: now.unit })
        .run();
      db.update(crew).set({ unit: to }).where(eq(crew.id, left.crew)).run();
    },
    addPerson: (row) => void db.insert(person).values(row).run(),
    addDevice: (row) => void db.insert(device).values(row).run(),
    addPack: (row) => void db.insert(pack).values(row).run(),
    addWriter: (name, of) =>
      void db.insert(writer).values({ writer: name, device: of, lastN: 0, through: 0 }).onConflictDoNothing().run(),
    changeDevice: (id, set) => void db.update(device).set(set).where(eq(device.id, id)).run(),
    wakeLost: (id) => void prepared(wakeLost).run({ device: id }),
    join: (row) => void db.insert(deviceCrew).values(row).run(),
    leave: ({ device: id, crew: left, ...set }) =>
      void db
        .update(deviceCrew)
        .set(set)
        .where(and(membershipOf(id, left), isNull(deviceCrew.toQ)))
        .run(),
  };
}

const membershipOf = (id: DeviceId, of: CrewId) => and(eq(deviceCrew.device, id), eq(deviceCrew.crew, of));

const deviceById = (db: BetterSQLite3Database) =>
  db
    .select({
      unit: device.unit,
      person: device.person,
      enrolledAt: device.enrolledAt,
      blocked: device.blocked,
      was: device.was,
    })
    .from(device)
    .where(eq(device.id, slot('device')))
    .prepare();

const crewsOfDevice = (db: BetterSQLite3Database) =>
  db
    .select({ crew: deviceCrew.crew, toQ: deviceCrew.toQ })
    .from(deviceCrew)
    .where(eq(deviceCrew.device, slot('device')))
    .orderBy(deviceCrew.id)
    .prepare();

const devicesNow = (db: BetterSQLite3Database) =>
  db
    .select({ device: deviceCrew.device })
    .from(deviceCrew)
    .where(and(eq(deviceCrew.crew, slot('crew')), isNull(deviceCrew.toQ)))
    .orderBy(deviceCrew.device)
    .prepare();

const leftBy = (db: BetterSQLite3Database) =>
  db
    .select({ unit: crewPast.unit })
    .from(crewPast)
    .where(eq(crewPast.crew, slot('crew')))
    .orderBy(crewPast.id)
    .prepare();
