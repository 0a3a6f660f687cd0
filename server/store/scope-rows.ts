import type { LoggedEvent } from '#shared/event/envelope.ts';
import type { CrewId, DeviceId, UnitId } from '#shared/ids.ts';
import type { Order } from '#shared/order/order.ts';

import type { ScopeTable } from './log-tables.ts';

/** Who can see a subject. `org`: everybody whose own unit is that unit, below it or above it. */
export const holderOf = {
  crew: (id: CrewId): string => `crew:${id}`,
  unit: (id: UnitId): string => `unit:${id}`,
  org: (id: UnitId): string => `org:${id}`,
  device: (id: DeviceId): string => `device:${id}`,
};

type Step = { readonly before: Order; readonly after: Order; readonly logged: LoggedEvent };

/** Would `followScope` write anything? */
export const movesScope = (before: Order, after: Order): boolean =>
  (!before.report && after.report !== null) || (after.archived && !before.archived) || after.crew !== before.crew;

/** Moves an order's scope from what it was before an event to what it is after it. */
export function followScope(scopes: ScopeTable, { before, after, logged }: Step): void {
  const { subject } = logged.event;
  if (!before.report && after.report) scopes.open({ subject, holder: holderOf.unit(after.report.unit), q: logged.q });
  if (after.archived && !before.archived) scopes.archive(subject, logged.q);
  if (after.crew === before.crew) return;
  if (before.crew) {
    const end = after.holdings.findLast((held) => held.crew === before.crew)?.end;
    scopes.close({
      subject,
      holder: holderOf.crew(before.crew),
      q: logged.q,
      why: after.crew ? 'reassigned' : 'recalled',
      toCrew: after.crew,
      by: logged.event.by,
      reason: end?.reason ?? null,
    });
  }
  if (after.crew) scopes.open({ subject, holder: holderOf.crew(after.crew), q: logged.q });
}
