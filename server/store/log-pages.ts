import { and, asc, eq, gt, sql } from 'drizzle-orm';

import type { LoggedEvent } from '#shared/event/envelope.ts';
import type { Subject } from '#shared/ids.ts';

import type { Connection } from './connection.ts';
import { LOGGED, loggedEvent } from './logged-event.ts';
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
  return rows.map(({ chain, text, ...row }) => ({ ...loggedEvent(row), chain, text }));
}

const LINE = { ...LOGGED, chain: event.chain, text: sql<string>`${event.body}` };
