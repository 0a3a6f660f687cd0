import { and, eq } from 'drizzle-orm';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';

import type { Draft } from '#shared/event/catalog.ts';
import type { Envelope } from '#shared/event/envelope.ts';
import type { DeviceId, EventId, WriterId } from '#shared/ids.ts';
import type { Ack, HeldCode } from '#shared/sync/protocol.ts';
import { deriveTime, readEvidence, type Evidence, type Receipt } from '#shared/time/derive-time.ts';

import { slot, type Connection } from './connection.ts';
import type { LogView } from './log-view.ts';
import { eventTime, readHead, writeLog, type LogDeps, type LogWriter, type Own } from './log-writer.ts';
import { quarantineHeld, release } from './quarantine.ts';
import { device, event, receipt, writer } from './schema.ts';
import { whole } from './whole.ts';
import { advanceThrough, missing } from './writers.ts';

/** One pushed item after the checks that need no database: an event, or why it is none. */
export type Incoming =
  | {
      readonly is: 'event';
      readonly event: Envelope;
      readonly draft: Draft;
      readonly text: string;
      readonly hash: string;
      readonly raw: string;
    }
  | {
      readonly is: 'held';
      readonly writer: WriterId | null;
      readonly n: number;
      readonly code: HeldCode;
      readonly raw: string;
    };

/** Says why an event may not enter the log, or null. Runs inside the transaction. */
export type Decide = (event: Envelope, draft: Draft, view: LogView) => HeldCode | null;

export type Delivery = { readonly device: DeviceId; readonly receipt: Receipt };

export type Head = {
  readonly q: number;
  readonly chain: string;
  readonly epoch: string;
  readonly safe: number | null;
  /** The latest receipt, server time, ms. */
  readonly rcv: number;
  readonly process: WriterId;
};

export type LogStore = {
  /** Takes custody of each item, in order; the answer may be given only after this resolves (I8). */
  readonly append: (batch: readonly Incoming[], from: Delivery, decide: Decide) => Promise<readonly Ack[]>;
  /** Writes server-made events in one transaction. As a function, it can look at the log first. */
  readonly record: (batch: readonly Own[] | ((view: LogView) => readonly Own[])) => Promise<readonly EventId[]>;
  readonly need: (writer: WriterId, hiN: number) => Promise<[number, number][]>;
  readonly head: () => Promise<Head>;
};

export function createLogStore(deps: LogDeps): LogStore {
  const { connection } = deps;
  return {
    append: (batch, from, decide) =>
      whole(() => {
        if (batch.length === 0) return [];
        const evidence = readEvidence(from.receipt);
        return writeLog(deps, from.receipt.server, (log) => {
          const receipt = keepReceipt(connection, from);
          const acks = batch.map((item) => take(connection, log, { item, from, evidence, receipt, decide }));
          for (const name of new Set(batch.map(writerOf))) if (name) advanceThrough(connection, name);
          return acks;
        });
      }),
    record: (batch) =>
      whole(() =>
        writeLog(deps, deps.clock(), (log) => log.record(typeof batch === 'function' ? batch(log.view) : batch)),
      ),
    need: (name, hiN) => whole(() => missing(connection, name, hiN)),
    head: () => whole(() => readHead(connection)),
  };
}

type Taking = {
  readonly item: Incoming;
  readonly from: Delivery;
  readonly evidence: Evidence;
  readonly receipt: () => number;
  readonly decide: Decide;
};

function take(connection: Connection, log: LogWriter, { item, from, evidence, receipt, decide }: Taking): Ack {
  const hold = (code: HeldCode, name: WriterId | null, n: number): Ack => {
    const held = { device: from.device, writer: name, n, code, raw: item.raw };
    return { is: 'held', n, code, ref: quarantineHeld(connection, held, log.now) };
  };
  if (item.is === 'held') return hold(item.code, item.writer, item.n);
  const made = item.event;
  const { writer: name, n } = made;
  const same = connection.prepared(sameNumber).get({ writer: name, n });
  if (same?.hash === item.hash) return { is: 'dup', n, q: same.q };
  // I3: two databases write under one name. From here on their numbers mean nothing; a person puts the whole fork right.
  if (same) {
    markForked(connection, name, n);
    return hold('forked', name, n);
  }
  if (isForked(connection, name, n)) return hold('forked', name, n);
  const code = decide(made, item.draft, log.view);
  if (code) return hold(code, name, n);
  const measured = deriveTime(made.clock, evidence, floorOf(connection, log, { made, from }));
  const time = eventTime(item.draft, measured, false);
  const q = log.accept({ event: made, text: item.text, hash: item.hash, time, receipt: receipt() });
  release(connection, { writer: name, n, q });
  return { is: 'ok', n, q };
}

/** The raw readings of this request, written once and only if it brings something new. */
function keepReceipt(connection: Connection, { device: from, receipt: read }: Delivery): () => number {
  let id: number | null = null;
  return () => {
    if (id !== null) return id;
    const row = { device: from, received: read.server, reading: read.reading, chain: read.chain ?? null };
    id = Number(connection.db.insert(receipt).values(row).run().lastInsertRowid);
    return id;
  };
}

/** No tap is earlier than what its author had seen, nor than the enrolment of its device. */
function floorOf(connection: Connection, log: LogWriter, { made, from }: { made: Envelope; from: Delivery }): number {
  const enrolled = connection.prepared(enrolment).get({ device: from.device })?.at ?? 0;
  if (!made.seen || made.seen.epoch !== log.head.epoch) return enrolled;
  const seen = connection.prepared(receiptAt).get({ q: made.seen.q });
  return Math.max(enrolled, seen?.rcv ?? 0);
}

function isForked(connection: Connection, name: WriterId, n: number): boolean {
  const row = connection.prepared(fork).get({ writer: name });
  return row?.forkedN != null && n >= row.forkedN;
}

function markForked(connection: Connection, name: WriterId, n: number): void {
  const forkedN = Math.min(n, connection.prepared(fork).get({ writer: name })?.forkedN ?? n);
  connection.db.update(writer).set({ forkedN }).where(eq(writer.writer, name)).run();
}

const sameNumber = (db: BetterSQLite3Database) =>
  db
    .select({ q: event.q, hash: event.hash })
    .from(event)
    .where(and(eq(event.writer, slot('writer')), eq(event.n, slot('n'))))
    .prepare();

const enrolment = (db: BetterSQLite3Database) =>
  db
    .select({ at: device.enrolledAt })
    .from(device)
    .where(eq(device.id, slot('device')))
    .prepare();

const receiptAt = (db: BetterSQLite3Database) =>
  db
    .select({ rcv: event.rcv })
    .from(event)
    .where(eq(event.q, slot('q')))
    .prepare();

const fork = (db: BetterSQLite3Database) =>
  db
    .select({ forkedN: writer.forkedN })
    .from(writer)
    .where(eq(writer.writer, slot('writer')))
    .prepare();

const writerOf = (item: Incoming): WriterId | null => (item.is === 'event' ? item.event.writer : item.writer);
