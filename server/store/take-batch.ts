import type { Draft } from '#shared/event/catalog.ts';
import type { Envelope, Seen } from '#shared/event/envelope.ts';
import type { DeviceId, Subject, WriterId } from '#shared/ids.ts';
import type { Ack, HeldCode } from '#shared/sync/protocol.ts';
import { deriveTime, readEvidence, type Evidence, type Receipt } from '#shared/time/derive-time.ts';

import { deviceLine } from './device-line.ts';
import { eventTime } from './log-pen.ts';
import type { EventTable, Held, LogTables } from './log-tables.ts';
import type { LogView } from './log-view.ts';
import type { LogWriter } from './log-writer.ts';
import { nativeSha256 } from './native-sha256.ts';
import { copyOf, underEarlierName } from './same-tap.ts';

/**
 * One pushed item after the checks that need no database: an event, or why it is none. `was`: its hash while two writers
 * had one name. `lay`: where it was before the server was restored. `recorder`: the device it was recorded on, where that
 * is one that the bringing device took over.
 */
export type Incoming =
  | {
      readonly is: 'event';
      readonly event: Envelope;
      readonly draft: Draft;
      readonly text: string;
      readonly hash: string;
      /** What is kept of it where it may not enter the log. */
      readonly raw: () => string;
      readonly was?: string | undefined;
      readonly lay?: Seen | undefined;
      /** Its texts were erased where it comes from: the hash is that of the event as it was. */
      readonly erased?: boolean | undefined;
      readonly recorder?: DeviceId | undefined;
    }
  | {
      readonly is: 'held';
      readonly writer: WriterId | null;
      readonly n: number;
      readonly code: HeldCode;
      readonly raw: string;
      readonly recorder?: DeviceId | undefined;
      /** Of what could be read as an event at all. */
      readonly about?: { readonly subject: Subject; readonly hash: string | null } | undefined;
      /** Another device's event, whole and with its true hash: the log may have it. */
      readonly whose?: { readonly writer: WriterId; readonly hash: string } | undefined;
    };
export type IncomingEvent = Extract<Incoming, { readonly is: 'event' }>;

/**
 * Says why an event may not enter the log, or null. Runs inside the transaction. `lost`: it lay in a part of the log that a
 * restore took away, or was made in sight of it.
 */
export type Decide = (event: Envelope, draft: Draft, view: LogView, lost: boolean) => HeldCode | null;

export type Delivery = { readonly device: DeviceId; readonly receipt: Receipt };

type Push = { readonly batch: readonly Incoming[]; readonly from: Delivery; readonly decide: Decide };

/** Takes custody of each item, in order: into the log, or into quarantine with the reason. */
export function takeBatch(tables: LogTables, log: LogWriter, { batch, from, decide }: Push): readonly Ack[] {
  const before = foundBefore(tables, batch);
  const taking = { tables, log, decide, before, forks: forksOf(tables.events), ...arrivalOf(tables, from) };
  const acks = batch.map((item) => take(taking, item));
  for (const name of new Set(batch.map(writerOf))) if (name) tables.events.advance(name);
  return acks;
}

/** What all items of one request share. `receipt`: the number of its raw readings, written once and only if needed. */
export type Arrival = {
  readonly device: DeviceId;
  readonly evidence: Evidence;
  readonly receipt: () => number;
  /** Nothing was made on a device before, nor on those it took over, server time, ms. */
  readonly enrolledAt: (of: DeviceId) => number;
  /** When the event at this position was received: what is pushed together has mostly seen the same. */
  readonly receivedAt: (q: number) => number | null;
  readonly sharedUpTo: EventTable['sharedUpTo'];
};

export const arrivalOf = ({ events, organisation }: LogTables, from: Delivery): Arrival => ({
  device: from.device,
  evidence: readEvidence(from.receipt),
  receipt: keepReceipt(events, from),
  enrolledAt: enrolments(organisation),
  receivedAt: remembered(events.receivedAt),
  sharedUpTo: remembered(events.sharedUpTo),
});

const enrolments = (organisation: LogTables['organisation']): Arrival['enrolledAt'] =>
  remembered((of) => Math.min(...deviceLine(of, organisation).map((one) => organisation.device(one)?.enrolledAt ?? 0)));

type Taking = Arrival & {
  readonly tables: LogTables;
  readonly log: LogWriter;
  readonly decide: Decide;
  readonly forks: Forks;
  readonly before: Before;
};

/** What the log and quarantine may hold of a push already, asked once for all of it: mostly nothing. */
type Before = {
  /** May the log have an event of this number? */
  readonly logged: (name: WriterId, n: number) => boolean;
  readonly took: (name: WriterId, n: number) => void;
  /** May anything of it be in quarantine? */
  readonly held: () => boolean;
  readonly hold: () => void;
  /** May the texts of any of it have been redacted? */
  readonly redacted: boolean;
};

function foundBefore({ events, redactions }: LogTables, batch: readonly Incoming[]): Before {
  const made = batch.flatMap((item) => (item.is === 'event' ? [item] : []));
  const writers = [...new Set(made.map(({ event }) => event.writer))];
  const highest = new Map(writers.map((name) => [name, events.lastN(name)]));
  const hashes = made.flatMap(({ hash, was }) => (was === undefined ? [hash] : [hash, was]));
  const subjects = [...new Set(made.map(({ event }) => event.subject))];
  let held = made.length > 0 && events.anyHeld({ writers, hashes, subjects });
  return {
    logged: (name, n) => n <= (highest.get(name) ?? 0),
    took: (name, n) => void highest.set(name, Math.max(n, highest.get(name) ?? 0)),
    held: () => held,
    hold: () => {
      held = true;
    },
    redacted: hashes.length > 0 && redactions.any(hashes),
  };
}

/** From which number on each writer's events are held, read once for a batch. */
type Forks = { readonly from: (name: WriterId) => number | null; readonly put: (name: WriterId, n: number) => void };

function forksOf(events: EventTable): Forks {
  const known = new Map<WriterId, number | null>();
  const from = (name: WriterId): number | null => {
    const found = known.get(name);
    if (found !== undefined) return found;
    const read = events.forkedN(name);
    known.set(name, read);
    return read;
  };
  return {
    from,
    put: (name, n) => {
      const least = Math.min(n, from(name) ?? n);
      events.putForkedN(name, least);
      known.set(name, least);
    },
  };
}

function take(taking: Taking, item: Incoming): Ack {
  const { log, forks, before, decide } = taking;
  // Held under the one that recorded it: its rights, and what it brought itself, are that one's.
  const device = item.recorder ?? taking.device;
  const { events, organisation } = taking.tables;
  const line = (): readonly DeviceId[] => deviceLine(taking.device, organisation);
  const hold = (code: HeldCode, name: WriterId | null, n: number): Ack => {
    before.hold();
    const held = { device, writer: name, n, code, ...readable(item), receipt: taking.receipt() };
    const ref = `H${events.hold(held, log.now)}`;
    if (item.is === 'event' && item.was !== undefined) {
      for (const one of line()) events.followFork({ device: one, was: item.was, hash: item.hash });
      // A copy of its outbox has brought it under the name it had: nobody has to decide about it any more.
      const there = underEarlierName(events, item);
      if (there !== null) events.release({ writer: item.event.writer, n, hash: item.hash, q: there });
    }
    return { is: 'held', n, code, ref };
  };
  if (item.is === 'held') {
    // I3: a tablet that was enrolled anew still brings what it delivered as another device. It asks for no rights.
    const there = item.whose && events.withNumber(item.whose.writer, item.n);
    if (!item.whose || there?.hash !== item.whose.hash) return hold(item.code, item.writer, item.n);
    events.release({ ...item.whose, n: item.n, q: there.q });
    return { is: 'dup', n: item.n, q: there.q };
  }
  const { event: made, hash, was } = item;
  const { writer: name, n } = made;
  const settle = (q: number): void => {
    before.took(name, n);
    if (!before.held()) return;
    events.release({ writer: name, n, q, hash });
    if (was !== undefined) for (const one of line()) events.releaseFork({ device: one, hash: was, q });
  };
  const same = before.logged(name, n) ? events.withNumber(name, n) : null;
  if (same?.hash === hash) {
    settle(same.q);
    return { is: 'dup', n, q: same.q };
  }
  // I3: two databases write under one name. From here on their numbers mean nothing, whichever of the two brings more:
  // each goes on under a name of its own, with all that it has not got into the log.
  if (same || (before.held() && events.heldOther({ writer: name, n, hash }))) forks.put(name, n);
  const copy = before.held() && events.letIn(made.subject) ? copyOf(events, made) : null;
  if (copy !== null) {
    const ack = hold('notAllowed', name, n);
    events.release({ writer: name, n, q: copy, hash });
    return ack;
  }
  const code = isBehind(forks.from(name), n)
    ? 'forked'
    : isAltered(taking.tables, item)
      ? 'badHash'
      : decide(made, item.draft, log.view, wasLost(taking, { lay: item.lay ?? null, seen: made.seen }));
  if (code) return hold(code, name, n);
  const q = accept(taking, item);
  settle(q);
  return { is: 'ok', n, q };
}

/** Says of itself that its texts were erased, and is not what was left of it then. */
export const isAltered = ({ redactions }: LogTables, { erased, hash, text }: IncomingEvent): boolean =>
  erased === true && redactions.get(hash)?.leaves !== nativeSha256(text);

/** Gives the position of an event that may enter the log. */
export function accept(
  taking: Omit<Taking, 'decide' | 'forks' | 'before'> & { readonly before?: Before },
  { event, draft, text, hash, was, recorder }: IncomingEvent,
): number {
  const { log, evidence, receipt, before } = taking;
  const measured = deriveTime(event.clock, evidence, floorOf(taking, event, recorder ?? taking.device));
  const time = eventTime(draft, measured, false);
  const redacted = before?.redacted ?? true;
  return log.accept({ event, draft, text, hash, was, time, receipt: receipt(), redacted });
}

export const isForked = (events: EventTable, name: WriterId, n: number): boolean => isBehind(events.forkedN(name), n);

const isBehind = (forkedN: number | null, n: number): boolean => forkedN !== null && n >= forkedN;

/** Does it come from behind where this history parts from an earlier one: did it lie there, or had its author seen that? */
export const wasLost = (
  { sharedUpTo }: Pick<EventTable, 'sharedUpTo'>,
  { lay, seen }: { lay?: Seen | null; seen: Seen | null },
): boolean => {
  const isBehind = (at: Seen | null | undefined): boolean =>
    at != null && at.q > (sharedUpTo(at.epoch) ?? Number.POSITIVE_INFINITY);
  return isBehind(lay) || isBehind(seen);
};

export function readable(item: Incoming): Pick<Held, 'raw' | 'hash' | 'subject' | 'lay'> {
  if (item.is === 'event')
    return { raw: item.raw(), hash: item.hash, subject: item.event.subject, lay: item.lay ?? null };
  return { raw: item.raw, hash: item.about?.hash ?? null, subject: item.about?.subject ?? null, lay: null };
}

/** The raw readings of this request, written once and only if it brings something new. */
function keepReceipt(events: EventTable, { device: from, receipt: read }: Delivery): () => number {
  const { server, reading, chain } = read;
  return once(() => events.keepReceipt({ device: from, received: server, reading, chain: chain ?? null }));
}

function once(work: () => number): () => number {
  let known: number | null = null;
  return () => (known ??= work());
}

function remembered<K, V>(ask: (key: K) => V): (key: K) => V {
  const known = new Map<K, V>();
  return (key) => {
    const found = known.get(key);
    if (found !== undefined) return found;
    const asked = ask(key);
    known.set(key, asked);
    return asked;
  };
}

/** No tap is earlier than what its author had seen, nor than the enrolment of its device. */
function floorOf(known: Floor, made: Envelope, recorder: DeviceId): number {
  const enrolledAt = known.enrolledAt(recorder);
  const seen = made.seen === null ? null : seenHere(known, made.seen);
  return seen === null ? enrolledAt : Math.max(enrolledAt, known.receivedAt(seen) ?? 0);
}

type Floor = Pick<Taking, 'log' | 'receivedAt' | 'enrolledAt' | 'sharedUpTo'>;

/** What was seen in an earlier history is here too, up to where the histories part; null: it says nothing here. */
function seenHere({ log, sharedUpTo }: Pick<Floor, 'log' | 'sharedUpTo'>, seen: Seen): number | null {
  if (seen.epoch === log.head.epoch) return seen.q;
  const shared = sharedUpTo(seen.epoch);
  return shared === null ? null : Math.min(seen.q, shared);
}

const writerOf = (item: Incoming): WriterId | null => (item.is === 'event' ? item.event.writer : item.writer);
