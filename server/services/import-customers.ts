import { createReadStream } from 'node:fs';

import type { CustomersCounts } from '#shared/api/customers.ts';
import { type ImportFault, type Refused, shortened } from '#shared/api/import-fault.ts';
import type { UnitId } from '#shared/ids.ts';
import { err, ok, type Result } from '#shared/result.ts';

import {
  readCustomers,
  type CustomersAsked,
  type ImportedCustomer,
  type ReadCustomer,
} from '../import/read-customers.ts';
import { AT_ONCE, type CustomerRow } from '../store/customers.ts';
import type { Store } from '../store/store.ts';
import { inTurn } from './in-turn.ts';
import { unitAndBelow } from './unit-subtree.ts';

/** `unit`: whose customers these are, where no column says it; only units at or below it are touched. */
export type CustomersJob = CustomersAsked & {
  readonly file: string;
  readonly source: string;
  readonly unit: UnitId;
  readonly dryRun: boolean;
  readonly store: Pick<Store, 'customers' | 'roster'>;
  readonly progress: (read: number) => void;
};

const REFUSED_KEPT = 1_000;

/**
 * Streams a file into the customers. What differs is written, a batch at a time, so that others are served in between; whom
 * the file no longer names goes at the end, unless a row of theirs was refused. The error: nothing of the file can be read.
 */
export async function importCustomers(job: CustomersJob): Promise<Result<CustomersCounts, Refused>> {
  const { store, source, dryRun } = job;
  const all = await store.roster.units();
  const units = unitAndBelow(all, job.unit);
  const unitNamed = namedUnits(all.filter(({ id }) => units.includes(id)));
  const counts = { read: 0, created: 0, changed: 0, unchanged: 0, gone: 0, refusedCount: 0 };
  const refused: Refused[] = [];
  const refuse = (one: Refused): void => {
    counts.refusedCount += 1;
    if (refused.length < REFUSED_KEPT) refused.push(one);
  };
  // Some ten bytes a customer, of which a company has a few hundred thousand.
  const lines = new Map<string, number>();
  const spared = new Set<string>();
  const where = new Map<string, UnitId>();
  let batch: CustomerRow[] = [];
  let size = FIRST_BATCH;

  const flush = async (): Promise<void> => {
    if (batch.length === 0) return;
    const rows = batch;
    batch = [];
    const { done, ms } = await inTurn(RESTING_SHARE, () =>
      store.customers[dryRun ? 'compare' : 'put']({ source, rows }),
    );
    size = nextSize(rows.length, ms);
    const { created, changed } = done;
    counts.created += created;
    counts.changed += changed;
    counts.unchanged += rows.length - created - changed;
  };
  const take = async ({ line, account, customer, refused: why }: ReadCustomer): Promise<void> => {
    counts.read += 1;
    if (!customer) {
      spared.add(account);
      return refuse(why);
    }
    const earlier = lines.get(account);
    if (earlier !== undefined)
      return refuse({
        line,
        column: job.columns.account ?? null,
        why: { code: 'keyTwice', value: shortened(account), line: earlier },
      });
    lines.set(account, line);
    const unit = customer.unit === null ? ok(job.unit) : unitNamed(customer.unit);
    if (!unit.ok) {
      spared.add(account);
      return refuse({ line, column: job.columns.unit ?? null, why: unit.error });
    }
    where.set(account, unit.value);
    batch.push(rowOf(customer, unit.value));
    if (batch.length >= size) await flush();
  };

  for await (const rows of readCustomers(createReadStream(job.file), job)) {
    if (!rows.ok) return rows;
    for (const row of rows.value) await take(row);
    job.progress(counts.read);
  }
  await flush();
  // A file of which nothing can be used takes nobody away.
  if (where.size > 0) counts.gone = await takeAway();
  return ok({ ...counts, refused });

  async function takeAway(): Promise<number> {
    let gone = 0;
    for (let after = 0; ;) {
      const { done: page } = await inTurn(RESTING_SHARE, () =>
        store.customers.page({ source, units, after, most: AT_ONCE }),
      );
      const last = page.at(-1);
      if (!last) return gone;
      after = last.id;
      const ids = page
        .filter(({ account, unit }) => !spared.has(account) && where.get(account) !== unit)
        .map(({ id }) => id);
      gone += ids.length;
      if (!dryRun) await remove(ids);
    }
  }

  async function remove(ids: readonly number[]): Promise<void> {
    for (let from = 0; from < ids.length;) {
      const some = ids.slice(from, from + size);
      const { ms } = await inTurn(RESTING_SHARE, () => store.customers.remove(some));
      from += some.length;
      size = nextSize(some.length, ms);
    }
  }
}

const RESTING_SHARE = 0.5;

const FIRST_BATCH = 50;
const LEAST_BATCH = 50;
/** How long one transaction is meant to take: keys lie scattered, so the more there are, the longer each takes. */
const TURN_MS = 12;

const nextSize = (rows: number, ms: number): number =>
  Math.round(Math.min(AT_ONCE, rows * 2, Math.max(LEAST_BATCH, (rows * TURN_MS) / Math.max(ms, 1))));

function namedUnits(units: readonly { readonly id: UnitId; readonly name: string }[]) {
  const ids = new Map<string, Result<UnitId, ImportFault>>();
  for (const { id, name } of units)
    ids.set(name, ids.has(name) ? err({ code: 'twoUnits', value: shortened(name) }) : ok(id));
  return (name: string): Result<UnitId, ImportFault> =>
    ids.get(name) ?? err({ code: 'noSuchUnit', value: shortened(name) });
}

const rowOf = ({ point, ...customer }: ImportedCustomer, unit: UnitId): CustomerRow => ({
  ...customer,
  unit,
  lat: point?.lat ?? null,
  lon: point?.lon ?? null,
});
