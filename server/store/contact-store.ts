import { and, eq, inArray, isNotNull, isNull, lte, sql } from 'drizzle-orm';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';

import type { Point } from '#shared/event/parts.ts';
import type { CrewId, DeviceId, UnitId, WriterId } from '#shared/ids.ts';
import type { Live } from '#shared/sync/protocol.ts';

import { slot, type Connection } from './connection.ts';
import { unitAndBelow } from './organisation.ts';
import { tracker } from './schema-map.ts';
import { contact, crew, device, deviceCrew, due, position, scope, writer } from './schema.ts';
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
    report: async (of) => {
      if (of.heard === null && !of.fix) return;
      await connection.grouped(() => {
        if (of.heard !== null) hear(connection, { ...of, heard: of.heard });
        if (of.fix) keepFix(connection, of.device, of.fix);
      });
    },
    live: (unit) => whole(() => connection.read(() => live(connection, unit))),
  };
}

function hear(connection: Connection, { device: by, writer: name, heard }: Contact & { heard: number }): void {
  connection.prepared(wakeWaiting).run({ device: by, writer: name, heard });
  connection.prepared(keepHeard).run({ writer: name, heard });
}

function keepFix(connection: Connection, of: DeviceId, { lat, lon, acc, at }: Fix): void {
  connection.prepared(putFix).run({ device: of, lat, lon, acc: acc ?? null, at });
}

function live(connection: Connection, unit: UnitId): Live {
  const units = JSON.stringify(unitAndBelow(connection, unit));
  const heard = connection.prepared(crewsHeard).all({ units });
  const devices = connection.prepared(devicesHeard).all({ units });
  const told = connection.prepared(trackersSeen).all({ units }).map(placed);
  const rows = [...connection.prepared(crewsSeen).all({ units }), ...told.flat()].sort((a, b) => a.at - b.at);
  // The latest of each crew: later rows overwrite earlier ones.
  const fixes = new Map(rows.map(({ acc, ...fix }) => [fix.crew, { ...fix, ...(acc === null ? {} : { acc }) }]));
  return { heard, devices, fixes: [...fixes.values()] };
}

/** A tracker that has not said anything yet is nowhere. */
function placed({ lat, lon, at, ...rest }: TrackerSeen) {
  return lat === null || lon === null || at === null ? [] : [{ ...rest, lat, lon, at, by: 'tracker' as const }];
}

type TrackerSeen = {
  readonly crew: CrewId;
  readonly lat: number | null;
  readonly lon: number | null;
  readonly acc: number | null;
  readonly at: number | null;
};

/** Up to when a device was heard: the least of its outboxes, and nothing was made on it before its enrolment. */
const LEAST = sql<number>`min(coalesce(${contact.heard}, ${device.enrolledAt}))`;

export const everInCrew = (db: BetterSQLite3Database) =>
  db
    .select({
      device: deviceCrew.device,
      fromAt: deviceCrew.fromAt,
      toQ: deviceCrew.toQ,
      heard: LEAST,
      lost: device.lost,
    })
    .from(deviceCrew)
    .innerJoin(device, eq(device.id, deviceCrew.device))
    .innerJoin(writer, eq(writer.device, deviceCrew.device))
    .leftJoin(contact, eq(contact.writer, writer.writer))
    .where(eq(deviceCrew.crew, slot('crew')))
    .groupBy(deviceCrew.id)
    .orderBy(deviceCrew.device)
    .prepare();

const keepHeard = (db: BetterSQLite3Database) =>
  db
    .insert(contact)
    .values({ writer: slot('writer'), heard: slot('heard') })
    .onConflictDoUpdate({ target: contact.writer, set: { heard: sql`max(${contact.heard}, excluded.heard)` } })
    .prepare();

/**
 * Wakes the clocks that waited for this outbox: what it had been heard beyond before cannot be what is missing. The least
 * wait of an order is enough: whoever is silent at an earlier limit is silent at each later one.
 */
function wakeWaiting(db: BetterSQLite3Database) {
  const before = db
    .select({ heard: contact.heard })
    .from(contact)
    .where(eq(contact.writer, slot('writer')));
  return db
    .update(due)
    .set({ at: 0 })
    .where(
      and(lte(due.waits, slot('heard')), sql`${due.waits} >= coalesce(${before}, -1)`, sql`exists ${heldByCrewOf(db)}`),
    )
    .prepare();
}

/** Wakes the clocks that wait for somebody who may be this device: it was declared lost, or found. */
export const wakeLost = (db: BetterSQLite3Database) =>
  db
    .update(due)
    .set({ at: 0 })
    .where(and(isNotNull(due.waits), sql`exists ${heldByCrewOf(db)}`))
    .prepare();

/** Was the due order ever held by a crew the device was ever in? */
const heldByCrewOf = (db: BetterSQLite3Database) =>
  db
    .select({ one: sql`1` })
    .from(deviceCrew)
    .innerJoin(scope, eq(scope.holder, sql`'crew:' || ${deviceCrew.crew}`))
    .where(and(eq(deviceCrew.device, slot('device')), eq(scope.subject, sql`'order:' || ${due.order}`)));

const putFix = (db: BetterSQLite3Database) =>
  db
    .insert(position)
    .values({ device: slot('device'), lat: slot('lat'), lon: slot('lon'), acc: slot('acc'), at: slot('at') })
    .onConflictDoUpdate({
      target: position.device,
      set: { lat: sql`excluded.lat`, lon: sql`excluded.lon`, acc: sql`excluded.acc`, at: sql`excluded.at` },
      setWhere: sql`${position.at} <= excluded.at`,
    })
    .prepare();

/** In the crews of `units`, a JSON array. */
const ofUnits = () => sql`${crew.unit} in (select value from json_each(${slot('units')}))`;

/** The devices that belong to these crews now. */
const members = () => and(isNull(deviceCrew.toQ), ofUnits());

const crewsHeard = (db: BetterSQLite3Database) =>
  db
    .select({ crew: crew.id, heard: LEAST })
    .from(deviceCrew)
    .innerJoin(crew, eq(crew.id, deviceCrew.crew))
    .innerJoin(device, eq(device.id, deviceCrew.device))
    .innerJoin(writer, eq(writer.device, deviceCrew.device))
    .leftJoin(contact, eq(contact.writer, writer.writer))
    // A lost device is waited for no more: it does not make its crew silent.
    .where(and(members(), sql`not ${device.lost}`))
    .groupBy(crew.id)
    .prepare();

const devicesHeard = (db: BetterSQLite3Database) =>
  db
    .select({ device: device.id, heard: LEAST })
    .from(device)
    .innerJoin(writer, eq(writer.device, device.id))
    .leftJoin(contact, eq(contact.writer, writer.writer))
    .where(
      inArray(
        device.id,
        db
          .select({ device: deviceCrew.device })
          .from(deviceCrew)
          .innerJoin(crew, eq(crew.id, deviceCrew.crew))
          .where(ofUnits()),
      ),
    )
    .groupBy(device.id)
    .prepare();

const trackersSeen = (db: BetterSQLite3Database) =>
  db
    .select({ crew: tracker.crew, lat: tracker.lat, lon: tracker.lon, acc: tracker.acc, at: tracker.at })
    .from(tracker)
    .innerJoin(crew, eq(crew.id, tracker.crew))
    .where(sql`${crew.unit} in (select value from json_each(${slot('units')}))`)
    .prepare();

const crewsSeen = (db: BetterSQLite3Database) =>
  db
    .select({ crew: crew.id, lat: position.lat, lon: position.lon, acc: position.acc, at: position.at })
    .from(deviceCrew)
    .innerJoin(crew, eq(crew.id, deviceCrew.crew))
    .innerJoin(position, eq(position.device, deviceCrew.device))
    .where(members())
    .orderBy(position.at)
    .prepare();
