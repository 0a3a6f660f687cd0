import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

import type { CrewId, DeviceId, PersonId } from '#shared/ids.ts';

/** Plumbing of sessions; never part of the log. Tokens and codes lie here only as hashes. Times: ms. */

export const login = sqliteTable('login', {
  person: text().$type<PersonId>().primaryKey(),
  /** As typed, folded to lower case and NFKC. */
  name: text().notNull().unique(),
  password: text().notNull(),
});

export const session = sqliteTable(
  'session',
  {
    tokenHash: text('token_hash').primaryKey(),
    device: text().$type<DeviceId>().notNull(),
    person: text().$type<PersonId>().notNull(),
    form: text({ enum: ['tablet', 'desk'] }).notNull(),
    madeAt: integer('made_at').notNull(),
    usedAt: integer('used_at').notNull(),
    endedAt: integer('ended_at'),
  },
  (table) => [index('session_by_device').on(table.device)],
);

export const enrolCode = sqliteTable('enrol_code', {
  codeHash: text('code_hash').primaryKey(),
  crew: text().$type<CrewId>().notNull(),
  person: text().$type<PersonId>().notNull(),
  endsAt: integer('ends_at').notNull(),
  usedAt: integer('used_at'),
});
