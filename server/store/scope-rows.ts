import { and, eq, isNull } from 'drizzle-orm';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';

import type { LoggedEvent } from '#shared/event/envelope.ts';
import type { CrewId, DeviceId, Subject, UnitId } from '#shared/ids.ts';
import type { Order } from '#shared/order/order.ts';

import { slot, type Connection } from './connection.ts';
import { scope } from './schema.ts';

/** Who can see a subject. `org`: everybody whose own unit is that unit, below it or above it. */
export const holderOf = {
  crew: (id: CrewId): string => `crew:${id}`,
  unit: (id: UnitId): string => `unit:${id}`,
  org: (id: UnitId): string => `org:${id}`,
  device: (id: DeviceId): string => `device:${id}`,
};

type Step = { readonly before: Order; readonly after: Order; readonly logged: LoggedEvent };

/** Moves an order's scope from what it was before an event to what it is after it. */
export function followScope(connection: Connection, { before, after, logged }: Step): void {
  const { subject } = logged.event;
  if (!before.report && after.report)
    openScope(connection, { subject, holder: holderOf.unit(after.report.unit), q: logged.q });
  if (after.archived && !before.archived) archiveScope(connection, subject, logged.q);
  if (after.crew === before.crew) return;
  if (before.crew) {
    const end = after.holdings.findLast((held) => held.crew === before.crew)?.end;
    connection.prepared(closeRow).run({
      subject,
      holder: holderOf.crew(before.crew),
      q: logged.q,
      why: after.crew ? 'reassigned' : 'recalled',
      toCrew: after.crew,
      by: logged.event.by,
      reason: end?.reason ?? null,
    });
  }
  if (after.crew) openScope(connection, { subject, holder: holderOf.crew(after.crew), q: logged.q });
}

export function openScope(connection: Connection, row: { subject: Subject; holder: string; q: number }): void {
  connection.prepared(openRow).run(row);
}

/** An event about a subject that does not move its scope. */
export function touchScope(connection: Connection, subject: Subject, q: number): void {
  connection.prepared(touchRows).run({ subject, q });
}

/** An archived subject leaves every view, also those it had left before. */
function archiveScope(connection: Connection, subject: Subject, q: number): void {
  connection.prepared(archiveRows).run({ subject, q });
}

const openRow = (db: BetterSQLite3Database) =>
  db
    .insert(scope)
    .values({ subject: slot('subject'), holder: slot('holder'), fromQ: slot('q'), changedQ: slot('q') })
    .prepare();

const closeRow = (db: BetterSQLite3Database) =>
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

const touchRows = (db: BetterSQLite3Database) =>
  db
    .update(scope)
    .set({ changedQ: slot('q') })
    .where(and(eq(scope.subject, slot('subject')), isNull(scope.toQ), isNull(scope.archivedQ)))
    .prepare();

const archiveRows = (db: BetterSQLite3Database) =>
  db
    .update(scope)
    .set({ archivedQ: slot('q'), changedQ: slot('q') })
    .where(and(eq(scope.subject, slot('subject')), isNull(scope.archivedQ)))
    .prepare();
