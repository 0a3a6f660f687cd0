import { orderSubject, type OrderId, type Subject } from '#shared/ids.ts';

import { groupBy } from '../group-by.ts';
import type { AlertTables, Member, OrderRow, OrderTable, ScopeTable } from '../log-tables.ts';
import type { raised as raisedTable, scope } from '../schema.ts';
import type { Ask } from './connection.ts';
import { column, createKnown, keyOf, type Journal, type Reread } from './known.ts';
import { membersOf } from './members.ts';
import { orderRowOf, type StoredOrder } from './order-row.ts';
import { jsonOf, writeRows } from './write-rows.ts';

type ScopeRow = typeof scope.$inferSelect;
type RaisedRow = typeof raisedTable.$inferSelect;
/** What becomes of an order's row in `due`. */
type NextDue =
  | { readonly is: 'wake' }
  | { readonly is: 'gone' }
  | { readonly is: 'again'; readonly at: number | null; readonly waits: number | null };

export type KnownOrders = {
  readonly orders: OrderTable;
  readonly scopes: ScopeTable;
  readonly alerts: AlertTables;
  readonly known: readonly Reread[];
  /** Asks for all that judging these will ask for. */
  readonly foresee: (ids: readonly OrderId[]) => void;
  /** `scope`: the highest number of a row so far. */
  readonly restart: (highest: { readonly scope: number }) => void;
  readonly write: (ask: Ask) => Promise<void>;
};

export function knownOrders(journal: Journal): KnownOrders {
  const orders = createKnown<OrderRow>(journal, async (ask, ids) => {
    const rows = await ask<StoredOrder>('select * from order_row where "order" = any($1)', ids);
    return rows.map((row) => [row.order, orderRowOf(row)]);
  });
  const sources = createKnown<OrderId>(journal, async (ask, keys) => {
    const rows = await ask<{ system: string; key: string; order: OrderId }>(
      `select wanted.system, wanted.key, o."order" from order_row o
        join unnest($1::text[], $2::text[]) as wanted (system, key)
        on o.source_system = wanted.system and o.source_key = wanted.key`,
      column(keys, 0),
      column(keys, 1),
    );
    return rows.map(({ system, key, order }) => [keyOf(system, key), order]);
  });
  const scopes = createKnown<readonly ScopeRow[]>(journal, async (ask, subjects) => {
    const rows = await ask<ScopeRow>('select * from scope where subject = any($1) order by id', subjects);
    return groupBy(rows, (row) => row.subject);
  });
  const raisedBefore = createKnown<readonly RaisedRow[]>(journal, async (ask, ids) =>
    groupBy(await ask<RaisedRow>('select * from raised where "order" = any($1)', ids), (row) => row.order),
  );
  const raised = createKnown<RaisedRow>(journal, () => Promise.resolve([]));
  const members = createKnown<readonly Member[]>(journal, async (ask, crews) => {
    const rows = await membersOf(ask, crews);
    return groupBy(rows, (row) => row.crew);
  });
  const due = createKnown<NextDue>(journal, () => Promise.resolve([]));
  let highest = { scope: 0 };
  let opened = 0;

  const change = (subject: Subject, of: (row: ScopeRow) => Partial<ScopeRow> | null): void => {
    const rows = scopes.get(subject) ?? [];
    scopes.put(
      subject,
      rows.map((row) => ({ ...row, ...of(row) })),
    );
  };

  return {
    orders: {
      get: (id) => orders.get(id),
      bySource: (system, key) => sources.get(keyOf(system, key)),
      insert: (row) => {
        orders.put(row.order, row);
        if (row.sourceSystem !== null && row.sourceKey !== null)
          sources.put(keyOf(row.sourceSystem, row.sourceKey), row.order);
      },
      update: (row) => {
        const { sourceSystem = null, sourceKey = null } = orders.get(row.order) ?? {};
        orders.put(row.order, { ...row, sourceSystem, sourceKey });
      },
      markBroken: (id, broken) => {
        const row = orders.get(id);
        if (row) orders.put(id, { ...row, broken });
      },
      wake: (id) => due.put(id, { is: 'wake' }),
    },
    scopes: {
      open: ({ subject, holder, q }) => {
        opened += 1;
        journal.push(() => {
          opened -= 1;
        });
        const row = { id: highest.scope + opened, subject, holder, fromQ: q, changedQ: q, ...OPEN };
        scopes.put(subject, [...(scopes.get(subject) ?? []), row]);
      },
      close: ({ subject, holder, q, ...end }) =>
        change(subject, (row) => (row.holder === holder && row.toQ === null ? { ...end, toQ: q, changedQ: q } : null)),
      reword: ({ subject, q, reason }) => change(subject, (row) => (row.toQ === q ? { reason } : null)),
      touch: (subject, q) =>
        change(subject, (row) => (row.toQ === null && row.archivedQ === null ? { changedQ: q } : null)),
      archive: (subject, q) =>
        change(subject, (row) => (row.archivedQ === null ? { archivedQ: q, changedQ: q } : null)),
    },
    alerts: {
      isRaised: (key) =>
        raised.changed().has(raisedKey(key)) ||
        (raisedBefore.get(key.order) ?? []).some((row) => raisedKey(row) === raisedKey(key)),
      keepRaised: (key, alert) => raised.put(raisedKey(key), { ...key, alert }),
      lookAgain: (id, { at, waits }) => due.put(id, { is: 'again', at, waits }),
      lookNoMore: (id) => due.put(id, { is: 'gone' }),
      everInCrew: (crew) => members.get(crew) ?? [],
    },
    known: [orders, sources, scopes, raisedBefore, raised, members, due],
    foresee: (ids) => {
      for (const id of ids) {
        orders.get(id);
        scopes.get(orderSubject(id));
        raisedBefore.get(id);
      }
    },
    restart: (now) => {
      highest = now;
      opened = 0;
    },
    write: async (ask) => {
      await writeRows(ask, { table: 'order_row', key: ['order'], update: VALUES }, [...orders.changed().values()]);
      await writeRows(
        ask,
        { table: 'scope', key: ['id'], update: SCOPE_VALUES },
        [...scopes.changed().values()].flat(),
      );
      await writeRows(ask, { table: 'raised' }, [...raised.changed().values()]);
      await writeDue(ask, due.changed());
    },
  };
}

const OPEN = { toQ: null, archivedQ: null, why: null, toCrew: null, by: null, reason: null };
const SCOPE_VALUES = ['toQ', 'changedQ', 'archivedQ', 'why', 'toCrew', 'by', 'reason'];
const VALUES = [
  'state',
  'stage',
  'unit',
  'crew',
  'area',
  'reportedAt',
  'archived',
  'history',
  'search',
  'lastQ',
  'broken',
];

const raisedKey = ({ order, rule, level, epoch }: Omit<RaisedRow, 'alert'>): string => keyOf(order, rule, level, epoch);

/** Rows of `due` are locked in one order by everybody, so that nobody waits round. */
async function writeDue(ask: Ask, due: ReadonlyMap<string, NextDue>): Promise<void> {
  const sorted = [...due].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const ids = (is: NextDue['is']): string[] => sorted.filter(([, next]) => next.is === is).map(([id]) => id);
  const wake = ids('wake');
  if (wake.length > 0)
    await ask(
      `insert into due ("order", at) select id, 0 from unnest($1::text[]) as id
        on conflict ("order") do update set at = 0`,
      wake,
    );
  const again = sorted.flatMap(([order, next]) =>
    next.is === 'again' ? [{ order, at: next.at, waits: next.waits }] : [],
  );
  if (again.length > 0)
    await ask(
      `update due d set at = x.at, waits = x.waits
        from json_populate_recordset(null::due, $1::json) x where d."order" = x."order"`,
      jsonOf(again),
    );
  const gone = ids('gone');
  if (gone.length > 0) await ask('delete from due where "order" = any($1)', gone);
}
