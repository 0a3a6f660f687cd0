import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';

import type { Draft } from '#shared/event/catalog.ts';
import type { Envelope } from '#shared/event/envelope.ts';
import type { Redacted } from '#shared/event/redaction.ts';
import type { EventId, OrderId, PersonId, Subject } from '#shared/ids.ts';
import type { EventTime } from '#shared/time/event-time.ts';

import { slot, type Connection } from './connection.ts';
import { createPen } from './log-pen.ts';
import type { LogTables } from './log-tables.ts';
import type { LogView } from './log-view.ts';
import type { OnFault } from './projection.ts';
import { head } from './schema.ts';

export type LogDeps = {
  readonly connection: Connection;
  readonly tables: LogTables;
  readonly clock: () => number;
  readonly onFault: OnFault;
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
  /** What was understood of it; left out: nobody has looked yet. */
  readonly draft?: Draft;
  readonly text: string;
  readonly hash: string;
  readonly time: EventTime;
  readonly receipt: number | null;
  /** Its hash under an earlier name. */
  readonly was?: string | undefined;
  /** False: neither hash is that of an event whose texts were redacted. Left out: nobody has looked yet. */
  readonly redacted?: boolean;
};

/** `events` null: all of the order. */
export type Redaction = {
  readonly order: OrderId;
  readonly events: readonly EventId[] | null;
  readonly reason: Redacted['reason'];
  readonly by: PersonId | null;
};

/** The pen inside one write transaction. */
export type LogWriter = {
  readonly now: number;
  readonly view: LogView;
  readonly head: { readonly q: number; readonly epoch: string };
  /** Gives the event's position. The caller has made sure that the id is new. Texts that were redacted before go at once. */
  readonly accept: (accepted: Accepted) => number;
  /** Writes server-made events under this directory's own writer; gives their ids, in order. */
  readonly record: (batch: readonly Own[]) => readonly EventId[];
  /** Erases what people typed or signed; gives the events that lost something (I4). */
  readonly redact: (redaction: Redaction) => readonly EventId[];
};

/** One transaction on the log. Whatever `work` throws undoes everything. `received`: server time, ms. */
export const writeLog = <T>(deps: LogDeps, received: number, work: (log: LogWriter) => T): T =>
  deps.connection.write(() => penned(deps, received, work));

/** The same in one transaction with what others write at that moment; what `work` throws undoes only its own. */
export const writeLogGrouped = <T>(deps: LogDeps, received: number, work: (log: LogWriter) => T): Promise<T> =>
  deps.connection.grouped(() => penned(deps, received, work));

function penned<T>({ connection, tables, onFault }: LogDeps, received: number, work: (log: LogWriter) => T): T {
  const row = readHead(connection);
  const pen = createPen(tables, { row, received, onFault });
  const result = work(pen.log);
  const end = pen.finish();
  // The counter row comes last (I1): whoever sees it sees everything before it.
  if (end.q !== row.q) connection.prepared(moveHead).run(end);
  return result;
}

export function readHead(connection: Connection): typeof head.$inferSelect {
  const row = connection.prepared(wholeHead).get();
  if (!row) throw new Error('the database has no head');
  return row;
}

const wholeHead = (db: BetterSQLite3Database) => db.select().from(head).prepare();

const moveHead = (db: BetterSQLite3Database) =>
  db
    .update(head)
    .set({ q: slot('q'), chain: slot('chain'), rcv: slot('rcv') })
    .prepare();
