import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import { CHAIN_START } from '#shared/canonical.ts';
import { mintWriter } from '#shared/ids.ts';

import { createAccounts } from './accounts.ts';
import { createBackups } from './backup.ts';
import { openConnection } from './connection.ts';
import { createContactStore } from './contact-store.ts';
import { createCustomers } from './customers.ts';
import { enrolProcess } from './enrol-process.ts';
import { createEquipment } from './equipment.ts';
import { createHeldRows } from './held-rows.ts';
import { createLogPages } from './log-pages.ts';
import { createLogStore } from './log-store.ts';
import type { LogDeps } from './log-writer.ts';
import { createOrderPages } from './order-pages.ts';
import { createRoster } from './organisation.ts';
import { createOverdueStore } from './overdue-store.ts';
import type { OnFault } from './projection.ts';
import { refoldOrders } from './refold-orders.ts';
import { createRestore } from './restore.ts';
import { head } from './schema.ts';
import { createSearch } from './search.ts';
import { sqliteTables } from './sqlite-tables.ts';
import type { Store } from './store.ts';
import { createTrackers } from './trackers.ts';
import { verifyStore } from './verify.ts';
import { createViewStore } from './view-store.ts';

/**
 * Server time in ms, and so many unpredictable bytes. `onFault`: told of each event that could not be projected.
 * `onBroken`: told once, when the disk failed; the process has to end, and the next one begins from what is there.
 */
export type StorePorts = {
  readonly clock: () => number;
  readonly random: (bytes: number) => Uint8Array;
  readonly onFault?: OnFault;
  readonly onBroken?: (error: unknown) => void;
};

export const databaseFile = (dataDir: string): string => join(dataDir, 'relight.db');

/** Opens the data directory, making it or bringing its tables up to date where needed. */
export function openStore(dataDir: string, ports: StorePorts): Store {
  mkdirSync(dataDir, { recursive: true });
  const connection = openConnection(databaseFile(dataDir), ports.onBroken);
  const deps: LogDeps = {
    connection,
    clock: ports.clock,
    onFault: ports.onFault ?? (() => {}),
    tables: sqliteTables(connection),
  };
  refoldOrders(connection);
  begin(deps, ports.random);
  const dataVersion = () => connection.sqlite.pragma('data_version', { simple: true });
  let seen = dataVersion();
  return {
    log: createLogStore(deps),
    views: createViewStore(connection),
    contacts: createContactStore(connection),
    overdue: createOverdueStore(deps),
    roster: createRoster(connection),
    accounts: createAccounts(connection),
    held: createHeldRows(connection),
    restore: createRestore(deps),
    trackers: createTrackers(connection),
    equipment: createEquipment(connection),
    customers: createCustomers(connection),
    pages: createLogPages(connection),
    orders: createOrderPages(connection),
    search: createSearch(connection),
    backups: createBackups(connection),
    verify: (progress) => verifyStore(connection, progress),
    foreignCommit: () => {
      const now = dataVersion();
      const foreign = now !== seen;
      seen = now;
      return foreign;
    },
    onNews: () => {},
    time: null,
    close: () => connection.sqlite.close(),
  };
}

/** A new directory gets its history's name, and its own processes a writer whose first event makes their device. */
function begin(deps: LogDeps, random: StorePorts['random']): void {
  const { connection } = deps;
  const { db } = connection;
  connection.write(() => {
    if (db.select().from(head).get()) return;
    const process = mintWriter(random(3));
    const epoch = Buffer.from(random(8)).toString('hex');
    db.insert(head).values({ id: 1, q: 0, chain: CHAIN_START, epoch, safe: null, rcv: 0, process }).run();
    enrolProcess(deps, process);
  });
}
