import { and, eq, isNull } from 'drizzle-orm';

import type { LoggedEvent } from '#shared/event/envelope.ts';
import type { CrewId, DeviceId, Subject, UnitId } from '#shared/ids.ts';
import type { Order } from '#shared/order/order.ts';

import type { Connection } from './connection.ts';
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
    connection.db
      .update(scope)
      .set({
        toQ: logged.q,
        changedQ: logged.q,
        why: after.crew ? 'reassigned' : 'recalled',
        toCrew: after.crew,
        by: logged.event.by,
        reason: end?.reason ?? null,
      })
      .where(and(eq(scope.subject, subject), eq(scope.holder, holderOf.crew(before.crew)), isNull(scope.toQ)))
      .run();
  }
  if (after.crew) openScope(connection, { subject, holder: holderOf.crew(after.crew), q: logged.q });
}

export function openScope(
  { db }: Connection,
  { subject, holder, q }: { subject: Subject; holder: string; q: number },
): void {
  db.insert(scope).values({ subject, holder, fromQ: q, changedQ: q }).run();
}

/** An event about a subject that does not move its scope. */
export function touchScope({ db }: Connection, subject: Subject, q: number): void {
  const open = and(eq(scope.subject, subject), isNull(scope.toQ), isNull(scope.archivedQ));
  db.update(scope).set({ changedQ: q }).where(open).run();
}

/** An archived subject leaves every view, also those it had left before. */
function archiveScope({ db }: Connection, subject: Subject, q: number): void {
  db.update(scope)
    .set({ archivedQ: q, changedQ: q })
    .where(and(eq(scope.subject, subject), isNull(scope.archivedQ)))
    .run();
}
