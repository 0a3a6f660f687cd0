import { and, eq, inArray, isNull, lte, sql } from 'drizzle-orm';

import type { Point } from '#shared/event/parts.ts';
import type { CrewId, DeviceId, UnitId, WriterId } from '#shared/ids.ts';
import type { CrewDevices } from '#shared/sla/knowledge.ts';
import type { Live } from '#shared/sync/protocol.ts';

import type { Connection } from './connection.ts';
import { unitAndBelow } from './organisation.ts';
import { contact, crew, device, deviceCrew, due, position, scope, writer } from './schema.ts';
import { holderOf } from './scope-rows.ts';
import { whole } from './whole.ts';

export type Fix = Point & { readonly at: number };

/** `heard`: everything this writer made up to then is in log or quarantine (server time, ms); null: not shown. */
export type Contact = {
  readonly device: DeviceId;
  readonly writer: WriterId;
  readonly heard: number | null;
  readonly fix: Fix | null;
};

export type ContactStore = {
  /** Keeps what a request proves beside its events, and wakes the clocks that waited for it. */
  readonly report: (of: Contact) => Promise<void>;
  /** When each crew of a unit and below was last heard completely, and where its van was. */
  readonly live: (unit: UnitId) => Promise<Live>;
};

export function createContactStore(connection: Connection): ContactStore {
  return {
    report: (of) =>
      whole(() =>
        connection.write(() => {
          if (of.heard !== null) hear(connection, { ...of, heard: of.heard });
          if (of.fix) keepFix(connection, of.device, of.fix);
        }),
      ),
    live: (unit) => whole(() => connection.read(() => live(connection, unit))),
  };
}

/**
 * The devices that may bring news of what a crew did up to `limit` on an order it got at position `fromQ`: those that
 * were in the crew then. Each was heard as far as the least of its outboxes.
 */
export function devicesOfCrew({ db }: Connection, of: { crew: CrewId; fromQ: number; limit: number }): CrewDevices {
  const heard = sql<number>`min(coalesce(${contact.heard}, ${device.enrolledAt}))`;
  return db
    .select({ device: deviceCrew.device, heard })
    .from(deviceCrew)
    .innerJoin(device, eq(device.id, deviceCrew.device))
    .innerJoin(writer, eq(writer.device, deviceCrew.device))
    .leftJoin(contact, eq(contact.writer, writer.writer))
    .where(
      and(
        eq(deviceCrew.crew, of.crew),
        lte(deviceCrew.fromAt, of.limit),
        sql`(${deviceCrew.toQ} is null or ${deviceCrew.toQ} > ${of.fromQ})`,
      ),
    )
    .groupBy(deviceCrew.device)
    .all();
}

function hear({ db }: Connection, { device: by, writer: name, heard }: Contact & { heard: number }): void {
  db.insert(contact)
    .values({ writer: name, heard })
    .onConflictDoUpdate({ target: contact.writer, set: { heard: sql`max(${contact.heard}, ${heard})` } })
    .run();
  const crews = db.select({ crew: deviceCrew.crew }).from(deviceCrew).where(eq(deviceCrew.device, by)).all();
  if (crews.length === 0) return;
  const holders = crews.map((row) => holderOf.crew(row.crew));
  const held = db
    .select({ one: sql`1` })
    .from(scope)
    .where(and(eq(scope.subject, sql`'order:' || ${due.order}`), inArray(scope.holder, holders)));
  db.update(due)
    .set({ at: 0 })
    .where(and(isNull(due.at), lte(due.waits, heard), sql`exists ${held}`))
    .run();
}

function keepFix({ db }: Connection, of: DeviceId, { lat, lon, acc, at }: Fix): void {
  const fix = { lat, lon, acc: acc ?? null, at };
  db.insert(position)
    .values({ device: of, ...fix })
    .onConflictDoUpdate({ target: position.device, set: fix, setWhere: lte(position.at, at) })
    .run();
}

function live(connection: Connection, unit: UnitId): Live {
  const { db } = connection;
  const inUnit = inArray(crew.unit, [...unitAndBelow(connection, unit)]);
  const members = and(isNull(deviceCrew.toQ), inUnit);
  const heard = db
    .select({ crew: crew.id, heard: sql<number>`min(coalesce(${contact.heard}, ${device.enrolledAt}))` })
    .from(deviceCrew)
    .innerJoin(crew, eq(crew.id, deviceCrew.crew))
    .innerJoin(device, eq(device.id, deviceCrew.device))
    .innerJoin(writer, eq(writer.device, deviceCrew.device))
    .leftJoin(contact, eq(contact.writer, writer.writer))
    .where(members)
    .groupBy(crew.id)
    .all();
  const rows = db
    .select({ crew: crew.id, lat: position.lat, lon: position.lon, acc: position.acc, at: position.at })
    .from(deviceCrew)
    .innerJoin(crew, eq(crew.id, deviceCrew.crew))
    .innerJoin(position, eq(position.device, deviceCrew.device))
    .where(members)
    .orderBy(position.at)
    .all();
  // The latest of each crew: later rows overwrite earlier ones.
  const fixes = new Map(rows.map(({ acc, ...fix }) => [fix.crew, { ...fix, ...(acc === null ? {} : { acc }) }]));
  return { heard, fixes: [...fixes.values()] };
}
