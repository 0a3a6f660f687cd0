import { err, ok } from '#shared/result.ts';

import { workerSwitch } from '../device/worker-switch.ts';
import { readOptions, wrong, type Verb } from './verb.ts';
import { settings } from './with-store.ts';

export const workerVerb: Verb = {
  usage: '[on | off]',
  help: [
    'Shows whether tablets keep the files of the crew app, so that it opens without signal.',
    'off  each tablet that asks (at the latest an hour after it has signal) gives up its service worker and the files it',
    '     kept, and opens the app from the server; nothing that was recorded is touched. For a build that does not work',
    'on   tablets keep the app again, from when it is opened next',
  ],
  run: async (args, terminal) => {
    const options = readOptions(args, {});
    if (!options.ok) return options;
    const [what, extra] = options.value.positionals;
    if (extra !== undefined || (what !== undefined && what !== 'on' && what !== 'off'))
      return err(wrong(extra ?? what ?? null, 'say on, off, or nothing'));
    const config = settings(terminal);
    if (!config.ok) return config;
    const worker = workerSwitch(config.value.dataDir);
    if (what !== undefined) worker.set(what);
    const off = worker.isOff();
    await terminal.result({ worker: off ? 'off' : 'on' }, [
      off
        ? 'Off: tablets open the app from the server, and not without signal. Back again: relight worker on'
        : 'On: tablets keep the app and open it without signal.',
    ]);
    return ok(0);
  },
};
