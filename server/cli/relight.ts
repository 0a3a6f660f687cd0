import { randomBytes } from 'node:crypto';
import { once } from 'node:events';

import { runRelight } from './run-relight.ts';

process.exitCode = await runRelight(process.argv.slice(2), {
  env: process.env,
  stdin: process.stdin,
  // Waiting for the reader keeps a log of any length out of memory.
  stdout: async (text) => {
    if (!process.stdout.write(text)) await once(process.stdout, 'drain');
  },
  stderr: (text) => void process.stderr.write(text),
  clock: () => Date.now(),
  random: (bytes) => randomBytes(bytes),
});
