import { and, eq, isNotNull, lte, sql } from 'drizzle-orm';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';

import type { RulePack } from '#shared/event/rule-pack.ts';
import { orderSubject, type CrewId, type OrderId } from '#shared/ids.ts';
import type { Order } from '#shared/order/order.ts';
import type { DevicesOf } from '#shared/sla/knowledge.ts';
import type { NextLook } from '#shared/sla/next-look.ts';
import { packFor, type Activation } from '#shared/sla/pack-for.ts';
import type { AlertDraft } from '#shared/sla/plan-alerts.ts';

import { slot, type Connection } from './connection.ts';
import { devicesOfCrews } from './contact-store.ts';
import { writeLog, type LogDeps, type LogWriter } from './log-writer.ts';
import { createPacksInForce } from './packs-in-force.ts';
import { due, orderRow, raised } from './schema.ts';
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
    judgeDue: (now, atMost, judge) =>
      whole(() => {
        // Most looks find nothing; they need no write lock.
        if (!connection.prepared(isDue).get({ now, atMost: 1 })) return { looked: 0, written: 0 };
        return writeLog(deps, now, (log) => {
          const judging = { judge, packs: packsInForce(), devicesOf: devicesOfCrews(connection) };
          const rows = connection.prepared(isDue).all({ now, atMost });
          const written = rows.map(({ order }) => look(deps, log, { ...judging, id: order }));
          return { looked: rows.length, written: written.reduce((sum, one) => sum + one, 0) };
        });
      }),
    nextDue: () => whole(() => connection.prepared(firstDue).get()?.at ?? null),
  };
}

type Looking = {
  readonly id: OrderId;
  readonly judge: Judge;
  readonly packs: readonly Activation[];
  readonly devicesOf: ReturnType<typeof devicesOfCrews>;
};

function look(deps: LogDeps, log: LogWriter, looking: Looking): number {
  const { connection } = deps;
  const { id } = looking;
  const judgement = judged(deps, log, looking);
  const fresh = judgement.drafts.filter((draft) => !isRaised(connection, id, draft));
  for (const draft of fresh) {
    const [alert] = log.record([{ subject: orderSubject(id), draft, by: null }]);
    if (draft.kind !== 'alertRaised' || !alert) continue;
    const { rule, level, epoch } = draft.data;
    connection.prepared(keepRaised).run({ order: id, rule, level, epoch, alert });
  }
  if (judgement.next) connection.prepared(lookAgain).run({ order: id, ...judgement.next });
  else connection.prepared(lookNoMore).run({ order: id });
  return fresh.length;
}

/** An order that cannot be judged must not keep the others from it (I9): it is told, and tried again later. */
function judged({ connection, onFault }: LogDeps, log: LogWriter, { id, judge, packs, devicesOf }: Looking): Judgement {
  const order = log.view.order(id);
  const kept = connection.prepared(historyOf).get({ order: id });
  if (!order || kept?.history) return { drafts: [], next: null };
  try {
    return judge(order, {
      pack: packFor(packs, order),
      devicesOf: (crew, limit) => devicesOf({ crew, fromQ: firstHeld(order, crew), limit }),
    });
  } catch (error) {
    onFault({ q: log.head.q, subject: orderSubject(id), error });
    return { drafts: [], next: { at: log.now + AGAIN_MS, waits: null } };
  }
}

const AGAIN_MS = 60_000;

/** The position from which a crew's devices may bring news of an order. */
const firstHeld = (order: Order, crew: CrewId): number =>
  Math.min(...order.holdings.filter((held) => held.crew === crew).map((held) => held.fromQ ?? 0));

function isRaised(connection: Connection, id: OrderId, draft: AlertDraft): boolean {
  if (draft.kind !== 'alertRaised') return false;
  const { rule, level, epoch } = draft.data;
  return connection.prepared(raisedBefore).get({ order: id, rule, level, epoch }) !== undefined;
}

const isDue = (db: BetterSQLite3Database) =>
  db
    .select({ order: due.order })
    .from(due)
    .where(lte(due.at, slot('now')))
    .orderBy(due.at)
    .limit(sql.placeholder('atMost'))
    .prepare();

const firstDue = (db: BetterSQLite3Database) =>
  db.select({ at: due.at }).from(due).where(isNotNull(due.at)).orderBy(due.at).limit(1).prepare();

const lookAgain = (db: BetterSQLite3Database) =>
  db
    .update(due)
    .set({ at: slot('at'), waits: slot('waits') })
    .where(eq(due.order, slot('order')))
    .prepare();

const lookNoMore = (db: BetterSQLite3Database) =>
  db
    .delete(due)
    .where(eq(due.order, slot('order')))
    .prepare();

const historyOf = (db: BetterSQLite3Database) =>
  db
    .select({ history: orderRow.history })
    .from(orderRow)
    .where(eq(orderRow.order, slot('order')))
    .prepare();

const raisedBefore = (db: BetterSQLite3Database) =>
  db
    .select({ alert: raised.alert })
    .from(raised)
    .where(
      and(
        eq(raised.order, slot('order')),
        eq(raised.rule, slot('rule')),
        eq(raised.level, slot('level')),
        eq(raised.epoch, slot('epoch')),
      ),
    )
    .prepare();

const keepRaised = (db: BetterSQLite3Database) =>
  db
    .insert(raised)
    .values({
      order: slot('order'),
      rule: slot('rule'),
      level: slot('level'),
      epoch: slot('epoch'),
      alert: slot('alert'),
    })
    .prepare();
