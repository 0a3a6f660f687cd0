import type { Draft } from '#shared/event/catalog.ts';
import type { Envelope } from '#shared/event/envelope.ts';
import type { DeviceId, WriterId } from '#shared/ids.ts';
import type { Ack, HeldCode } from '#shared/sync/protocol.ts';
import { deriveTime, readEvidence, type Evidence, type Receipt } from '#shared/time/derive-time.ts';

import { eventTime } from './log-pen.ts';
import type { EventTable, LogTables } from './log-tables.ts';
import type { LogView } from './log-view.ts';
import type { LogWriter } from './log-writer.ts';

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

type Push = { readonly batch: readonly Incoming[]; readonly from: Delivery; readonly decide: Decide };

/** Takes custody of each item, in order: into the log, or into quarantine with the reason. */
export function takeBatch(tables: LogTables, log: LogWriter, { batch, from, decide }: Push): readonly Ack[] {
  const evidence = readEvidence(from.receipt);
  const receipt = keepReceipt(tables.events, from);
  const acks = batch.map((item) => take(tables, log, { item, from, evidence, receipt, decide }));
  for (const name of new Set(batch.map(writerOf))) if (name) tables.events.advance(name);
  return acks;
}

type Taking = {
  readonly item: Incoming;
  readonly from: Delivery;
  readonly evidence: Evidence;
  readonly receipt: () => number;
  readonly decide: Decide;
};

function take(tables: LogTables, log: LogWriter, { item, from, evidence, receipt, decide }: Taking): Ack {
  const { events } = tables;
  const hold = (code: HeldCode, name: WriterId | null, n: number): Ack => {
    const held = { device: from.device, writer: name, n, code, raw: item.raw };
    return { is: 'held', n, code, ref: `H${events.hold(held, log.now)}` };
  };
  if (item.is === 'held') return hold(item.code, item.writer, item.n);
  const made = item.event;
  const { writer: name, n } = made;
  const same = events.withNumber(name, n);
  if (same?.hash === item.hash) return { is: 'dup', n, q: same.q };
  const forkedN = events.forkedN(name);
  // I3: two databases write under one name. From here on their numbers mean nothing; a person puts the whole fork right.
  if (same) {
    events.putForkedN(name, Math.min(n, forkedN ?? n));
    return hold('forked', name, n);
  }
  if (forkedN !== null && n >= forkedN) return hold('forked', name, n);
  const code = decide(made, item.draft, log.view);
  if (code) return hold(code, name, n);
  const measured = deriveTime(made.clock, evidence, floorOf(tables, log, { made, from }));
  const time = eventTime(item.draft, measured, false);
  const q = log.accept({ event: made, text: item.text, hash: item.hash, time, receipt: receipt() });
  events.release({ writer: name, n, q });
  return { is: 'ok', n, q };
}

/** The raw readings of this request, written once and only if it brings something new. */
function keepReceipt(events: EventTable, { device: from, receipt: read }: Delivery): () => number {
  let id: number | null = null;
  return () =>
    (id ??= events.keepReceipt({
      device: from,
      received: read.server,
      reading: read.reading,
      chain: read.chain ?? null,
    }));
}

/** No tap is earlier than what its author had seen, nor than the enrolment of its device. */
function floorOf(tables: LogTables, log: LogWriter, { made, from }: { made: Envelope; from: Delivery }): number {
  const enrolled = tables.organisation.device(from.device)?.enrolledAt ?? 0;
  if (!made.seen || made.seen.epoch !== log.head.epoch) return enrolled;
  return Math.max(enrolled, tables.events.receivedAt(made.seen.q) ?? 0);
}

const writerOf = (item: Incoming): WriterId | null => (item.is === 'event' ? item.event.writer : item.writer);
