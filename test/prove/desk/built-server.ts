import { must } from '#shared/result.ts';

import { parseConfig } from '../../../server/config.ts';
import { createLog } from '../../../server/device/log.ts';
import { systemRandom } from '../../../server/device/random.ts';
import { startServer } from '../../../server/start.ts';

/** The server as it is, showing the pages built in `DIST`. */
const ports = { clock: () => Date.now(), random: systemRandom, log: createLog('warn') };
const server = await startServer(must(parseConfig(process.env)), ports, process.env['DIST']);

process.once('SIGTERM', () => void server.close().finally(() => process.exit(0)));
