import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { build } from 'vite';

/**
 * What anybody would build first: a page that reads the same records from a table of Dexie and writes one line for
 * each into a list. No fold, no verdict, no clock, no outbox. `#fill` takes what is posted and stores it.
 */
export async function serveBarePage(records: readonly unknown[]): Promise<{ url: string; server: Server }> {
  const script = await bundled();
  const server = createServer((request, answer) => {
    if (request.url === '/bare.js') answer.setHeader('content-type', 'text/javascript').end(script);
    else if (request.url === '/records') answer.end(JSON.stringify(records));
    else answer.setHeader('content-type', 'text/html; charset=utf-8').end(PAGE);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the bare page has no port');
  return { url: `http://127.0.0.1:${address.port}/`, server };
}

const PAGE =
  '<!doctype html><meta charset="utf-8"><title>bare</title><ul></ul><script type="module" src="/bare.js"></script>';

async function bundled(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'relight-bare-'));
  try {
    await build({
      configFile: false,
      logLevel: 'error',
      build: {
        outDir: folder,
        lib: { entry: join(import.meta.dirname, 'bare-client.ts'), formats: ['es'], fileName: () => 'bare.js' },
      },
    });
    return readFileSync(join(folder, 'bare.js'), 'utf8');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
