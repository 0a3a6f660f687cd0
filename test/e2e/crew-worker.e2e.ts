import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { openTablet, type Tablet } from './browser.ts';
import { freePort } from './server-process.ts';

const DIST = join(import.meta.dirname, '../../dist');
const NEW_VERSION = { name: '新版本，点此更新' };
const KINDS: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webmanifest': 'application/manifest+json',
};

let folder: string;
let dist: string;
let port: number;
let server: Server | undefined;
let tablet: Tablet;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'relight-worker-'));
  dist = join(folder, 'dist');
  await cp(DIST, dist, { recursive: true });
  port = await freePort();
  server = await serve();
});

afterAll(async () => {
  await tablet.close();
  await stop();
  await rm(folder, { recursive: true, force: true });
});

test('after one visit the crew app opens with the server gone', async () => {
  tablet = await open();
  await tablet.page.goto(at('/crew'));
  await expect
    .poll(() => tablet.page.evaluate(() => navigator.serviceWorker.controller?.state), { timeout: 30_000 })
    .toBe('activated');
  await tablet.kill();
  await stop();
  tablet = await open();
  await tablet.page.goto(at('/crew'));
  await tablet.page.getByRole('heading', { name: '登记这台平板' }).waitFor();
});

test('the worker keeps all of the crew app, nothing of the desk, and no answer of the server', async () => {
  const kept = await tablet.page.evaluate(async () => {
    const caches_ = await Promise.all((await caches.keys()).map((name) => caches.open(name)));
    return (await Promise.all(caches_.map((one) => one.keys()))).flat().map(({ url }) => new URL(url).pathname);
  });
  expect(kept).toContain('/crew');
  expect(kept.some((path) => path.includes('mount-map'))).toBe(true);
  expect(kept.some((path) => path.includes('signature'))).toBe(true);
  expect(kept.filter((path) => /desk|^\/v1|^\/maps/.test(path))).toEqual([]);
});

test('a newer build waits until a person asks for it, then the page is the new one', async () => {
  await newBuild();
  server = await serve();
  const { page } = tablet;
  await page.reload();
  await page.evaluate(() => Reflect.set(globalThis, 'seenBefore', true));
  await page.getByRole('button', NEW_VERSION).waitFor();
  expect(await page.evaluate(() => Reflect.get(globalThis, 'seenBefore') as boolean)).toBe(true);
  expect(await page.locator('meta[name=build]').count()).toBe(0);

  await page.getByRole('button', NEW_VERSION).click();
  await page.locator('meta[name=build][content=second]').waitFor({ state: 'attached' });
  expect(await page.getByRole('button', NEW_VERSION).count()).toBe(0);
});

test('the desk is none of its business', async () => {
  await tablet.page.goto(at('/desk'));
  expect(await tablet.page.evaluate(() => navigator.serviceWorker.controller)).toBeNull();
});

const at = (path: string): string => `http://localhost:${port}${path}`;
const open = (): Promise<Tablet> => openTablet({ profile: join(folder, 'profile'), width: 800, height: 1280 });

/** The pages and files of a build; whatever asks for data is told to sign in. */
function serve(): Promise<Server> {
  const made = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', at('/'));
    if (pathname.startsWith('/v1/')) {
      response.writeHead(401, { 'content-type': 'application/json' }).end('{"code":"signInNeeded"}');
      return;
    }
    const file = pathname === '/crew' || pathname === '/desk' ? `${pathname}.html` : pathname;
    readFile(join(dist, file)).then(
      (bytes) => response.writeHead(200, { 'content-type': KINDS[extname(file)] ?? 'text/plain' }).end(bytes),
      () => response.writeHead(404).end(),
    );
  });
  return new Promise((resolve) => {
    made.listen(port, 'localhost', () => resolve(made));
  });
}

async function stop(): Promise<void> {
  const running = server;
  server = undefined;
  if (!running) return;
  const gone = new Promise((resolve) => {
    running.close(resolve);
  });
  running.closeAllConnections();
  await gone;
}

/** What a deployment does: another page, and a worker that knows its new revision. */
async function newBuild(): Promise<void> {
  const [page, worker] = [join(dist, 'crew.html'), join(dist, 'sw.js')];
  await writeFile(
    page,
    (await readFile(page, 'utf8')).replace('<head>', '<head><meta name="build" content="second" />'),
  );
  const text = await readFile(worker, 'utf8');
  const changed = text.replace(/("?revision"?:\s*"?)[0-9a-f]+("?,\s*"?url"?:\s*"\/crew")/, '$1second$2');
  expect(changed).not.toBe(text);
  await writeFile(worker, changed);
}
