import { eq } from 'drizzle-orm';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';

import { chainNext } from '#shared/canonical.ts';
import { CATALOG, type Draft } from '#shared/event/catalog.ts';
import { envelopeHash, envelopeText, idOf, type Envelope } from '#shared/event/envelope.ts';
import { eventId, subjectOf, type EventId, type PersonId, type Subject, type WriterId } from '#shared/ids.ts';
import { exactly, type EventTime } from '#shared/time/event-time.ts';
import { givenTime } from '#shared/time/given-time.ts';

import { slot, type Connection } from './connection.ts';
import { createLogView } from './create-log-view.ts';
import type { InsertEvent } from './insert-event.ts';
import type { LogView } from './log-view.ts';
import { createProjection, type OnFault } from './projection.ts';
import { head, writer } from './schema.ts';

export type LogDeps = {
  readonly connection: Connection;
  readonly clock: () => number;
  readonly onFault: OnFault;
  readonly insert: InsertEvent;
};

/**
 * An event the server makes. `subject` null: it begins its own; `begunBy`: the one that the draft at this place of the
 * same batch began.
 */
export type Own = {
  readonly subject: Subject | null | { readonly begunBy: number };
  readonly draft: Draft;
  readonly by: PersonId | null;
};

/** An event that came from outside, checked, with the bytes it was hashed from. */
export type Accepted = {
  readonly event: Envelope;
  readonly text: string;
  readonly hash: string;
  readonly time: EventTime;
  readonly receipt: number | null;
};

/** The pen inside one write transaction. */
export type LogWriter = {
  readonly now: number;
  readonly view: LogView;
  readonly head: { readonly q: number; readonly epoch: string };
  /** Gives the event's position. The caller has made sure that the id is new. */
  readonly accept: (accepted: Accepted) => number;
  /** Writes server-made events under this directory's own writer; gives their ids, in order. */
  readonly record: (batch: readonly Own[]) => readonly EventId[];
};

/**
 * One transaction on the log. Whatever `work` throws undoes everything. `received`: receipt of what is written, server
 * time in ms; receipts never run backwards.
 */
export function writeLog<T>(deps: LogDeps, received: number, work: (log: LogWriter) => T): T {
  const { connection } = deps;
  return connection.write(() => {
    const row = readHead(connection);
    const rcv = Math.max(received, row.rcv);
    const projection = createProjection(connection, deps.onFault);
    const view = createLogView(connection, projection);
    const numbers = countNumbers(connection);
    let { q, chain } = row;

    const accept = ({ event: made, text, hash, time, receipt }: Accepted): number => {
      q += 1;
      chain = chainNext(chain, idOf(made), hash);
      deps.insert({ event: made, text, hash, time, q, chain, rcv, receipt });
      numbers.took(made.writer, made.n);
      projection.apply({ event: made, hash, q, rcv, time });
      return q;
    };
    const own = ({ draft, by }: Own, subject: (id: EventId) => Subject): EventId => {
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
      accept({ event: made, text, hash: envelopeHash(text), time: ownTime(draft, received), receipt: null });
      return id;
    };
    const record = (batch: readonly Own[]): readonly EventId[] => {
      const subjects: Subject[] = [];
      return batch.map((one) =>
        own(one, (id) => {
          const about = subjectFor(one, id, subjects);
          subjects.push(about);
          return about;
        }),
      );
    };

    const result = work({ now: rcv, view, head: row, accept, record });
    projection.flush();
    numbers.flush();
    // The counter row comes last (I1): whoever sees it sees everything before it.
    if (q !== row.q) connection.prepared(moveHead).run({ q, chain, rcv });
    return result;
  });
}

export function readHead(connection: Connection): typeof head.$inferSelect {
  const row = connection.prepared(wholeHead).get();
  if (!row) throw new Error('the database has no head');
  return row;
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
function countNumbers(connection: Connection) {
  const highest = new Map<WriterId, number>();
  const last = (name: WriterId): number =>
    highest.get(name) ?? connection.prepared(readLast).get({ writer: name })?.lastN ?? 0;
  return {
    last,
    took: (name: WriterId, n: number): void => void highest.set(name, Math.max(last(name), n)),
    flush: (): void => {
      for (const [name, lastN] of highest) connection.prepared(writeLast).run({ writer: name, lastN });
    },
  };
}

const wholeHead = (db: BetterSQLite3Database) => db.select().from(head).prepare();

const moveHead = (db: BetterSQLite3Database) =>
  db
    .update(head)
    .set({ q: slot('q'), chain: slot('chain'), rcv: slot('rcv') })
    .prepare();

const readLast = (db: BetterSQLite3Database) =>
  db
    .select({ lastN: writer.lastN })
    .from(writer)
    .where(eq(writer.writer, slot('writer')))
    .prepare();

const writeLast = (db: BetterSQLite3Database) =>
  db
    .update(writer)
    .set({ lastN: slot('lastN') })
    .where(eq(writer.writer, slot('writer')))
    .prepare();
