import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

import { createAdaptorServer, type ServerType } from '@hono/node-server';

import { createApp } from './app.ts';
import type { Config } from './config.ts';
import { keepBuild, keptBuildsFolder } from './device/kept-builds.ts';
import type { Ports } from './device/ports.ts';
import { startPulse } from './device/pulse.ts';
import { workerSwitch } from './device/worker-switch.ts';
import { openServices } from './open-services.ts';
import { loadTls } from './tls/load-tls.ts';

const BUILT = join(import.meta.dirname, '..', 'dist');

/** A server that runs. `close` finishes what is under way, ends streams and closes the database. */
export type Running = { readonly url: string; readonly port: number; readonly close: () => Promise<void> };

/** Opens the data directory and listens, with the built pages in `dist`. Rejects if the port is taken or the data cannot be opened. */
export async function startServer(config: Config, ports: Ports, dist = BUILT): Promise<Running> {
  const tls = await loadTls(config.dataDir);
  const opened = await openServices(config, ports);
  const { dataDir } = config;
  await keepBuild({ dist, dataDir, now: opened.clock() }).catch((error: unknown) =>
    ports.log.warn({ err: error, dataDir }, 'the files of this build could not be kept for pages that stay open'),
  );
  const workerOff = workerSwitch(dataDir).isOff;
  if (workerOff()) ports.log.warn({ dataDir }, 'tablets do not keep the app: relight worker on');
  const pages = { dist, kept: keptBuildsFolder(dataDir), workerOff };
  const app = createApp(opened.services, { ...config, ...pages }, { ...ports, clock: opened.clock });
  const server = createAdaptorServer({
    fetch: app.fetch,
    ...(tls ? { createServer: createHttpsServer, serverOptions: tls } : {}),
  });
  if ('requestTimeout' in server) {
    server.headersTimeout = 30_000;
    server.requestTimeout = 120_000;
    // Longer than a proxy or a tablet keeps one open: who closes first loses what the other is just sending.
    server.keepAliveTimeout = 75_000;
  }
  const { port } = await listen(server, config).catch(async (error: unknown) => {
    await opened.close();
    throw error;
  });

  const onError = (error: unknown): void => ports.log.error({ err: error }, 'the second tick failed');
  const pulse = startPulse({ beat: opened.beat, look: opened.look, onError });
  const name = config.host === '0.0.0.0' || config.host === '::' ? 'localhost' : config.host;
  const url = `${tls ? 'https' : 'http'}://${name.includes(':') ? `[${name}]` : name}:${port}`;
  ports.log.info({ url, dataDir: config.dataDir }, 'listening');

  const shutDown = async (): Promise<void> => {
    await pulse.stop();
    opened.services.hints.endAll();
    await stopListening(server);
    await opened.close();
  };
  let closing: Promise<void> | null = null;
  return { url, port, close: () => (closing ??= shutDown()) };
}

function listen(server: ServerType, { port, host }: Config): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.removeListener('error', reject);
      const address = server.address();
      if (address === null || typeof address === 'string') reject(new Error('not listening on a port'));
      else resolve(address);
    });
  });
}

const PATIENCE_MS = 10_000;
const LOOK_EVERY_MS = 50;

/** Takes no new connection, lets requests under way finish, and cuts what still hangs after a while. */
function stopListening(server: ServerType): Promise<void> {
  const closeIdle = (): void => {
    if ('closeIdleConnections' in server) server.closeIdleConnections();
  };
  return new Promise((resolve) => {
    // Connections whose last answer ends only now would otherwise be kept alive for seconds.
    const look = setInterval(closeIdle, LOOK_EVERY_MS);
    const cut = setTimeout(() => 'closeAllConnections' in server && server.closeAllConnections(), PATIENCE_MS);
    server.close(() => {
      clearInterval(look);
      clearTimeout(cut);
      resolve();
    });
    closeIdle();
  });
}
