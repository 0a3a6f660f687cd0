import { must } from '#shared/result.ts';

import { parseConfig } from '../../server/config.ts';
import { systemClock } from '../../server/device/clock.ts';
import { createLog } from '../../server/device/log.ts';
import { systemRandom } from '../../server/device/random.ts';
import { startServer } from '../../server/start.ts';

/** The server as it is, but it believes the wall clock, whatever it does. */
const server = await startServer(must(parseConfig(process.env)), {
  clock: systemClock,
  random: systemRandom,
  log: createLog('warn'),
});

process.once('SIGTERM', () => void server.close().finally(() => process.exit(0)));
