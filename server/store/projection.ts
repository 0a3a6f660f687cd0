import { and, eq } from 'drizzle-orm';

import { understood } from '#shared/event/catalog.ts';
import type { LoggedEvent } from '#shared/event/envelope.ts';
import { orderSubject, type OrderId } from '#shared/ids.ts';
import { fold, orderOf } from '#shared/order/fold.ts';
import { emptyOrder, type Order } from '#shared/order/order.ts';

import type { Connection } from './connection.ts';
import { projectOrganisation } from './project-organisation.ts';
import { due, orderRow } from './schema.ts';
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

export function createProjection(connection: Connection, onFault: OnFault): Projection {
  const orders = new Map<OrderId, Held>();

  const load = (id: OrderId): Held => {
    const known = orders.get(id);
    if (known) return known;
    const row = connection.db.select().from(orderRow).where(eq(orderRow.order, id)).get();
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
    held.moved ||= !logged.event.kind.startsWith('alert');
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
  const { db } = connection;
  const { order } = held;
  const row = {
    state: order,
    stage: order.stage,
    unit: order.report?.unit ?? null,
    crew: order.crew,
    area: order.report?.area ?? null,
    reportedAt: order.reportedAt?.est ?? null,
    archived: order.archived,
    history: held.history,
    ...(held.isNew ? freeSource(connection, order) : {}),
    search: searchText(order),
    lastQ: held.lastQ,
    broken: held.broken,
  };
  db.insert(orderRow)
    .values({ order: id, ...row })
    .onConflictDoUpdate({ target: orderRow.order, set: row })
    .run();
  touchScope(connection, orderSubject(id), held.lastQ);
  if (held.moved && !held.history && order.report)
    db.insert(due)
      .values({ order: id, at: 0, waits: null })
      .onConflictDoUpdate({ target: due.order, set: { at: 0 } })
      .run();
}

/** Another system's key belongs to the first order that brought it. */
function freeSource({ db }: Connection, { report }: Order): { sourceSystem?: string; sourceKey?: string } {
  const source = report?.source;
  if (!source) return {};
  const same = and(eq(orderRow.sourceSystem, source.system), eq(orderRow.sourceKey, source.key));
  const taken = db.select({ order: orderRow.order }).from(orderRow).where(same).get();
  return taken ? {} : { sourceSystem: source.system, sourceKey: source.key };
}
