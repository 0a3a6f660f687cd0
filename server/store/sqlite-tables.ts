import { and, eq, sql } from 'drizzle-orm';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';

import type { Order } from '#shared/order/order.ts';

import { slot, type Connection } from './connection.ts';
import { everInCrew } from './contact-store.ts';
import { prepareInsert } from './insert-event.ts';
import type {
  AlertTables,
  EventTable,
  LogTables,
  OrderTable,
  OrderValues,
  RedactionTable,
  ScopeTable,
} from './log-tables.ts';
import { LOGGED, loggedEvent } from './logged-event.ts';
import { columnsOf } from './order-columns.ts';
import { insertOrder, readOrder, sourceOwner, typed, updateOrder, updateWork, wakeOrder } from './order-statements.ts';
import {
  anyHeld,
  emptyHeld,
  followFork,
  heldOther,
  letIn,
  quarantineHeld,
  release,
  releaseFork,
} from './quarantine.ts';
import { redaction } from './schema-redaction.ts';
import { due, event, head, orderRow, quarantine, raised, receipt, writer } from './schema.ts';
import { archiveRows, closeRow, openRow, rewordRow, touchRows } from './scope-statements.ts';
import { organisationTables } from './sqlite-organisation.ts';
import { advanceThrough } from './writers.ts';

/** The rows of a SQLite database; to be used inside its write transactions. */
export const sqliteTables = (connection: Connection): LogTables => ({
  part: connection.part,
  events: eventTable(connection),
  orders: orderTable(connection),
  scopes: scopeTable(connection),
  organisation: organisationTables(connection),
  alerts: alertTables(connection),
  redactions: redactionTable(connection),
});

function eventTable(connection: Connection): EventTable {
  const { db, prepared } = connection;
  return {
    withNumber: (name, n) => prepared(sameNumber).get({ writer: name, n }) ?? null,
    receivedAt: (q) => prepared(receiptAt).get({ q })?.rcv ?? null,
    insert: prepareInsert(connection),
    of: (subject) => prepared(eventsAbout).all({ subject }).map(loggedEvent),
    erase: ({ q, hash, text }) => {
      prepared(putBody).run({ q, text });
      emptyHeld(connection, { q, hash });
    },
    lastN: (name) => prepared(readWriter).get({ writer: name })?.lastN ?? 0,
    putLastN: (name, lastN) => void prepared(writeLast).run({ writer: name, lastN }),
    forkedN: (name) => prepared(readWriter).get({ writer: name })?.forkedN ?? null,
    putForkedN: (name, forkedN) => void db.update(writer).set({ forkedN }).where(eq(writer.writer, name)).run(),
    advance: (name) => advanceThrough(connection, name),
    keepReceipt: (row) => Number(prepared(putReceipt).run(row).lastInsertRowid),
    hold: (held, rcv) => quarantineHeld(connection, held, rcv),
    release: (placed) => release(connection, placed),
    releaseFork: (placed) => releaseFork(connection, placed),
    followFork: (of) => followFork(connection, of),
    anyHeld: (of) => anyHeld(connection, of),
    letIn: (subject) => letIn(connection, subject),
    heldOther: (made) => heldOther(connection, made),
    setHeldCode: (id, code) => void db.update(quarantine).set({ code }).where(eq(quarantine.id, id)).run(),
    receiptOf: (id) => db.select().from(receipt).where(eq(receipt.id, id)).get() ?? null,
    sharedUpTo: (epoch) => prepared(endOfHistory).get({ epoch })?.q ?? null,
  };
}

const orderTable = ({ db, prepared }: Connection): OrderTable => ({
  get: (id) => prepared(readOrder).get({ order: id }) ?? null,
  bySource: (system, key) => prepared(sourceOwner).get({ system, key })?.order ?? null,
  insert: ({ sourceSystem, sourceKey, ...row }) =>
    void prepared(insertOrder).run({ ...row, system: sourceSystem, key: sourceKey }),
  update: (row, before) => void prepared(isFiledAnew(row, before) ? updateOrder : updateWork).run(row),
  markBroken: (id, broken) => void db.update(orderRow).set({ broken }).where(eq(orderRow.order, id)).run(),
  wake: (id) => void prepared(wakeOrder).run({ order: id }),
});

function isFiledAnew(row: OrderValues, before: Order): boolean {
  const { unit, reportedAt } = columnsOf(before);
  return row.unit !== unit || row.reportedAt !== reportedAt;
}

const scopeTable = ({ prepared }: Connection): ScopeTable => ({
  open: (row) => void prepared(openRow).run(row),
  close: (row) => void prepared(closeRow).run(row),
  reword: (row) => void prepared(rewordRow).run(row),
  touch: (subject, q) => void prepared(touchRows).run({ subject, q }),
  archive: (subject, q) => void prepared(archiveRows).run({ subject, q }),
});

const alertTables = ({ prepared }: Connection): AlertTables => ({
  isRaised: (key) => prepared(raisedBefore).get(key) !== undefined,
  keepRaised: (key, alert) => void prepared(keepRaised).run({ ...key, alert }),
  lookAgain: (id, next) => void prepared(lookAgain).run({ order: id, ...next }),
  lookNoMore: (id) => void prepared(lookNoMore).run({ order: id }),
  everInCrew: (crew) => prepared(everInCrew).all({ crew }),
});

const redactionTable = ({ prepared }: Connection): RedactionTable => ({
  get: (hash) => prepared(redactionOf).get({ hash }) ?? null,
  any: (hashes) => prepared(anyRedaction).get({ hashes: JSON.stringify(hashes) })?.any === 1,
  put: (row) => void prepared(putRedaction).run(row),
});

const eventsAbout = (db: BetterSQLite3Database) =>
  db
    .select(LOGGED)
    .from(event)
    .where(eq(event.subject, slot('subject')))
    .orderBy(event.q)
    .prepare();

const putBody = (db: BetterSQLite3Database) =>
  db
    .update(event)
    .set({ body: slot('text') })
    .where(eq(event.q, slot('q')))
    .prepare();

const redactionOf = (db: BetterSQLite3Database) =>
  db
    .select()
    .from(redaction)
    .where(eq(redaction.hash, slot('hash')))
    .prepare();

const anyRedaction = (db: BetterSQLite3Database) =>
  db
    .select({
      any: sql<number>`exists (select 1 from json_each(${slot('hashes')}) cross join redaction on hash = value)`,
    })
    .from(head)
    .prepare();

const putRedaction = (db: BetterSQLite3Database) =>
  db
    .insert(redaction)
    .values({
      hash: slot('hash'),
      event: slot('event'),
      subject: slot('subject'),
      leaves: slot('leaves'),
      reason: slot('reason'),
      by: slot('by'),
      at: slot('at'),
      q: slot('q'),
    })
    .onConflictDoUpdate({
      target: redaction.hash,
      set: { leaves: slot('leaves'), reason: slot('reason'), by: slot('by'), at: slot('at'), q: slot('q') },
    })
    .prepare();

const sameNumber = (db: BetterSQLite3Database) =>
  db
    .select({ q: event.q, hash: event.hash })
    .from(event)
    .where(and(eq(event.writer, slot('writer')), eq(event.n, slot('n'))))
    .prepare();

const putReceipt = (db: BetterSQLite3Database) =>
  db
    .insert(receipt)
    .values({
      device: slot('device'),
      received: slot('received'),
      reading: typed(receipt.reading),
      chain: typed(receipt.chain),
    })
    .prepare();

const receiptAt = (db: BetterSQLite3Database) =>
  db
    .select({ rcv: event.rcv })
    .from(event)
    .where(eq(event.q, slot('q')))
    .prepare();

/** Of a history that was itself restored later on, what is left is what the later ones kept. */
const endOfHistory = (db: BetterSQLite3Database) =>
  db
    .select({
      q: sql<number | null>`case when ${head.epoch} = ${slot('epoch')} then null else coalesce(
        (select min(q) from history where id >= (select id from history where epoch = ${slot('epoch')} limit 1)),
        (select 0 from history limit 1)) end`,
    })
    .from(head)
    .prepare();

const readWriter = (db: BetterSQLite3Database) =>
  db
    .select({ lastN: writer.lastN, forkedN: writer.forkedN })
    .from(writer)
    .where(eq(writer.writer, slot('writer')))
    .prepare();

const writeLast = (db: BetterSQLite3Database) =>
  db
    .update(writer)
    .set({ lastN: slot('lastN') })
    .where(eq(writer.writer, slot('writer')))
    .prepare();

const lookAgain = (db: BetterSQLite3Database) =>
  db
    .update(due)
    .set({ at: slot('at'), waits: slot('waits') })
    .where(eq(due.order, slot('order')))
    .prepare();

const lookNoMore = (db: BetterSQLite3Database) =>
  db
    .delete(due)
    .where(eq(due.order, slot('order')))
    .prepare();

const raisedBefore = (db: BetterSQLite3Database) =>
  db
    .select({ alert: raised.alert })
    .from(raised)
    .where(
      and(
        eq(raised.order, slot('order')),
        eq(raised.rule, slot('rule')),
        eq(raised.level, slot('level')),
        eq(raised.epoch, slot('epoch')),
      ),
    )
    .prepare();

const keepRaised = (db: BetterSQLite3Database) =>
  db
    .insert(raised)
    .values({
      order: slot('order'),
      rule: slot('rule'),
      level: slot('level'),
      epoch: slot('epoch'),
      alert: slot('alert'),
    })
    .prepare();
