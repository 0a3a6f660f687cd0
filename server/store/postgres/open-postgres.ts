import { CHAIN_START } from '#shared/canonical.ts';
import { mintWriter } from '#shared/ids.ts';

import type { OnFault } from '../projection.ts';
import type { News, Store } from '../store.ts';
import { createAccounts } from './accounts.ts';
import { openPool } from './connection.ts';
import { createContactStore } from './contact-store.ts';
import { createBackups, createVerify } from './copies.ts';
import { createCustomers } from './customers.ts';
import { databaseNow, openDatabaseClock } from './database-clock.ts';
import { createEquipment } from './equipment.ts';
import { createHeldRows } from './held-rows.ts';
import { createLogStore, type PostgresDeps } from './log-store.ts';
import { BEGINNING, migrate } from './migrate.ts';
import { listen } from './news.ts';
import { createOverdueStore } from './overdue-store.ts';
import { createLogPages, createOrderPages } from './pages.ts';
import { refoldOrders } from './refold-orders.ts';
import { createRestore, enrolProcess } from './restore.ts';
import { createRoster } from './roster.ts';
import { createSearch } from './search.ts';
import { createTrackers } from './trackers.ts';
import { createViewStore } from './view-store.ts';

/** `clock`: only for tests; without it, time is what the database's clock shows. Server time, ms. */
export type PostgresPorts = {
  readonly random: (bytes: number) => Uint8Array;
  readonly onFault?: OnFault;
  readonly clock?: () => number;
};

/** Opens a PostgreSQL database, making its tables or bringing them up to date where needed. */
export async function openPostgres(url: string, { random, onFault = () => {}, clock }: PostgresPorts): Promise<Store> {
  const postgres = openPool(url);
  try {
    await migrate(postgres);
    const own = clock ? null : await openDatabaseClock(postgres);
    const now = clock ?? (() => own?.now() ?? 0);
    const deps: PostgresDeps = { postgres, onFault, clock: now };
    await begin(deps, random);
    await refoldOrders(postgres);
    const askNow = clock ? () => Promise.resolve(clock()) : databaseNow;
    return storeOn(deps, { askNow, keepTime: own?.ask ?? null });
  } catch (error) {
    await postgres.close();
    throw error;
  }
}

type Time = {
  readonly askNow: Parameters<typeof createOverdueStore>[0]['now'];
  readonly keepTime: (() => Promise<void>) | null;
};

function storeOn(deps: PostgresDeps, { askNow, keepTime }: Time): Store {
  const { postgres } = deps;
  const heard = new Set<(news: News) => void>();
  let foreign = false;
  const line = listen(postgres.url, (news) => {
    if (news === 'head') foreign = true;
    for (const tell of heard) tell(news);
  });
  return {
    log: createLogStore(deps),
    views: createViewStore(postgres),
    contacts: createContactStore(postgres),
    overdue: createOverdueStore({ ...deps, now: askNow }),
    roster: createRoster(postgres),
    accounts: createAccounts(postgres),
    held: createHeldRows(postgres),
    restore: createRestore(deps),
    trackers: createTrackers(postgres),
    equipment: createEquipment(postgres),
    customers: createCustomers(postgres),
    pages: createLogPages(postgres),
    orders: createOrderPages(postgres),
    search: createSearch(postgres),
    backups: createBackups(postgres),
    verify: createVerify(postgres),
    time: keepTime && { now: deps.clock, keep: keepTime },
    onNews: (tell) => void heard.add(tell),
    foreignCommit: () => {
      const seen = foreign;
      foreign = false;
      return seen;
    },
    close: () => void line.close().then(postgres.close),
  };
}

/** A new database gets its history's name, and the server's processes a writer whose first event makes their device. */
const begin = (deps: PostgresDeps, random: PostgresPorts['random']): Promise<void> =>
  deps.postgres.write(async (ask) => {
    await ask('select pg_advisory_xact_lock($1)', BEGINNING);
    if ((await ask('select 1 from head')).length > 0) return;
    const process = mintWriter(random(3));
    const epoch = Buffer.from(random(8)).toString('hex');
    await ask('insert into head values (1, 0, $1, $2, null, 0, $3, null)', CHAIN_START, epoch, process);
    await enrolProcess(ask, deps, process);
  });
