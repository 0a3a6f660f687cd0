import type { Accounts } from './accounts.ts';
import type { Backups } from './backup.ts';
import type { ContactStore } from './contact-store.ts';
import type { Customers } from './customers.ts';
import type { Equipment } from './equipment.ts';
import type { HeldRows } from './held-rows.ts';
import type { LogPages } from './log-pages.ts';
import type { LogStore } from './log-store.ts';
import type { OrderPages } from './order-pages.ts';
import type { Roster } from './organisation.ts';
import type { OverdueStore } from './overdue-store.ts';
import type { Restore } from './restore.ts';
import type { Search } from './search.ts';
import type { Trackers } from './trackers.ts';
import type { Verification } from './verify.ts';
import type { ViewStore } from './view-store.ts';

/**
 * What is kept, whatever database keeps it. Every function is one whole transaction: it is done when its promise
 * resolves, and not done at all when it rejects.
 */
export type Store = {
  readonly log: LogStore;
  readonly views: ViewStore;
  readonly contacts: ContactStore;
  readonly overdue: OverdueStore;
  readonly roster: Roster;
  readonly accounts: Accounts;
  readonly held: HeldRows;
  readonly restore: Restore;
  readonly trackers: Trackers;
  readonly equipment: Equipment;
  readonly customers: Customers;
  readonly pages: LogPages;
  readonly orders: OrderPages;
  readonly search: Search;
  readonly backups: Backups;
  /** Reads everything that is kept and folds the log anew; `progress` hears how far it is. */
  readonly verify: (progress: (q: number) => void) => Promise<Verification>;
  /** Has another process written here since this was last asked? */
  readonly foreignCommit: () => boolean;
  /** Tells of what other processes write, as soon as the database does; one that has to be asked never tells. */
  readonly onNews: (tell: (news: News) => void) => void;
  /** What time it is, where the database decides that for all its processes; null: the process's own clock is server time. */
  readonly time: StoreTime | null;
  /** What is under way is finished. */
  readonly close: () => void;
};

/** `head`: the log may have grown. `live`: a crew was heard, or a van has moved. */
export type News = 'head' | 'live';

/** `keep` is to be called each second. */
export type StoreTime = { readonly now: () => number; readonly keep: () => Promise<void> };
