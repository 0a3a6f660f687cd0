import { and, eq, isNull } from 'drizzle-orm';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';

import { slot } from './connection.ts';
import { scope } from './schema.ts';

export const openRow = (db: BetterSQLite3Database) =>
  db
    .insert(scope)
    .values({ subject: slot('subject'), holder: slot('holder'), fromQ: slot('q'), changedQ: slot('q') })
    .prepare();

export const closeRow = (db: BetterSQLite3Database) =>
  db
    .update(scope)
    .set({
      toQ: slot('q'),
      changedQ: slot('q'),
      why: slot('why'),
      toCrew: slot('toCrew'),
      by: slot('by'),
      reason: slot('reason'),
    })
    .where(and(eq(scope.subject, slot('subject')), eq(scope.holder, slot('holder')), isNull(scope.toQ)))
    .prepare();

export const touchRows = (db: BetterSQLite3Database) =>
  db
    .update(scope)
    .set({ changedQ: slot('q') })
    .where(and(eq(scope.subject, slot('subject')), isNull(scope.toQ), isNull(scope.archivedQ)))
    .prepare();

export const rewordRow = (db: BetterSQLite3Database) =>
  db
    .update(scope)
    .set({ reason: slot('reason') })
    .where(and(eq(scope.subject, slot('subject')), eq(scope.toQ, slot('q'))))
    .prepare();

export const archiveRows = (db: BetterSQLite3Database) =>
  db
    .update(scope)
    .set({ archivedQ: slot('q'), changedQ: slot('q') })
    .where(and(eq(scope.subject, slot('subject')), isNull(scope.archivedQ)))
    .prepare();
