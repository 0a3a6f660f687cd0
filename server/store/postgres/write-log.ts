import type { OrderId, WriterId } from '#shared/ids.ts';

import { createPen } from '../log-pen.ts';
import type { LogTables } from '../log-tables.ts';
import type { LogWriter } from '../log-writer.ts';
import type { OnFault } from '../projection.ts';
import type { head } from '../schema.ts';
import { advanceThrough } from './advance.ts';
import type { Ask } from './connection.ts';
import { knownEvents, knownWriters } from './known-events.ts';
import { knownOrders } from './known-orders.ts';
import { knownOrganisation } from './known-organisation.ts';
import { knownRedactions } from './known-redactions.ts';
import type { Journal } from './known.ts';

type HeadRow = typeof head.$inferSelect;

/**
 *   lock the head ─► work on known rows ─► asked for others? read them, and again from the start
 *                                       └► write what changed ─► head moves ─► notify ─► (commit)
 *
 * `work` is the same synchronous code as beside SQLite; it may run several times, and only its last run counts. Whoever
 * waits for the head sees all that its holder wrote, so positions are in commit order and without gaps (I1).
 */
export async function writeLog<T>(
  ask: Ask,
  { received, onFault, row: locked, orders = [] }: Write,
  work: (log: LogWriter, tables: LogTables) => T,
): Promise<T> {
  const row = locked ?? (await lockHead(ask));
  const rows = knownRows();
  rows.foresee(row.process, orders);
  await rows.catchUp(ask);
  const highest = await highestOf(ask);
  for (;;) {
    rows.restart(highest);
    const faults: Parameters<OnFault>[0][] = [];
    const done = attempt(() => {
      const pen = createPen(rows.tables, { row, received, onFault: (fault) => faults.push(fault) });
      const result = work(pen.log, rows.tables);
      return { result, end: pen.finish() };
    });
    if (await rows.catchUp(ask)) continue;
    if ('error' in done) throw done.error;
    const { result, end } = done.value;
    await rows.write(ask);
    for (const name of rows.advanced()) await advanceThrough(ask, name);
    if (end.q !== row.q) await moveHead(ask, row.q, end);
    faults.forEach(onFault);
    return result;
  }
}

/** `row`: the head, if it is locked already. `orders`: what will be asked for, read before the work begins. */
type Write = {
  readonly received: number;
  readonly onFault: OnFault;
  readonly row?: HeadRow;
  readonly orders?: readonly OrderId[];
};

/** Other writers wait here until this transaction is over. */
export async function lockHead(ask: Ask): Promise<HeadRow> {
  const [row] = await ask<HeadRow>('select * from head for update');
  if (!row) throw new Error('the database has no head');
  return row;
}

/** The counter row comes last (I1); who listens hears of it when the commit is there to be seen. */
async function moveHead(ask: Ask, from: number, end: { q: number; chain: string; rcv: number }): Promise<void> {
  const moved = await ask<{ q: number }>(
    'update head set q = $1, chain = $2, rcv = $3 where q = $4 returning q',
    end.q,
    end.chain,
    end.rcv,
    from,
  );
  if (moved.length !== 1) throw new Error(`the head left ${from} while it was locked`);
  await ask(`select pg_notify('relight', $1)`, String(end.q));
}

type Highest = Record<'receipt' | 'held' | 'scope' | 'membership' | 'past', number>;

/** Whoever holds the head gives out these numbers alone. */
async function highestOf(ask: Ask): Promise<Highest> {
  const [found] = await ask<Highest>(
    `select coalesce((select max(id) from receipt), 0) as receipt, coalesce((select max(id) from quarantine), 0) as held,
      coalesce((select max(id) from scope), 0) as scope, coalesce((select max(id) from device_crew), 0) as membership,
      coalesce((select max(id) from crew_past), 0) as past`,
  );
  if (!found) throw new Error('the database does not count');
  return found;
}

type KnownRows = {
  readonly tables: LogTables;
  /** Asks for what will be needed, so that the first run already finds it. */
  readonly foresee: (process: WriterId, orders: readonly OrderId[]) => void;
  readonly restart: (highest: Highest) => void;
  readonly catchUp: (ask: Ask) => Promise<boolean>;
  readonly write: (ask: Ask) => Promise<void>;
  readonly advanced: () => ReadonlySet<WriterId>;
};

function knownRows(): KnownRows {
  const journal: Journal = [];
  const writers = knownWriters(journal);
  const events = knownEvents(journal, writers);
  const orders = knownOrders(journal);
  const organisation = knownOrganisation(journal, writers, () => false);
  const redactions = knownRedactions(journal);
  const all = [writers, ...events.known, ...orders.known, ...organisation.known, redactions.known];
  return {
    tables: {
      part: (work) => {
        const before = journal.length;
        try {
          work();
        } catch (error) {
          while (journal.length > before) journal.pop()?.();
          throw error;
        }
      },
      events: events.table,
      orders: orders.orders,
      scopes: orders.scopes,
      organisation: organisation.table,
      alerts: orders.alerts,
      redactions: redactions.table,
    },
    foresee: (name, ids) => {
      if (ids.length > 0) writers.get(name);
      orders.foresee(ids);
    },
    restart: (highest) => {
      journal.length = 0;
      for (const one of all) one.restart();
      events.restart(highest);
      orders.restart(highest);
      organisation.restart(highest);
    },
    catchUp: async (ask) => {
      let found = false;
      for (const one of all) found = (await one.catchUp(ask)) || found;
      return found;
    },
    write: async (ask) => {
      await events.write(ask);
      await orders.write(ask);
      await organisation.write(ask);
      await redactions.write(ask);
    },
    advanced: events.advanced,
  };
}

type Attempt<T> = { readonly value: T } | { readonly error: unknown };

/** What goes wrong before everything is known says nothing. */
function attempt<T>(work: () => T): Attempt<T> {
  try {
    return { value: work() };
  } catch (error) {
    return { error };
  }
}
