import type { OrderId } from '#shared/ids.ts';
import type { Activation } from '#shared/sla/pack-for.ts';

import { judgeRows } from '../judge-rows.ts';
import type { OverdueStore } from '../overdue-store.ts';
import type { Ask } from './connection.ts';
import type { PostgresDeps } from './log-store.ts';
import { activationsOf } from './roster.ts';
import { lockHead, writeLog } from './write-log.ts';

/** Held by whoever judges, shared by whoever reports that a device was heard. */
export const JUDGING = 7_355_609;
/** Held by whoever looks for what is due: of several processes that want to, the others need not wait for the head. */
const TURN = 7_355_610;

/** `now`: what time it is in the database, when a lock has been waited for; the clock of a test, if it brought one. */
export type DatabaseNow = (ask: Ask) => Promise<number>;

export function createOverdueStore({ postgres, onFault, now }: PostgresDeps & { now: DatabaseNow }): OverdueStore {
  const { write, read } = postgres;
  const packs = createPacksInForce();
  return {
    judgeDue: async (asOf, atMost, judge) => {
      const due = 'select 1 from due where at <= $1 limit 1';
      // Most looks find nothing; they need no lock.
      const any = await read((ask) => now(ask).then((at) => ask(due, Math.min(at, asOf))));
      if (any.length === 0) return { looked: 0, written: 0 };
      return write(async (ask) => {
        const [turn] = await ask<{ mine: boolean }>('select pg_try_advisory_xact_lock($1) as mine', TURN);
        if (!turn?.mine) return { looked: 0, written: 0 };
        const row = await lockHead(ask);
        await ask('select pg_advisory_xact_lock($1)', JUDGING);
        const at = Math.min(await now(ask), asOf);
        const rows = await ask<{ order: OrderId }>(
          'select "order" from due where at <= $1 order by at limit $2 for update skip locked',
          at,
          atMost,
        );
        if (rows.length === 0) return { looked: 0, written: 0 };
        const ids = rows.map((row) => row.order);
        const inForce = await packs(ask);
        const written = await writeLog(ask, { received: at, onFault, row, orders: ids }, (log, tables) =>
          judgeRows(tables, log, { ids, judge, packs: inForce, onFault }),
        );
        return { looked: rows.length, written };
      });
    },
    nextDue: () =>
      read(async (ask) => {
        const [row] = await ask<{ at: number }>('select at from due where at is not null order by at limit 1');
        return row?.at ?? null;
      }),
  };
}

/** The rule packs that were put in force, in log order; read again only when there is another. */
function createPacksInForce(): (ask: Ask) => Promise<readonly Activation[]> {
  let last: number | null = null;
  let known: readonly Activation[] = [];
  return async (ask) => {
    const [row] = await ask<{ q: number | null }>('select max(q) as q from pack');
    const now = row?.q ?? 0;
    if (now !== last) known = await activationsOf(ask);
    last = now;
    return known;
  };
}
