import { createReadStream } from 'node:fs';

import { type Refused, shortened } from '#shared/api/import-fault.ts';
import type { ImportCounts } from '#shared/api/import.ts';
import type { UnitId } from '#shared/ids.ts';

import type { Mapping } from '../import/mapping.ts';
import { endOf, historyDrafts, reportedDraft } from '../import/order-drafts.ts';
import { readOrders, type ReadRow } from '../import/read-orders.ts';
import type { ImportedOrder } from '../import/read-row.ts';
import { createSeenKeys } from '../store/seen-keys.ts';
import type { Store } from '../store/store.ts';
import { bringOrders, EVENTS_AT_ONCE, eventsOf, type NewOrder } from './bring-orders.ts';
import { inTurn } from './in-turn.ts';

/** `unitOf`: the unit an order belongs to. `store` null: nothing is here yet (a dry run on a new directory). */
export type ImportJob = {
  readonly file: string;
  readonly mapping: Mapping;
  readonly history: boolean;
  readonly dryRun: boolean;
  readonly unitOf: (order: ImportedOrder) => UnitId;
  readonly store: Store | null;
  readonly now: number;
  readonly progress: (read: number) => void;
};

const REFUSED_KEPT = 1_000;

/** Streams a file into the log. What is held at a time is one chunk, one transaction's orders and the counts. */
export async function importOrders(job: ImportJob): Promise<ImportCounts> {
  const { file, mapping, history, store, now } = job;
  const counts = { read: 0, created: 0, unchanged: 0, skipped: 0, refusedCount: 0 };
  const refused: Refused[] = [];
  const refuse = (one: Refused): void => {
    counts.refusedCount += 1;
    if (refused.length < REFUSED_KEPT) refused.push(one);
  };
  const seen = createSeenKeys();
  let batch: NewOrder[] = [];
  let events = 0;
  const flush = async (): Promise<void> => {
    if (batch.length === 0) return;
    const created = await bring(job, batch);
    counts.created += created;
    counts.unchanged += batch.length - created;
    batch = [];
    events = 0;
  };
  const take = async ({ line, order, refused: why }: ReadRow): Promise<void> => {
    counts.read += 1;
    if (!order) return refuse(why);
    const earlier = seen.earlier(order.key, line);
    if (earlier !== null) {
      const why = { code: 'keyTwice', value: shortened(order.key), line: earlier } as const;
      return refuse({ line, column: mapping.key, why });
    }
    if ((endOf(order) !== null) !== history) {
      counts.skipped += 1;
      return;
    }
    const next = newOrder(job, order);
    if (events + eventsOf([next]) > EVENTS_AT_ONCE) await flush();
    batch.push(next);
    events += eventsOf([next]);
  };

  try {
    for await (const rows of readOrders(createReadStream(file), mapping, now)) {
      if (!rows.ok) refuse(rows.error);
      else for (const row of rows.value) await take(row);
      job.progress(counts.read);
    }
    await flush();
  } finally {
    seen.close();
  }
  return { ...counts, refused };

  async function bring({ dryRun }: ImportJob, orders: readonly NewOrder[]): Promise<number> {
    if (!store) return orders.length;
    if (dryRun) {
      const here = await Promise.all(orders.map(({ system, key }) => store.orders.bySource(system, key)));
      return here.filter((id) => id === null).length;
    }
    const { done } = await inTurn(RESTING_SHARE, () => bringOrders(store.log, orders));
    return done.filter(Boolean).length;
  }
}

const RESTING_SHARE = 0.25;

function newOrder({ mapping, history, unitOf }: ImportJob, order: ImportedOrder): NewOrder {
  const { system } = mapping;
  return {
    system,
    key: order.key,
    reported: reportedDraft(order, system, unitOf(order)),
    since: history ? historyDrafts(order) : [],
  };
}
