import { createReadStream, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';

import { preact } from '@preact/preset-vite';
import { build } from 'vite';

import { cityMap } from '../../../server/demo/city/city-map.ts';
import { buildCity } from '../../../server/demo/city/city.ts';
import { streetsFile } from '../../preview/streets.ts';

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
    if (pathname === '/maps/streets.pmtiles') {
      sendPart(request.headers.range, answer);
      return;
    }
    const file = fileAt(join(folder, pathname.replaceAll('..', '')));
    if (pathname === '/favicon.ico') answer.writeHead(204).end();
    else if (!file) answer.writeHead(404).end();
    else {
      // Kept with its compiled code: every picture opens the same page.
      if (pathname.startsWith('/assets/')) answer.setHeader('cache-control', 'public, max-age=86400, immutable');
      answer.setHeader('content-type', KINDS[extname(pathname)] ?? 'application/octet-stream').end(file);
    }
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

/** Of the streets what was asked for: an archive is read in pieces. */
function sendPart(range: string | undefined, answer: ServerResponse): void {
  const file = streetsFile();
  const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(range ?? '') ?? [];
  if (file === undefined || from === undefined || to === undefined) {
    answer.writeHead(404).end();
    return;
  }
  const size = statSync(file).size;
  const end = Math.min(Number(to), size - 1);
  answer.writeHead(206, {
    'content-range': `bytes ${from}-${end}/${size}`,
    'content-length': end - Number(from) + 1,
    etag: '"streets"',
  });
  createReadStream(file, { start: Number(from), end }).pipe(answer);
}

/** Null: there is no such file. */
function fileAt(path: string): Buffer | null {
  try {
    return readFileSync(path);
  } catch {
    return null;
  }
}
