import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { build, type Plugin } from 'vite';

const HOME = join(import.meta.dirname, '../../..');

/** The folder of version `n` of the crew app, as a deployment makes it; built once and kept beside the raw histories. */
export async function buildVersion(dir: string, n: number): Promise<string> {
  const dist = join(dir, `build-${n}`);
  if (existsSync(join(dist, 'sw.js'))) return dist;
  process.env['DIST'] = dist;
  try {
    await build({
      configFile: join(HOME, 'vite.config.ts'),
      logLevel: 'silent',
      plugins: [stamped(n)],
      // As small as what is deployed, more or less, and made in a tenth of the time.
      build: { minify: 'oxc', rolldownOptions: { input: { crew: join(HOME, 'web/crew.html') } } },
    });
  } finally {
    delete process.env['DIST'];
  }
  return dist;
}

/**
 * Every file of code is another one in each version, and so has another name. The page's client can be reached from
 * outside, to record much at once.
 */
const stamped = (n: number): Plugin => ({
  name: 'stamped',
  transform(code, id) {
    if (!id.endsWith('/web/crew.tsx')) return null;
    if (!/\bclient\b.*await/.test(code)) throw new Error('crew.tsx has no client to reach');
    return `${code}\nglobalThis.relightClient = client;\n`;
  },
  renderChunk: { order: 'post', handler: (code) => `${code}\n;globalThis.relightBuild = ${n};\n` },
  transformIndexHtml: () => [{ tag: 'meta', attrs: { name: 'build', content: String(n) }, injectTo: 'head' }],
});

/**
 * A build that breaks the promise: its worker takes every page over at once and loads it anew. It waits for no page: a page
 * that is loaded anew waits for the worker, and neither would ever come.
 */
export async function impatient(dist: string, dir: string): Promise<string> {
  const to = join(dir, 'impatient');
  await mkdir(to, { recursive: true });
  await cp(dist, to, { recursive: true });
  const worker = await readFile(join(to, 'sw.js'), 'utf8');
  await writeFile(
    join(to, 'sw.js'),
    `self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim().then(async () => {
  for (const page of await self.clients.matchAll({ type: 'window' })) void page.navigate(new URL(page.url).pathname).catch(() => undefined);
})));
${worker}`,
  );
  return to;
}
