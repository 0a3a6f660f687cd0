import { and, eq, isNull } from 'drizzle-orm';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';

import { subjectId, subjectOf, subjectType, type DeviceId, type OrderId, type UnitId } from '#shared/ids.ts';

import { slot, type Connection } from './connection.ts';
import type { LogView } from './log-view.ts';
import { sourceOwner } from './order-statements.ts';
import { subjectExists, unitAndAbove } from './organisation.ts';
import type { Projection } from './projection.ts';
import { crew, device, deviceCrew, person } from './schema.ts';

export function createLogView(connection: Connection, projection: Projection): LogView {
  return {
    order: projection.order,
    exists: (subject) =>
      subjectType(subject) === 'order'
        ? projection.order(subjectId<OrderId>(subject)) !== null
        : subjectExists(connection, subject),
    orderBySource: (system, key) => connection.prepared(sourceOwner).get({ system, key })?.order ?? null,
    within: (unit, top) => unitAndAbove(connection, unit).includes(top),
    crewsOf: (device) => {
      const rows = connection.prepared(crewsOfDevice).all({ device });
      return [...new Set(rows.map((row) => row.crew))];
    },
    unitOf: (of) => {
      const { db } = connection;
      if ('crew' in of)
        return db.select({ unit: crew.unit }).from(crew).where(eq(crew.id, of.crew)).get()?.unit ?? null;
      return db.select({ unit: person.unit }).from(person).where(eq(person.id, of.person)).get()?.unit ?? null;
    },
    unitsOf: (id) => unitsOf(connection, id),
    isCentre: (unit) =>
      subjectExists(connection, subjectOf('unit', unit)) && unitAndAbove(connection, unit).length === 1,
  };
}

function unitsOf({ db }: Connection, id: DeviceId): readonly UnitId[] {
  const home = db.select({ unit: device.unit }).from(device).where(eq(device.id, id)).get()?.unit ?? null;
  const joined = db
    .select({ unit: crew.unit })
    .from(deviceCrew)
    .innerJoin(crew, eq(crew.id, deviceCrew.crew))
    .where(and(eq(deviceCrew.device, id), isNull(deviceCrew.toQ)))
    .get();
  return [...(home === null ? [] : [home]), ...(joined ? [joined.unit] : [])];
}

const crewsOfDevice = (db: BetterSQLite3Database) =>
  db
    .select({ crew: deviceCrew.crew })
    .from(deviceCrew)
    .where(eq(deviceCrew.device, slot('device')))
    .prepare();
