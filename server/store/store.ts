import type { Accounts } from './accounts.ts';
import type { LogStore } from './log-store.ts';
import type { Roster } from './organisation.ts';

/**
 * What is kept, whatever database keeps it. Every function is one whole transaction: it is done when its promise
 * resolves, and not done at all when it rejects.
 */
export type Store = {
  readonly log: LogStore;
  readonly roster: Roster;
  readonly accounts: Accounts;
  /** Has another process written here since this was last asked? */
  readonly foreignCommit: () => boolean;
  readonly close: () => void;
};
