import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { err, ok } from '#shared/result.ts';

import { openStore } from '../store/open-store.ts';
import { fillFromFile } from '../store/postgres/fill-from-file.ts';
import { failed, readOptions, wrong, type Verb } from './verb.ts';
import { settings } from './with-store.ts';

export const moveVerb: Verb = {
  usage: '',
  help: [
    'Copies all that DATA_DIR holds into the empty PostgreSQL database of DATABASE_URL, as one transaction.',
    'Stop the server first. DATA_DIR stays as it is: certificates and maps are still read there.',
  ],
  run: async (args, terminal) => {
    const options = readOptions(args, {});
    if (!options.ok) return options;
    const config = settings(terminal);
    if (!config.ok) return config;
    const { dataDir, databaseUrl } = config.value;
    if (databaseUrl === null) return err(wrong('DATABASE_URL', 'is not set: where should it move to?'));
    const dir = mkdtempSync(join(tmpdir(), 'relight-move-'));
    try {
      const file = join(dir, 'copy.db');
      const { clock, random } = terminal;
      const store = openStore(dataDir, { clock, random });
      await store.backups.copyTo(file).finally(store.close);
      const moved = await fillFromFile(databaseUrl, file);
      if (!moved.ok) return err(failed('DATABASE_URL', 'this database has a history of its own already'));
      await terminal.result(moved.value, [
        `Moved up to position ${moved.value.q}. Start the server with DATABASE_URL.`,
      ]);
      return ok(0);
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  },
};
