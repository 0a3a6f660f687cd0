import { understood, type Draft } from '#shared/event/catalog.ts';
import type { LoggedEvent } from '#shared/event/envelope.ts';
import { orderSubject, type OrderId } from '#shared/ids.ts';
import { foldAll, foldUnderstood, orderOf } from '#shared/order/fold.ts';
import { emptyOrder, type Order } from '#shared/order/order.ts';

import type { LogTables, OrderTable } from './log-tables.ts';
import { columnsOf } from './order-columns.ts';
import { projectOrganisation } from './project-organisation.ts';
import { followScope, movesScope } from './scope-rows.ts';
import { searchText } from './search-text.ts';
import { isStorageFailure } from './storage-failure.ts';

/** Called for every event that could not be projected; the event itself is safe in the log. */
export type OnFault = (fault: { readonly q: number; readonly subject: string; readonly error: unknown }) => void;

/**
 * What one transaction's events make of the projections. Each order is read once and written once.
 * A failure here never costs the event (I9): the row is marked broken, the fault reported.
 */
export type Projection = {
  /** `draft`: what was understood of it, where somebody has just looked. */
  readonly apply: (logged: LoggedEvent, draft?: Draft | null) => void;
  readonly order: (id: OrderId) => Order | null;
  /** Puts what these events make of an order in the place of what is known. */
  readonly refold: (id: OrderId, events: readonly LoggedEvent[]) => Order;
  /** Was it brought together with its end? Nobody has to be warned of it. */
  readonly isHistory: (id: OrderId) => boolean;
  readonly flush: () => void;
};

type Held = {
  /** As it lies in its row. */
  readonly before: Order;
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

export function createProjection(tables: LogTables, onFault: OnFault): Projection {
  const orders = new Map<OrderId, Held>();

  const load = (id: OrderId): Held => {
    const known = orders.get(id);
    if (known) return known;
    const row = tables.orders.get(id);
    const held: Held = row
      ? {
          before: row.state,
          order: row.state,
          isNew: false,
          history: row.history,
          lastQ: row.lastQ,
          changed: false,
          moved: false,
          broken: row.broken,
        }
      : {
          before: emptyOrder(id),
          order: emptyOrder(id),
          isNew: true,
          history: false,
          lastQ: 0,
          changed: false,
          moved: false,
          broken: null,
        };
    orders.set(id, held);
    return held;
  };

  const guarded = (q: number, subject: string, work: () => void): string | null => {
    try {
      work();
      return null;
    } catch (error) {
      if (isStorageFailure(error)) throw error;
      onFault({ q, subject, error });
      return error instanceof Error ? error.message : String(error);
    }
  };

  const applyToOrder = (id: OrderId, logged: LoggedEvent, draft: Draft | null): void => {
    const held = load(id);
    held.lastQ = logged.q;
    held.changed = true;
    held.moved ||= !OWN_ALERT_KINDS.has(logged.event.kind);
    const broken = guarded(logged.q, logged.event.subject, () => {
      const before = held.order;
      const after = foldUnderstood(before, logged, draft);
      // Most events move no scope; they need nothing that could be undone.
      if (movesScope(before, after)) tables.part(() => followScope(tables.scopes, { before, after, logged }));
      held.order = after;
    });
    held.broken ??= broken;
  };

  return {
    apply: (logged, draft = understood(logged.event)) => {
      const id = orderOf(logged.event);
      if (id) applyToOrder(id, logged, draft);
      else
        guarded(logged.q, logged.event.subject, () => {
          if (draft) tables.part(() => projectOrganisation(tables, draft, logged));
        });
    },
    order: (id) => {
      const { order, lastQ } = load(id);
      return lastQ === 0 ? null : order;
    },
    isHistory: (id) => load(id).history,
    refold: (id, events) => {
      const held = load(id);
      held.order = foldAll(id, events);
      held.changed = true;
      return held.order;
    },
    flush: () => {
      const changed = [...orders].filter(([, held]) => held.changed);
      // An import that brings an order together with its end tells history; nobody has to be warned of it.
      for (const [, held] of changed)
        if (held.isNew && held.order.closed && held.order.reportedAt?.given === 'import') held.history = true;
      const all = (): void => changed.forEach(([id, held]) => writeOrder(tables, id, held));
      if (!succeeds(() => tables.part(all)))
        for (const [id, held] of changed) {
          const broken = guarded(held.lastQ, orderSubject(id), () => tables.part(() => writeOrder(tables, id, held)));
          if (broken) tables.orders.markBroken(id, broken);
        }
      orders.clear();
    },
  };
}

/** Rows that cannot be written are hardly ever there: all are tried together, and each alone only if that fails. */
function succeeds(work: () => void): boolean {
  try {
    work();
    return true;
  } catch (error) {
    if (isStorageFailure(error)) throw error;
    return false;
  }
}

function writeOrder({ orders, scopes }: LogTables, id: OrderId, held: Held): void {
  const { order } = held;
  const row = {
    order: id,
    state: order,
    ...columnsOf(order),
    history: held.history,
    search: searchText(order),
    lastQ: held.lastQ,
    broken: held.broken,
  };
  if (held.isNew) orders.insert({ ...row, ...freeSource(orders, order) });
  else orders.update(row, held.before);
  scopes.touch(orderSubject(id), held.lastQ);
  if (held.moved && !held.history && order.report) orders.wake(id);
}

/** Another system's key belongs to the first order that brought it. */
function freeSource(orders: OrderTable, { report }: Order): Record<'sourceSystem' | 'sourceKey', string | null> {
  const source = report?.source;
  const free = source && orders.bySource(source.system, source.key) === null;
  return free ? { sourceSystem: source.system, sourceKey: source.key } : { sourceSystem: null, sourceKey: null };
}
