import { chainNext } from '#shared/canonical.ts';
import { CATALOG, type Draft } from '#shared/event/catalog.ts';
import { envelopeText, idOf, type Envelope, type LoggedEvent } from '#shared/event/envelope.ts';
import { eventId, subjectId, subjectOf, type EventId, type OrderId, type Subject, type WriterId } from '#shared/ids.ts';
import { exactly, type EventTime } from '#shared/time/event-time.ts';
import { givenTime } from '#shared/time/given-time.ts';

import { createLogView } from './create-log-view.ts';
import type { EventTable, LogTables } from './log-tables.ts';
import type { Accepted, LogWriter, Own } from './log-writer.ts';
import { nativeSha256 } from './native-sha256.ts';
import { createProjection, type OnFault } from './projection.ts';
import { createRedact } from './redact.ts';
import type { head } from './schema.ts';

/** Where a transaction begins: the head it found, and when what it writes was received (server time, ms). */
type Begin = { readonly row: typeof head.$inferSelect; readonly received: number; readonly onFault: OnFault };

export type Pen = {
  readonly log: LogWriter;
  /** Writes what is still held back; gives where the log ends now. The counter row itself is the caller's, and last. */
  readonly finish: () => { readonly q: number; readonly chain: string; readonly rcv: number };
};

/** What one transaction writes with; receipts never run backwards. */
export function createPen(tables: LogTables, { row, received, onFault }: Begin): Pen {
  const rcv = Math.max(received, row.rcv);
  const projection = createProjection(tables, onFault);
  const { view, organisationMoved } = createLogView(tables, projection);
  const numbers = countNumbers(tables.events);
  let { q, chain } = row;

  const write = ({ event: made, draft, text, hash, time, receipt }: Accepted): LoggedEvent => {
    q += 1;
    chain = chainNext(chain, idOf(made), hash, nativeSha256);
    tables.events.insert({ event: made, text, hash, time, q, chain, rcv, receipt });
    numbers.took(made.writer, made.n);
    const logged = { event: made, hash, q, rcv, time };
    projection.apply(logged, draft);
    if (!made.subject.startsWith('order:')) organisationMoved();
    return logged;
  };
  const own = ({ draft, by }: Pick<Own, 'draft' | 'by'>, subject: (id: EventId) => Subject): LoggedEvent => {
    const n = numbers.last(row.process) + 1;
    const id = eventId(row.process, n);
    const about = subject(id);
    const made: Envelope = {
      writer: row.process,
      n,
      subject: about,
      kind: draft.kind,
      v: CATALOG[draft.kind].v,
      data: draft.data,
      by,
      seen: { epoch: row.epoch, q },
      clock: { wall: received, mono: 0, page: row.process },
    };
    const text = envelopeText(made);
    return write({ event: made, text, hash: nativeSha256(text), time: ownTime(draft, received), receipt: null });
  };
  const redact = createRedact(tables, {
    record: (draft, { subject, by }) => own({ draft, by }, () => subject),
    refold: projection.refold,
  });
  /** What was redacted before a restore, or under another name, comes back without its texts. */
  const accept = (accepted: Accepted): number => {
    const { event: made, hash, was, redacted = true } = accepted;
    const at = write(accepted).q;
    if (!redacted) return at;
    const known = tables.redactions.get(hash) ?? (was === undefined ? null : tables.redactions.get(was));
    if (known && made.subject.startsWith('order:')) {
      const { reason, by } = known;
      redact({ order: subjectId<OrderId>(made.subject), events: [idOf(made)], reason, by });
    }
    return at;
  };
  const record = (batch: readonly Own[]): readonly EventId[] => {
    const subjects: Subject[] = [];
    return batch.map((one) => {
      const made = own(one, (id) => {
        const about = subjectFor(one, id, subjects);
        subjects.push(about);
        return about;
      });
      return idOf(made.event);
    });
  };
  return {
    log: { now: rcv, view, head: row, accept, record, redact },
    finish: () => {
      projection.flush();
      numbers.flush();
      return { q, chain, rcv };
    },
  };
}

/** When a server-made or pushed event happened. Only the server's own imports may state exact times of others. */
export function eventTime(draft: Draft, measured: EventTime, mayImport: boolean): EventTime {
  const given = 'at' in draft.data ? draft.data.at : undefined;
  if (!given) return measured;
  return givenTime(given, mayImport ? given.source : 'typed', measured.hi);
}

const ownTime = (draft: Draft, now: number): EventTime => eventTime(draft, exactly(now), true);

function subjectFor(own: Own, id: EventId, before: readonly Subject[]): Subject {
  if (own.subject === null) return subjectOf(CATALOG[own.draft.kind].subject, id);
  if (typeof own.subject === 'string') return own.subject;
  const begun = before[own.subject.begunBy];
  if (begun === undefined) throw new Error(`nothing stands at place ${own.subject.begunBy} of this batch yet`);
  return begun;
}

/** The highest numbers of the writers in this transaction: read once, written once. */
function countNumbers(events: EventTable) {
  const highest = new Map<WriterId, number>();
  const last = (name: WriterId): number => highest.get(name) ?? events.lastN(name);
  return {
    last,
    took: (name: WriterId, n: number): void => void highest.set(name, Math.max(last(name), n)),
    flush: (): void => {
      for (const [name, lastN] of highest) events.putLastN(name, lastN);
    },
  };
}
