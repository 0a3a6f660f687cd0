import type { LogStore } from '../log-store.ts';
import type { OnFault } from '../projection.ts';
import type { head } from '../schema.ts';
import { gather, takeAgain } from '../take-again.ts';
import { takeBatch } from '../take-batch.ts';
import { advanceThrough, gapsOf, isOver } from './advance.ts';
import type { Ask, Postgres } from './connection.ts';
import { writeLog } from './write-log.ts';

/** What every writing room needs. `clock`: the database's, server time, ms. */
export type PostgresDeps = { readonly postgres: Postgres; readonly clock: () => number; readonly onFault: OnFault };

export function createLogStore({ postgres, clock, onFault }: PostgresDeps): LogStore {
  const { write, read } = postgres;
  return {
    append: async (batch, from, decide) => {
      if (batch.length === 0) return [];
      const received = from.receipt.server;
      return write((ask) =>
        writeLog(ask, { received, onFault }, (log, tables) => takeBatch(tables, log, { batch, from, decide })),
      );
    },
    release: (batch, decide) =>
      write((ask) =>
        writeLog(ask, { received: clock(), onFault }, (log, tables) => takeAgain(tables, log, batch, decide)),
      ),
    gather: (batch, from) =>
      write((ask) =>
        writeLog(ask, { received: from.receipt.server, onFault }, (_, tables) => gather(tables, batch, from)),
      ),
    record: (batch) =>
      write((ask) =>
        writeLog(ask, { received: clock(), onFault }, (log) =>
          log.record(typeof batch === 'function' ? batch(log.view) : batch),
        ),
      ),
    redact: (redaction) =>
      write((ask) => writeLog(ask, { received: clock(), onFault }, (log) => log.redact(redaction))),
    need: async (name, hiN) => {
      const { ranges, moved } = await read((ask) => gapsOf(ask, name, hiN));
      if (moved) await write((ask) => advanceThrough(ask, name));
      return ranges;
    },
    isOver: (name, hiN) => read((ask) => isOver(ask, name, hiN)),
    head: () => read(headOf),
  };
}

export async function headOf(ask: Ask): Promise<typeof head.$inferSelect> {
  const [row] = await ask<typeof head.$inferSelect>('select * from head');
  if (!row) throw new Error('the database has no head');
  return row;
}
