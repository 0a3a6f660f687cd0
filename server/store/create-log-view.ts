import { and, eq } from 'drizzle-orm';

import { subjectId, subjectType, type OrderId } from '#shared/ids.ts';

import type { Connection } from './connection.ts';
import type { LogView } from './log-view.ts';
import { subjectExists, unitAndAbove } from './organisation.ts';
import type { Projection } from './projection.ts';
import { crew, deviceCrew, orderRow, person } from './schema.ts';

export function createLogView(connection: Connection, projection: Projection): LogView {
  const { db } = connection;
  return {
    order: projection.order,
    exists: (subject) =>
      subjectType(subject) === 'order'
        ? projection.order(subjectId<OrderId>(subject)) !== null
        : subjectExists(connection, subject),
    orderBySource: (system, key) => {
      const same = and(eq(orderRow.sourceSystem, system), eq(orderRow.sourceKey, key));
      return db.select({ order: orderRow.order }).from(orderRow).where(same).get()?.order ?? null;
    },
    within: (unit, top) => unitAndAbove(connection, unit).includes(top),
    crewsOf: (device) => {
      const rows = db.select({ crew: deviceCrew.crew }).from(deviceCrew).where(eq(deviceCrew.device, device)).all();
      return [...new Set(rows.map((row) => row.crew))];
    },
    unitOf: (of) => {
      if ('crew' in of)
        return db.select({ unit: crew.unit }).from(crew).where(eq(crew.id, of.crew)).get()?.unit ?? null;
      return db.select({ unit: person.unit }).from(person).where(eq(person.id, of.person)).get()?.unit ?? null;
    },
  };
}
