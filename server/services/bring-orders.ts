import type { Draft } from '#shared/event/catalog.ts';

import type { LogStore } from '../store/log-store.ts';
import type { Own } from '../store/log-writer.ts';

/** A held write lock freezes whoever else writes, so nothing takes more than this in one transaction. */
export const EVENTS_AT_ONCE = 500;

/** An order another system knows as `key`: its report, and what has happened to it since. */
export type NewOrder = {
  readonly system: string;
  readonly key: string;
  readonly reported: Draft<'reported'>;
  readonly since: readonly Draft[];
};

/**
 * Brings orders in, all in one transaction, each whole. A key that is here already creates nothing.
 * Gives for each, in order, whether it is new.
 */
export async function bringOrders(log: LogStore, orders: readonly NewOrder[]): Promise<readonly boolean[]> {
  if (eventsOf(orders) > EVENTS_AT_ONCE) throw new Error('too many events for one transaction');
  let created: readonly boolean[] = [];
  await log.record((view) => {
    created = orders.map(({ system, key }) => view.orderBySource(system, key) === null);
    const batch: Own[] = [];
    for (const { reported, since } of orders.filter((_, at) => created[at])) {
      const begunBy = batch.push({ subject: null, draft: reported, by: null }) - 1;
      batch.push(...since.map((draft) => ({ subject: { begunBy }, draft, by: null })));
    }
    return batch;
  });
  return created;
}

export const eventsOf = (orders: readonly NewOrder[]): number =>
  orders.reduce((sum, { since }) => sum + 1 + since.length, 0);
