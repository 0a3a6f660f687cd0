import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

import type { Redacted } from '#shared/event/redaction.ts';
import type { EventId, PersonId, Subject } from '#shared/ids.ts';

/**
 * Events whose personal texts were erased (I4), by the hash they came with. `leaves`: hash of what is left. `at`: the event's
 * position, `q`: that of the redaction. Both null: a restore took them away; once somebody brings the event again, its texts
 * go in the same transaction.
 */
export const redaction = sqliteTable(
  'redaction',
  {
    hash: text().primaryKey(),
    event: text().$type<EventId>().notNull(),
    subject: text().$type<Subject>().notNull(),
    leaves: text().notNull(),
    reason: text().$type<Redacted['reason']>().notNull(),
    by: text().$type<PersonId>(),
    at: integer(),
    q: integer(),
  },
  (t) => [index('redaction_q').on(t.q)],
);
