import { sql } from 'drizzle-orm';
import { index, integer, primaryKey, real, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';

import type { AlertLevel } from '#shared/event/alert.ts';
import type { Envelope } from '#shared/event/envelope.ts';
import type { DeviceEnrolled, Role, UnitMade } from '#shared/event/organisation.ts';
import type { Area } from '#shared/event/parts.ts';
import type { RulePack } from '#shared/event/rule-pack.ts';
import type { CrewId, DeviceId, EventId, OrderId, PersonId, Subject, UnitId, WriterId } from '#shared/ids.ts';
import type { Order, Stage } from '#shared/order/order.ts';
import type { Drop, HeldCode } from '#shared/sync/protocol.ts';
import type { ClockChain, ClockReading } from '#shared/time/clock-reading.ts';
import type { EventTime, Grade, TimeReason } from '#shared/time/event-time.ts';

/**
 * The one counter row (I1), updated last in every transaction that writes the log. `safe`: position inside a verified
 * backup, null without one. `rcv`: the latest receipt, so that receipts never run backwards.
 */
export const head = sqliteTable('head', {
  id: integer().primaryKey(),
  q: integer().notNull(),
  chain: text().notNull(),
  epoch: text().notNull(),
  safe: integer(),
  rcv: integer().notNull(),
  /** The writer of this data directory's own processes. */
  process: text().$type<WriterId>().notNull(),
  /** After a restore: until then what clients still hold is only gathered, server time, ms. */
  gatherUntil: integer('gather_until'),
});

/** Histories before the present one, oldest first: up to `q` they are the same as what followed them. */
export const history = sqliteTable('history', {
  id: integer().primaryKey(),
  epoch: text().notNull(),
  q: integer().notNull(),
  chain: text().notNull(),
});

export const event = sqliteTable(
  'event',
  {
    q: integer().primaryKey(),
    writer: text().$type<WriterId>().notNull(),
    n: integer().notNull(),
    subject: text().$type<Subject>().notNull(),
    kind: text().notNull(),
    v: integer().notNull(),
    by: text().$type<PersonId>(),
    /** Canonical text, exactly the bytes that were hashed; read as JSON, written as SQL text so that it stays so. */
    body: text({ mode: 'json' }).$type<Envelope>().notNull(),
    hash: text().notNull(),
    chain: text().notNull(),
    rcv: integer().notNull(),
    lo: integer().notNull(),
    hi: integer().notNull(),
    est: integer().notNull(),
    e: real().notNull(),
    grade: text().$type<Grade>().notNull(),
    given: text().$type<EventTime['given'] & string>(),
    why: text().$type<TimeReason>(),
    /** What the clocks showed when it was brought; outside the hash chain. */
    receipt: integer().references(() => receipt.id),
  },
  (t) => [uniqueIndex('event_id').on(t.writer, t.n), index('event_subject').on(t.subject, t.q)],
);

/**
 * The raw readings of each request that brought events, kept for ever: what bounds and grades were derived from.
 * `received`: server time, ms. `reading`: the writer's clocks when it asked. `chain`: null from early clients.
 */
export const receipt = sqliteTable('receipt', {
  id: integer().primaryKey(),
  device: text().$type<DeviceId>().notNull(),
  received: integer().notNull(),
  reading: text({ mode: 'json' }).$type<ClockReading>().notNull(),
  chain: text({ mode: 'json' }).$type<ClockChain>(),
});

/**
 * Custody without trust: raw text and why. `writer` only where the sender may speak for it. `hash`, `subject`: of an event
 * that could be read. `layEpoch`, `layQ`: where it was in an earlier history. `gathering`: waits for its turn after a restore.
 */
export const quarantine = sqliteTable(
  'quarantine',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    device: text().$type<DeviceId>().notNull(),
    writer: text().$type<WriterId>(),
    n: integer().notNull(),
    code: text().$type<HeldCode | 'gathering'>().notNull(),
    raw: text().notNull(),
    rawHash: text('raw_hash').notNull(),
    rcv: integer().notNull(),
    releasedQ: integer('released_q'),
    hash: text(),
    subject: text().$type<Subject>(),
    receipt: integer().references(() => receipt.id),
    layEpoch: text('lay_epoch'),
    layQ: integer('lay_q'),
  },
  (t) => [
    uniqueIndex('quarantine_raw').on(t.device, t.rawHash),
    index('quarantine_writer').on(t.writer, t.n),
    index('quarantine_subject').on(t.subject),
    index('quarantine_hash').on(t.hash),
  ],
);

/** `through`: 1..through are all in log or quarantine. `lastN`: highest in the log. `forkedN`: from here on held. */
export const writer = sqliteTable(
  'writer',
  {
    writer: text().$type<WriterId>().primaryKey(),
    device: text().$type<DeviceId>().notNull(),
    lastN: integer('last_n').notNull(),
    through: integer().notNull(),
    forkedN: integer('forked_n'),
  },
  (t) => [index('writer_device').on(t.device)],
);

/** When each writer was last heard completely (I25), server time, ms. */
export const contact = sqliteTable('contact', {
  writer: text().$type<WriterId>().primaryKey(),
  heard: integer().notNull(),
});

/** The latest fix of each device. */
export const position = sqliteTable('position', {
  device: text().$type<DeviceId>().primaryKey(),
  lat: real().notNull(),
  lon: real().notNull(),
  acc: real(),
  at: integer().notNull(),
});

/**
 * An order as its events make it. `history`: brought by an import together with its end; it raises nothing.
 * `broken`: what failed while it was projected, until it is projected again.
 */
export const orderRow = sqliteTable(
  'order_row',
  {
    order: text().$type<OrderId>().primaryKey(),
    state: text({ mode: 'json' }).$type<Order>().notNull(),
    stage: text().$type<Stage>().notNull(),
    unit: text().$type<UnitId>(),
    crew: text().$type<CrewId>(),
    area: text().$type<Area>(),
    reportedAt: integer('reported_at'),
    archived: integer({ mode: 'boolean' }).notNull(),
    history: integer({ mode: 'boolean' }).notNull(),
    sourceSystem: text('source_system'),
    sourceKey: text('source_key'),
    search: text().notNull(),
    lastQ: integer('last_q').notNull(),
    broken: text(),
  },
  (t) => [
    uniqueIndex('order_source').on(t.sourceSystem, t.sourceKey),
    index('order_reported').on(t.reportedAt, t.order),
    index('order_unit').on(t.unit, t.reportedAt, t.order),
    // Few: an order that has ended is archived some days later.
    index('order_ended')
      .on(sql`("state" ->> '$.closed.at')`, t.order)
      .where(sql`"stage" = 'closed' and "archived" = 0`),
  ],
);

/**
 * Who may see a subject, from when to when. Holder: `crew:…` and `unit:…` for orders and devices, `device:…` for the
 * device itself, `org:…` for what belongs to a unit. `changedQ`: last event seen through this row, so that a pull reads
 * only what changed. `archivedQ` stands on every row of an archived subject.
 */
export const scope = sqliteTable(
  'scope',
  {
    id: integer().primaryKey(),
    subject: text().$type<Subject>().notNull(),
    holder: text().notNull(),
    fromQ: integer('from_q').notNull(),
    toQ: integer('to_q'),
    changedQ: integer('changed_q').notNull(),
    archivedQ: integer('archived_q'),
    why: text().$type<Drop['why']>(),
    toCrew: text('to_crew').$type<CrewId>(),
    by: text().$type<PersonId>(),
    reason: text(),
  },
  (t) => [
    index('scope_changed').on(t.holder, t.archivedQ, t.changedQ),
    index('scope_ended').on(t.holder, t.archivedQ, t.toQ),
    index('scope_subject').on(t.subject),
  ],
);

/** Which crew a device belonged to, from when to when (positions; `…At` are the events' estimates, ms). */
export const deviceCrew = sqliteTable(
  'device_crew',
  {
    id: integer().primaryKey(),
    device: text().$type<DeviceId>().notNull(),
    crew: text().$type<CrewId>().notNull(),
    fromQ: integer('from_q').notNull(),
    fromAt: integer('from_at').notNull(),
    toQ: integer('to_q'),
    toBy: text('to_by').$type<PersonId>(),
  },
  (t) => [index('device_crew_device').on(t.device), index('device_crew_crew').on(t.crew)],
);

export const unit = sqliteTable(
  'unit',
  {
    id: text().$type<UnitId>().primaryKey(),
    name: text().notNull(),
    level: text().$type<UnitMade['level']>().notNull(),
    parent: text().$type<UnitId>(),
    q: integer().notNull(),
  },
  (t) => [index('unit_parent').on(t.parent)],
);

/** Rule packs as they were activated; `fromAt`: orders reported from then on are judged by it, server time, ms. */
export const pack = sqliteTable('pack', {
  id: text().$type<EventId>().primaryKey(),
  fromAt: integer('from_at').notNull(),
  pack: text({ mode: 'json' }).$type<RulePack>().notNull(),
  q: integer().notNull(),
});

export const crew = sqliteTable(
  'crew',
  {
    id: text().$type<CrewId>().primaryKey(),
    name: text().notNull(),
    unit: text().$type<UnitId>().notNull(),
    q: integer().notNull(),
  },
  (t) => [index('crew_unit').on(t.unit)],
);

/** Where a crew was before it was moved: in `unit` until before `toQ`, in the next one from there on; the last is `crew.unit`. */
export const crewPast = sqliteTable(
  'crew_past',
  {
    id: integer().primaryKey(),
    crew: text().$type<CrewId>().notNull(),
    unit: text().$type<UnitId>().notNull(),
    toQ: integer('to_q').notNull(),
    toBy: text('to_by').$type<PersonId>(),
  },
  (t) => [index('crew_past_crew').on(t.crew)],
);

export const person = sqliteTable('person', {
  id: text().$type<PersonId>().primaryKey(),
  name: text().notNull(),
  unit: text().$type<UnitId>().notNull(),
  role: text().$type<Role>().notNull(),
  q: integer().notNull(),
});

/** `enrolledAt`: receipt of its enrolment; nothing was made on it before. `was`: the device that this browser was until then. */
export const device = sqliteTable('device', {
  id: text().$type<DeviceId>().primaryKey(),
  form: text().$type<DeviceEnrolled['form']>().notNull(),
  unit: text().$type<UnitId>(),
  person: text().$type<PersonId>(),
  enrolledAt: integer('enrolled_at').notNull(),
  blocked: integer({ mode: 'boolean' }).notNull(),
  /** Declared lost: what it may hold is not waited for. */
  lost: integer({ mode: 'boolean' }).notNull().default(false),
  was: text().$type<DeviceId>(),
  q: integer().notNull(),
});

/**
 * When an order's clocks have to be looked at next: at `at`, and as soon as a device has been heard up to `waits`. Both
 * null: only a new fact changes it. One row per order with an open clock.
 */
export const due = sqliteTable(
  'due',
  { order: text().$type<OrderId>().primaryKey(), at: integer(), waits: integer() },
  (t) => [index('due_at').on(t.at), index('due_waits').on(t.waits)],
);

/** What has been raised: the key makes raising twice impossible, whoever tries. */
export const raised = sqliteTable(
  'raised',
  {
    order: text().$type<OrderId>().notNull(),
    rule: text().notNull(),
    level: text().$type<AlertLevel>().notNull(),
    epoch: integer().notNull(),
    alert: text().$type<EventId>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.order, t.rule, t.level, t.epoch] })],
);
