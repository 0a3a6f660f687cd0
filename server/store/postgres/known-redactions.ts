import type { RedactionRow, RedactionTable } from '../log-tables.ts';
import type { Ask } from './connection.ts';
import { createKnown, type Journal, type Reread } from './known.ts';
import { writeRows } from './write-rows.ts';

type KnownRedactions = {
  readonly table: RedactionTable;
  readonly known: Reread;
  readonly write: (ask: Ask) => Promise<void>;
};

export function knownRedactions(journal: Journal): KnownRedactions {
  const rows = createKnown<RedactionRow>(journal, async (ask, hashes) => {
    const found = await ask<RedactionRow>('select * from redaction where hash = any($1)', hashes);
    return found.map((row) => [row.hash, row]);
  });
  return {
    table: {
      get: (hash) => rows.get(hash),
      // Of many rows that are read at once anyway.
      any: () => true,
      put: (row) => rows.put(row.hash, row),
    },
    known: rows,
    write: (ask) => writeRows(ask, { table: 'redaction', key: ['hash'], update: VALUES }, [...rows.changed().values()]),
  };
}

const VALUES = ['leaves', 'reason', 'by', 'at', 'q'];
