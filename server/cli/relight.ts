import { randomBytes } from 'node:crypto';
import { once } from 'node:events';

import { loadQuickly } from '../device/load-quickly.ts';
import { runRelight } from './run-relight.ts';
import { serverClock } from './server-clock.ts';

loadQuickly();
process.exitCode = await runRelight(process.argv.slice(2), {
  env: process.env,
  stdin: process.stdin,
  // Waiting for the reader keeps a log of any length out of memory.
  stdout: async (text) => {
    if (!process.stdout.write(text)) await once(process.stdout, 'drain');
  },
  stderr: (text) => void process.stderr.write(text),
  // A jump of the machine's clock must not get into the log beside a server that holds it.
  clock: serverClock(process.env),
  random: (bytes) => randomBytes(bytes),
});
