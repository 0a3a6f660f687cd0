import { once } from 'node:events';
import { createServer } from 'node:http';

/** A network that wants a login, in the place of the server: each address has its page, or leads there. */
export type CaptivePortal = {
  /** The paths it was asked for. */
  readonly asked: () => readonly string[];
  stop(): Promise<void>;
};

export async function startCaptivePortal(url: string, how: 'page' | 'redirect'): Promise<CaptivePortal> {
  const asked = new Set<string>();
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', url).pathname;
    asked.add(path);
    request.resume();
    if (how === 'redirect' && path !== LOGIN) response.writeHead(302, { location: LOGIN }).end();
    else response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(PAGE);
  });
  server.listen(Number(new URL(url).port), '127.0.0.1');
  await once(server, 'listening');
  return {
    asked: () => [...asked],
    async stop() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

const LOGIN = '/login';
const PAGE = '<!doctype html><title>Welcome</title><form><input name="room"><button>Log in</button></form>';
