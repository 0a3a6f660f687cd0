import type { WriterId } from '#shared/ids.ts';

import { enrolProcess } from './enrol-process.ts';
import { readHead, type LogDeps } from './log-writer.ts';
import { head, history } from './schema.ts';
import { whole } from './whole.ts';

/** `gatherUntil`: server time, ms. */
export type NewHistory = { readonly epoch: string; readonly process: WriterId; readonly gatherUntil: number };

export type Restore = {
  /**
   * This database was a copy and begins a history of its own where the copy ends: another epoch, another writer for the
   * server's own events, so that no number and no position ever says two things. Until `gatherUntil` it only gathers what
   * its clients hold. Sessions, codes and logins stay as they were in the copy.
   */
  readonly beginAnew: (as: NewHistory) => Promise<void>;
  /** From now on the log takes events again. */
  readonly endGathering: () => Promise<void>;
};

export function createRestore(deps: LogDeps): Restore {
  const { db, write } = deps.connection;
  return {
    beginAnew: ({ epoch, process, gatherUntil }) =>
      whole(() =>
        write(() => {
          const { epoch: before, q, chain } = readHead(deps.connection);
          db.insert(history).values({ epoch: before, q, chain }).run();
          db.update(head).set({ epoch, process, gatherUntil }).run();
          enrolProcess(deps, process);
        }),
      ),
    endGathering: () => whole(() => void db.update(head).set({ gatherUntil: null }).run()),
  };
}
