import { isNotNull, lte } from 'drizzle-orm';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';

import type { RulePack } from '#shared/event/rule-pack.ts';
import type { Order } from '#shared/order/order.ts';
import type { DevicesOf } from '#shared/sla/knowledge.ts';
import type { NextLook } from '#shared/sla/next-look.ts';
import type { AlertDraft } from '#shared/sla/plan-alerts.ts';

import { atMost, slot } from './connection.ts';
import { judgeRows } from './judge-rows.ts';
import { writeLog, type LogDeps } from './log-writer.ts';
import { createPacksInForce } from './packs-in-force.ts';
import { due } from './schema.ts';
import { whole } from './whole.ts';

/** What an order needs now: alert events, and when to look again; null: only a new fact can change it. */
export type Judgement = { readonly drafts: readonly AlertDraft[]; readonly next: NextLook | null };

/** `pack`: in force for this order. `devicesOf`: the devices of a crew that may bring news of it up to a limit. */
export type Judge = (order: Order, by: { readonly pack: RulePack; readonly devicesOf: DevicesOf }) => Judgement;

export type OverdueStore = {
  /**
   * Takes the orders that are due by `now`, at most `atMost`, and in the same transaction reads each again, judges it
   * and writes what follows. Two of these at once raise nothing twice.
   */
  readonly judgeDue: (now: number, atMost: number, judge: Judge) => Promise<{ looked: number; written: number }>;
  /** When the next order is due, server time, ms; null: none is. */
  readonly nextDue: () => Promise<number | null>;
};

export function createOverdueStore(deps: LogDeps): OverdueStore {
  const { connection } = deps;
  const packsInForce = createPacksInForce(connection);
  return {
    judgeDue: (now, most, judge) =>
      whole(() => {
        // Most looks find nothing; they need no write lock.
        if (!connection.prepared(isDue).get({ now, most: 1 })) return { looked: 0, written: 0 };
        return writeLog(deps, now, (log) => {
          const rows = connection.prepared(isDue).all({ now, most });
          const ids = rows.map((row) => row.order);
          const written = judgeRows(deps.tables, log, { ids, judge, packs: packsInForce(), onFault: deps.onFault });
          return { looked: rows.length, written };
        });
      }),
    nextDue: () => whole(() => connection.prepared(firstDue).get()?.at ?? null),
  };
}

const isDue = (db: BetterSQLite3Database) =>
  db
    .select({ order: due.order })
    .from(due)
    .where(lte(due.at, slot('now')))
    .orderBy(due.at)
    .limit(atMost('most'))
    .prepare();

const firstDue = (db: BetterSQLite3Database) =>
  db.select({ at: due.at }).from(due).where(isNotNull(due.at)).orderBy(due.at).limit(atMost(1)).prepare();
