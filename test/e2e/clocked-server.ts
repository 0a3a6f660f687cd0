import { must } from '#shared/result.ts';

import { parseConfig } from '../../server/config.ts';
import { createLog } from '../../server/device/log.ts';
import { systemRandom } from '../../server/device/random.ts';
import { startServer } from '../../server/start.ts';

/**
 * The server as it is, but its clock can be moved: by SHIFT_MS at the start, and by a message `{ shiftMs }` while it
 * runs. Answers each message once the new time holds.
 */
let shiftMs = Number(process.env['SHIFT_MS'] ?? 0);

const server = await startServer(must(parseConfig(process.env)), {
  clock: () => Date.now() + shiftMs,
  random: systemRandom,
  log: createLog('warn'),
});

process.on('message', (message: { readonly shiftMs: number }) => {
  shiftMs = message.shiftMs;
  process.send?.({ done: true });
});
process.once('SIGTERM', () => void server.close().finally(() => process.exit(0)));
