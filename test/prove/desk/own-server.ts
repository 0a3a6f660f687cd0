import { join } from 'node:path';

import { freePort, startServerProcess, type ServerProcess } from '../../e2e/server-process.ts';

type Own = { readonly dataDir: string; readonly dist: string; readonly env?: Record<string, string> };

/** The server as it is, with pages that were built for one measurement. */
export const startOwnServer = async ({ dataDir, dist, env }: Own): Promise<ServerProcess> =>
  startServerProcess({
    dataDir,
    port: await freePort(),
    entry: join(import.meta.dirname, 'built-server.ts'),
    env: { ...env, DIST: dist },
  });
