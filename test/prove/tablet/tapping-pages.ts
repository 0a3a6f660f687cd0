import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';

import { build } from 'vite';

import { freePort } from '../../e2e/server-process.ts';

const HOME = join(import.meta.dirname, '../../..');
export const TAPPING = '/test/e2e/tapping/page.html';
const KINDS: Readonly<Record<string, string>> = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript' };
/** A service worker that every request of the page goes through. */
const PASSING = 'self.addEventListener("fetch", (event) => event.respondWith(fetch(event.request)));';
export const PASSING_WORKER = '/test/e2e/tapping/passing.js';
/** A page of the same origin that does nothing. */
export const NOTHING = '/nothing.html';
const MADE: ReadonlyMap<string, string> = new Map([
  [PASSING_WORKER, PASSING],
  [NOTHING, '<!doctype html><title>Nothing</title>'],
]);

export type Pages = { readonly origin: string; readonly close: () => void };

/** The tapping page (or `page`) as a build makes it, on an origin of its own. */
export async function tappingPages(page = TAPPING): Promise<Pages> {
  const folder = mkdtempSync(join(tmpdir(), 'relight-pages-'));
  await build({
    configFile: false,
    root: HOME,
    logLevel: 'error',
    worker: { format: 'es' },
    build: { outDir: folder, target: 'esnext', rolldownOptions: { input: join(HOME, page) } },
  });
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const made = MADE.get(pathname);
    const body = made ?? read(join(folder, pathname));
    if (body === null) response.writeHead(404).end();
    else response.writeHead(200, { 'content-type': KINDS[extname(pathname)] ?? 'text/plain' }).end(body);
  });
  const port = await freePort();
  await new Promise<void>((resolve) => {
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    origin: `http://127.0.0.1:${port}`,
    close() {
      server.close();
      server.closeAllConnections();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function read(file: string): Buffer | null {
  try {
    return readFileSync(file);
  } catch {
    return null;
  }
}
