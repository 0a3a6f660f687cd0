import { join } from 'node:path';

import { err, ok } from '#shared/result.ts';

import { makeBackup } from '../services/backup.ts';
import { failed, readOptions, wrong, type Verb } from './verb.ts';
import { withStore } from './with-store.ts';

export const backupVerb: Verb = {
  usage: '[FOLDER]',
  help: [
    'FOLDER  default BACKUP_DIR, else DATA_DIR/backups; the newest fourteen copies stay',
    'A copy gets its name only after it was opened and its structure, positions, hashes and chain were right.',
    'Tablets keep their events until a backup holds them.',
  ],
  run: (args, terminal) => {
    const options = readOptions(args, {});
    if (!options.ok) return Promise.resolve(options);
    const [folder, extra] = options.value.positionals;
    if (extra !== undefined) return Promise.resolve(err(wrong(extra, 'one folder at a time')));
    return withStore(terminal, async ({ backups }, { dataDir, backup }) => {
      const dir = folder ?? backup?.dir ?? join(dataDir, 'backups');
      const made = await makeBackup({ backups, dir, now: terminal.clock() });
      if (!made.ok) return err(failed(null, `the copy is damaged and was removed: ${made.error.what}`));
      const { file, q, safe } = made.value;
      await terminal.result(made.value, [`${file}: verified up to position ${q}; safe is ${safe ?? 'not set'}.`]);
      return ok(0);
    });
  },
};
