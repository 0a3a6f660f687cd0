import { and, asc, eq, gt, sql } from 'drizzle-orm';

import type { LoggedEvent } from '#shared/event/envelope.ts';
import type { Subject } from '#shared/ids.ts';

import type { Connection } from './connection.ts';
import { event } from './schema.ts';
import { whole } from './whole.ts';

/** An event as it lies in the log, with its chain value and the very text that was hashed. */
export type LogLine = LoggedEvent & { readonly chain: string; readonly text: string };

export type LogPages = {
  /** Events behind position `after`, in order, at most `limit`; of one subject only, if named. */
  readonly page: (after: number, limit: number, subject?: Subject) => Promise<readonly LogLine[]>;
};

export const createLogPages = (connection: Connection): LogPages => ({
  page: (after, limit, subject) => whole(() => readLog(connection, after, limit, subject)),
});

export function readLog(
  { db }: Pick<Connection, 'db'>,
  after: number,
  limit: number,
  subject?: Subject,
): readonly LogLine[] {
  const rows = db
    .select(LINE)
    .from(event)
    .where(and(gt(event.q, after), subject === undefined ? undefined : eq(event.subject, subject)))
    .orderBy(asc(event.q))
    .limit(limit)
    .all();
  return rows.map(({ q, rcv, hash, chain, text, body, given, ...time }) => ({
    event: body,
    hash,
    q,
    rcv,
    time: given === null ? time : { ...time, given },
    chain,
    text,
  }));
}

const LINE = {
  q: event.q,
  rcv: event.rcv,
  hash: event.hash,
  chain: event.chain,
  body: event.body,
  text: sql<string>`${event.body}`,
  lo: event.lo,
  hi: event.hi,
  est: event.est,
  e: event.e,
  grade: event.grade,
  given: event.given,
};
