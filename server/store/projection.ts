import { eq } from 'drizzle-orm';

import { understood } from '#shared/event/catalog.ts';
import type { LoggedEvent } from '#shared/event/envelope.ts';
import { orderSubject, type OrderId } from '#shared/ids.ts';
import { fold, orderOf } from '#shared/order/fold.ts';
import { emptyOrder, type Order } from '#shared/order/order.ts';

import type { Connection } from './connection.ts';
import { insertOrder, readOrder, sourceOwner, updateOrder, wakeOrder } from './order-statements.ts';
import { projectOrganisation } from './project-organisation.ts';
import { orderRow } from './schema.ts';
import { followScope, touchScope } from './scope-rows.ts';
import { searchText } from './search-text.ts';

/** Called for every event that could not be projected; the event itself is safe in the log. */
export type OnFault = (fault: { readonly q: number; readonly subject: string; readonly error: unknown }) => void;

/**
 * What one transaction's events make of the projections. Each order is read once and written once.
 * A failure here never costs the event (I9): the row is marked broken, the fault reported.
 */
export type Projection = {
  readonly apply: (logged: LoggedEvent) => void;
  readonly order: (id: OrderId) => Order | null;
  readonly flush: () => void;
};

type Held = {
  order: Order;
  readonly isNew: boolean;
  history: boolean;
  lastQ: number;
  changed: boolean;
  moved: boolean;
  broken: string | null;
};

/** What the judging itself writes; what people do with an alert is news. */
const OWN_ALERT_KINDS: ReadonlySet<string> = new Set(['alertRaised', 'alertWithdrawn', 'alertClosedOut']);

export function createProjection(connection: Connection, onFault: OnFault): Projection {
  const orders = new Map<OrderId, Held>();

  const load = (id: OrderId): Held => {
    const known = orders.get(id);
    if (known) return known;
    const row = connection.prepared(readOrder).get({ order: id });
    const held: Held = row
      ? {
          order: row.state,
          isNew: false,
          history: row.history,
          lastQ: row.lastQ,
          changed: false,
          moved: false,
          broken: row.broken,
        }
      : { order: emptyOrder(id), isNew: true, history: false, lastQ: 0, changed: false, moved: false, broken: null };
    orders.set(id, held);
    return held;
  };

  const guarded = (q: number, subject: string, work: () => void): string | null => {
    try {
      connection.part(work);
      return null;
    } catch (error) {
      onFault({ q, subject, error });
      return error instanceof Error ? error.message : String(error);
    }
  };

  const applyToOrder = (id: OrderId, logged: LoggedEvent): void => {
    const held = load(id);
    held.lastQ = logged.q;
    held.changed = true;
    held.moved ||= !OWN_ALERT_KINDS.has(logged.event.kind);
    const broken = guarded(logged.q, logged.event.subject, () => {
      const before = held.order;
      const after = fold(before, logged);
      followScope(connection, { before, after, logged });
      held.order = after;
    });
    held.broken ??= broken;
  };

  return {
    apply: (logged) => {
      const id = orderOf(logged.event);
      if (id) applyToOrder(id, logged);
      else
        guarded(logged.q, logged.event.subject, () => {
          const draft = understood(logged.event);
          if (draft) projectOrganisation(connection, draft, logged);
        });
    },
    order: (id) => {
      const { order, lastQ } = load(id);
      return lastQ === 0 ? null : order;
    },
    flush: () => {
      for (const [id, held] of orders) {
        if (!held.changed) continue;
        const { order } = held;
        // An import that brings an order together with its end tells history; nobody has to be warned of it.
        if (held.isNew && order.closed && order.reportedAt?.given === 'import') held.history = true;
        const broken = guarded(held.lastQ, orderSubject(id), () => writeOrder(connection, id, held));
        if (broken) connection.db.update(orderRow).set({ broken }).where(eq(orderRow.order, id)).run();
      }
      orders.clear();
    },
  };
}

function writeOrder(connection: Connection, id: OrderId, held: Held): void {
  const { order } = held;
  const row = {
    order: id,
    state: order,
    stage: order.stage,
    unit: order.report?.unit ?? null,
    crew: order.crew,
    area: order.report?.area ?? null,
    reportedAt: order.reportedAt?.est ?? null,
    archived: order.archived,
    history: held.history,
    search: searchText(order),
    lastQ: held.lastQ,
    broken: held.broken,
  };
  if (held.isNew) connection.prepared(insertOrder).run({ ...row, ...freeSource(connection, order) });
  else connection.prepared(updateOrder).run(row);
  touchScope(connection, orderSubject(id), held.lastQ);
  if (held.moved && !held.history && order.report) connection.prepared(wakeOrder).run({ order: id });
}

/** Another system's key belongs to the first order that brought it. */
function freeSource(connection: Connection, { report }: Order): Record<'system' | 'key', string | null> {
  const source = report?.source;
  const free = source && !connection.prepared(sourceOwner).get({ system: source.system, key: source.key });
  return free ? { system: source.system, key: source.key } : { system: null, key: null };
}
