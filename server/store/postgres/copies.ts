import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { inspectCopy, type Backups } from '../backup.ts';
import { openConnection } from '../connection.ts';
import type { Store } from '../store.ts';
import { verifyStore } from '../verify.ts';
import type { Postgres } from './connection.ts';
import { copyToFile } from './copy-to-file.ts';
import { lockHead } from './write-log.ts';

export const createBackups = (postgres: Postgres): Backups => ({
  copyTo: (file) => copyToFile(postgres, file),
  inspect: inspectCopy,
  publishSafe: ({ q, epoch }) =>
    postgres.write(async (ask) => {
      const row = await lockHead(ask);
      // A copy of another history says nothing about this one.
      if (row.epoch !== epoch || q > row.q) return row.safe;
      const safe = Math.max(row.safe ?? 0, q);
      await ask('update head set safe = $1', safe);
      return safe;
    }),
});

/** Copies everything into a file and reads that, log, hashes and projections, as beside SQLite. */
export const createVerify =
  (postgres: Postgres): Store['verify'] =>
  async (progress) => {
    const dir = mkdtempSync(join(tmpdir(), 'relight-verify-'));
    try {
      const file = join(dir, 'copy.db');
      await copyToFile(postgres, file);
      const copy = openConnection(file);
      try {
        return await verifyStore(copy, progress);
      } finally {
        copy.sqlite.close();
      }
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  };
