import { createReadStream } from 'node:fs';

import type { Caller, CallerAnswer, CallerQuery, CustomersHead, CustomersLine } from '#shared/api/customers.ts';
import { type Refused, wholeFile } from '#shared/api/import-fault.ts';
import { beginsSo, lookupKey } from '#shared/order/caller-keys.ts';
import { callerOf } from '#shared/order/caller-of.ts';
import { reachOf } from '#shared/order/rights.ts';

import type { Clock } from '../device/clock.ts';
import { lookAt } from '../import/look-at.ts';
import type { CustomerRow } from '../store/customers.ts';
import type { Store } from '../store/store.ts';
import type { Asker } from './asker.ts';
import { importCustomers } from './import-customers.ts';
import { unitAndBelow } from './unit-subtree.ts';

/** Customers as reference data: brought in by an administrator, looked up while a report is taken. */
export type CustomersDesk = {
  /** Looks at, checks or imports a whole file that lies here; `say` gets each line of the answer, the last says how it ended. */
  readonly run: (asker: Asker, head: CustomersHead, file: string, say: (line: CustomersLine) => void) => Promise<void>;
  /** Of the asker's unit and those below. Who may not take reports is shown names and numbers in part only. */
  readonly find: (asker: Asker, query: CallerQuery) => Promise<CallerAnswer>;
};

type Deps = Pick<Store, 'customers' | 'roster' | 'search'>;

const SAY_EVERY_MS = 250;
const CUSTOMERS = 6;
const ORDERS = 3;
/** Found by their text alone; of these some do not begin with what was typed. */
const ORDERS_READ = 20;

export function createCustomersDesk(store: Deps, clock: Clock): CustomersDesk {
  return {
    run: async (asker, { act, unit, source, grid, columns }, file, say) => {
      const refuse = (why: Refused): void => say({ is: 'refused', reasons: [why] });
      if (act === 'look') {
        const seen = await lookAt(createReadStream(file));
        if (!seen.ok) return refuse(seen.error);
        const { columns: names, rows } = seen.value;
        return say({ is: 'look', columns: [...names], rows: rows.map((row) => [...row]) });
      }
      if (!columns.account || !columns.address) return refuse(wholeFile({ code: 'columnsNotNamed' }));
      if (!unitAndBelow(await store.roster.units(), asker.unit).includes(unit))
        return refuse(wholeFile({ code: 'unitNotThere' }));
      let said = clock();
      const progress = (read: number): void => {
        if (clock() - said < SAY_EVERY_MS) return;
        said = clock();
        say({ is: 'progress', read });
      };
      const dryRun = act === 'check';
      const done = await importCustomers({ file, source, unit, grid, columns, dryRun, store, progress });
      return done.ok ? say({ is: 'done', counts: done.value }) : refuse(done.error);
    },

    find: async (asker, { field, text }) => {
      const key = lookupKey(field, text);
      if (key === null) return { customers: [], orders: [] };
      const units = unitAndBelow(await store.roster.units(), asker.unit);
      const rows = await store.customers.startingWith({ key, units, most: CUSTOMERS });
      const earlier = await store.search.earlier({ text, units, most: ORDERS_READ });
      const orders = earlier.flatMap((order) => {
        const caller = callerOf(order);
        return caller && beginsSo(field, caller[field], key)
          ? [{ order: order.id, reportedAt: order.reportedAt?.est ?? 0, caller }]
          : [];
      });
      const shown = reachOf(asker.role, 'reported') === null ? inPart : (caller: Caller): Caller => caller;
      return {
        customers: rows.map((row) => shown(callerIn(row))),
        orders: orders.slice(0, ORDERS).map(({ caller, ...order }) => ({ ...order, caller: shown(caller) })),
      };
    },
  };
}

const callerIn = ({ lat, lon, ...row }: CustomerRow): Caller => ({
  ...row,
  point: lat === null || lon === null ? null : { lat, lon },
});

/** As orders of other systems come: 张* 138****8000. */
const inPart = (caller: Caller): Caller => ({
  ...caller,
  account: caller.account && `****${caller.account.slice(-4)}`,
  name: caller.name && `${[...caller.name][0] ?? ''}*`,
  phone: caller.phone && `${caller.phone.slice(0, 3)}****${caller.phone.slice(-4)}`,
});
