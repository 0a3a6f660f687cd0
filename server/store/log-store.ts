import type { EventId, WriterId } from '#shared/ids.ts';
import type { Ack } from '#shared/sync/protocol.ts';

import type { LogView } from './log-view.ts';
import { readHead, writeLog, writeLogGrouped, type LogDeps, type Own, type Redaction } from './log-writer.ts';
import { shortenLog } from './shorten-log.ts';
import { gather, takeAgain, type Again, type DecideAgain, type JudgedAgain } from './take-again.ts';
import { takeBatch, type Decide, type Delivery, type Incoming } from './take-batch.ts';
import { whole } from './whole.ts';
import { isOver, missing } from './writers.ts';

export type Head = {
  readonly q: number;
  readonly chain: string;
  readonly epoch: string;
  readonly safe: number | null;
  /** The latest receipt, server time, ms. */
  readonly rcv: number;
  readonly process: WriterId;
  /** After a restore: until then what clients hold is only gathered, server time, ms. Null: the log takes events. */
  readonly gatherUntil: number | null;
};

export type LogStore = {
  /** Takes custody of each item, in order; the answer may be given only after this resolves (I8). */
  readonly append: (batch: readonly Incoming[], from: Delivery, decide: Decide) => Promise<readonly Ack[]>;
  /** Judges again what is held, in the order given, in one transaction. What may not enter now either stays, under its present code. */
  readonly release: (batch: readonly Again[], decide: DecideAgain) => Promise<readonly JudgedAgain[]>;
  /** After a restore: keeps what clients hold until its turn comes (`HeldRows.gathered`). */
  readonly gather: (batch: readonly Incoming[], from: Delivery) => Promise<void>;
  /** Writes server-made events in one transaction. As a function, it can look at the log first. */
  readonly record: (batch: readonly Own[] | ((view: LogView) => readonly Own[])) => Promise<readonly EventId[]>;
  /**
   * Erases what people typed or signed in these events, in everything that is kept here, and writes down that it did (I4);
   * gives those that lost something. Copies made before keep it.
   */
  readonly redact: (redaction: Redaction) => Promise<readonly EventId[]>;
  readonly need: (writer: WriterId, hiN: number) => Promise<[number, number][]>;
  /**
   * Is what an outbox says of a name it left, with `hiN` the last number it gave out, the whole of it? All up to there is in
   * log or quarantine, nothing above is, and no other outbox was found to write under that name (I3).
   */
  readonly isOver: (writer: WriterId, hiN: number) => Promise<boolean>;
  readonly head: () => Promise<Head>;
};

export function createLogStore(deps: LogDeps): LogStore {
  const { connection, tables } = deps;
  return {
    append: async (batch, from, decide) => {
      if (batch.length === 0) return [];
      return writeLogGrouped(deps, from.receipt.server, (log) => takeBatch(tables, log, { batch, from, decide }));
    },
    release: (batch, decide) =>
      whole(() => writeLog(deps, deps.clock(), (log) => takeAgain(tables, log, batch, decide))),
    gather: (batch, from) => whole(() => connection.write(() => gather(tables, batch, from))),
    record: (batch) =>
      whole(() =>
        writeLog(deps, deps.clock(), (log) => log.record(typeof batch === 'function' ? batch(log.view) : batch)),
      ),
    redact: (redaction) =>
      whole(() => {
        const gone = writeLog(deps, deps.clock(), (log) => log.redact(redaction));
        if (gone.length > 0) shortenLog(connection);
        return gone;
      }),
    need: (name, hiN) => whole(() => missing(connection, name, hiN)),
    isOver: (name, hiN) => whole(() => connection.read(() => isOver(connection, name, hiN))),
    head: () => whole(() => readHead(connection)),
  };
}
