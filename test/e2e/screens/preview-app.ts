import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';

import { preact } from '@preact/preset-vite';
import { build } from 'vite';

import { cityMap } from '../../../server/demo/city/city-map.ts';
import { buildCity } from '../../../server/demo/city/city.ts';

const PREVIEW = join(import.meta.dirname, '../../preview');

const KINDS: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.png': 'image/png',
};

/** Both preview pages, built once and served from a folder of their own, with the map of the demo city beside them. */
export async function servePreview(): Promise<{ readonly url: string; readonly close: () => void }> {
  const folder = mkdtempSync(join(tmpdir(), 'relight-preview-'));
  await build({
    root: PREVIEW,
    configFile: false,
    plugins: [preact()],
    logLevel: 'error',
    build: {
      outDir: folder,
      assetsInlineLimit: 0,
      target: 'esnext',
      minify: false,
      chunkSizeWarningLimit: 10_000,
      rolldownOptions: { input: { crew: join(PREVIEW, 'crew.html'), desk: join(PREVIEW, 'desk.html') } },
    },
  });
  const city = JSON.stringify(cityMap(buildCity('relight')));
  const server = createServer((request, answer) => {
    const { pathname } = new URL(request.url ?? '/', 'http://preview');
    if (pathname === '/maps/city.geojson') {
      answer.setHeader('content-type', 'application/geo+json').end(city);
      return;
    }
    const file = fileAt(join(folder, pathname.replaceAll('..', '')));
    if (pathname === '/favicon.ico') answer.writeHead(204).end();
    else if (!file) answer.writeHead(404).end();
    else answer.setHeader('content-type', KINDS[extname(pathname)] ?? 'application/octet-stream').end(file);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the preview has no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: () => {
      server.closeAllConnections();
      server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Null: there is no such file. */
function fileAt(path: string): Buffer | null {
  try {
    return readFileSync(path);
  } catch {
    return null;
  }
}
