import { subjectId, type OrderId, type WriterId } from '#shared/ids.ts';

import { enrolProcess } from './enrol-process.ts';
import type { LogTables, RedactionRow } from './log-tables.ts';
import { readHead, writeLog, type LogDeps, type LogWriter } from './log-writer.ts';
import { head, history } from './schema.ts';
import { whole } from './whole.ts';

/** `gatherUntil`: server time, ms. `redactions`: those known to the database that stood here before, to be done again. */
export type NewHistory = {
  readonly epoch: string;
  readonly process: WriterId;
  readonly gatherUntil: number;
  readonly redactions?: readonly RedactionRow[];
};

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
    beginAnew: ({ epoch, process, gatherUntil, redactions = [] }) =>
      whole(() =>
        write(() => {
          const { epoch: before, q, chain } = readHead(deps.connection);
          db.insert(history).values({ epoch: before, q, chain }).run();
          db.update(head).set({ epoch, process, gatherUntil }).run();
          enrolProcess(deps, process);
          if (redactions.length > 0) writeLog(deps, deps.clock(), (log) => redactAgain(deps.tables, log, redactions));
        }),
      ),
    endGathering: () => whole(() => void db.update(head).set({ gatherUntil: null }).run()),
  };
}

/** Of what the copy does not know to be redacted: texts it holds go now, those that somebody brings later go then. */
export function redactAgain({ redactions }: LogTables, log: LogWriter, before: readonly RedactionRow[]): void {
  for (const row of before) {
    if (redactions.get(row.hash)) continue;
    redactions.put({ ...row, at: null, q: null });
    const { subject, event, reason, by } = row;
    log.redact({ order: subjectId<OrderId>(subject), events: [event], reason, by });
  }
}
