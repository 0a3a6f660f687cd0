import { err, ok } from '#shared/result.ts';

import { restore, type RestoreProblem } from '../services/restore.ts';
import { inspectCopy } from '../store/backup.ts';
import { databaseFile, openStore } from '../store/open-store.ts';
import { isOutOfUse } from '../store/out-of-use.ts';
import { redactionsIn } from '../store/redactions-in.ts';
import { failed, readOptions, wrong, type Complaint, type Verb } from './verb.ts';
import { settings } from './with-store.ts';

export const restoreVerb: Verb = {
  usage: 'BACKUP [--gather SECONDS] [--older]',
  help: [
    'BACKUP    a copy that `relight backup` made; it is read from end to end first. Stop the server before.',
    '--gather  how long the server, once it runs, only collects what tablets and desks still hold (120 s), to take it',
    '          in in its old order. Whoever comes later is taken in as he comes: nothing a tablet has is lost.',
    '--older   also if a newer copy lies beside it. Tablets have given away what the newest one holds.',
    'What stood in DATA_DIR is moved aside, not erased. What only the server had since the copy is gone: say so to desks.',
  ],
  run: async (args, terminal) => {
    const options = readOptions(args, {
      gather: { type: 'string', default: '120' },
      older: { type: 'boolean', default: false },
    });
    if (!options.ok) return options;
    const [file, extra] = options.value.positionals;
    if (file === undefined) return err(wrong('BACKUP', 'is missing'));
    if (extra !== undefined) return err(wrong(extra, 'one backup at a time'));
    const { gather, older } = options.value.values;
    if (!/^\d{1,5}$/.test(gather)) return err(wrong('--gather', `“${gather}” is not a number of seconds`));
    const config = settings(terminal);
    if (!config.ok) return config;
    const { clock, random } = terminal;
    const { dataDir } = config.value;

    const done = await restore({
      file,
      dataDir,
      databases: {
        inspect: inspectCopy,
        isOutOfUse,
        fileOf: databaseFile,
        open: (dir) => openStore(dir, { clock, random }),
        redactionsIn,
      },
      now: clock(),
      gatherMs: Number(gather) * 1_000,
      random,
      older,
    });
    if (!done.ok) return err(complaint(done.error));
    const { q, epoch, aside } = done.value;
    await terminal.result(done.value, [
      `Restored up to position ${q}; what comes now is history ${epoch}.`,
      ...(aside === null ? [] : [`What stood there lies in ${aside}.`]),
      'Start the server: tablets and desks bring what they still hold by themselves.',
    ]);
    return ok(0);
  },
};

function complaint(problem: RestoreProblem): Complaint {
  switch (problem.code) {
    case 'missing':
      return wrong('BACKUP', 'there is no such file');
    case 'inUse':
      return failed('DATA_DIR', 'a server or command has it open; stop the server first');
    case 'damaged':
      return failed('BACKUP', `cannot be restored from: ${problem.what}`);
    case 'newer':
      return failed(
        'BACKUP',
        `${problem.file} is newer, and tablets may hold nothing it holds; --older takes this one all the same`,
      );
  }
}
