import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';
import { createMiddleware } from 'hono/factory';

import type { Env } from './env.ts';
import { OFF_WORKER } from './off-worker.ts';
import { RefusedRequest } from './problem.ts';

/** Paths outside the table of endpoints: pages, their files, maps and the certificate to trust. All public. */
export const STATIC_PATHS = [
  '/',
  '/crew',
  '/crew/*',
  '/desk',
  '/desk/*',
  '/assets/*',
  '/sw.js',
  '/maps/*',
  '/ca.crt',
  '/*',
];

/**
 * `dist`: what `npm run build` made. `kept`: a folder with files of earlier builds. `workerOff`: tablets are to give up the
 * files they keep.
 */
export type StaticSettings = {
  readonly dist: string;
  readonly dataDir: string;
  readonly kept?: string;
  readonly workerOff?: () => boolean;
};

export function staticFiles({ dist, dataDir, kept, workerOff = () => false }: StaticSettings): Hono<Env> {
  const app = new Hono<Env>();
  app.get('/', (c) => c.redirect('/desk'));
  app.get(
    '/ca.crt',
    found('Content-Type', 'application/x-x509-ca-cert'),
    serveStatic({ path: join(dataDir, CA_FILE) }),
  );
  app.get('/maps/*', stamped(dataDir), serveStatic({ root: dataDir }));
  app.get('/sw.js', async (c, next) => {
    if (!workerOff()) return next();
    return c.body(OFF_WORKER, 200, { 'Content-Type': 'text/javascript', 'Cache-Control': 'no-cache' });
  });
  if (!existsSync(dist)) {
    for (const page of PAGES) app.get(page, (c) => c.text('Not built yet: npm run build\n', 503));
    return app;
  }
  const assets = [dist, ...(kept === undefined ? [] : [kept])].map((root) => serveStatic<Env>({ root }));
  for (const files of assets) app.get('/assets/*', found('Cache-Control', IMMUTABLE), files);
  app.get('/assets/*', () => {
    // Never a page in the place of code: whoever asked would run it.
    throw new RefusedRequest('notFound');
  });
  for (const page of PAGES) app.get(page, ASK_EACH_TIME, serveStatic({ path: join(dist, fileOf(page)) }));
  app.get('/*', ASK_EACH_TIME, serveStatic({ root: dist }));
  return app;
}

const PAGES = ['/crew', '/crew/*', '/desk', '/desk/*'];
const CA_FILE = join('tls', 'ca.crt');

/** Names under assets carry a hash of their content. */
const IMMUTABLE = 'public, max-age=31536000, immutable';

/** Sets a header where there was a file. */
const found = (name: string, value: string) =>
  createMiddleware<Env>(async (c, next) => {
    await next();
    if (c.res.ok) c.res.headers.set(name, value);
  });

/**
 * Maps are read in pieces: the stamp tells a reader that an archive was replaced between two of them. Only for what is
 * found; the path was checked by then.
 */
const stamped = (dataDir: string) =>
  createMiddleware<Env>(async (c, next) => {
    await next();
    if (!c.res.ok) return;
    const { size, mtimeMs } = statSync(join(dataDir, decodeURIComponent(c.req.path)), { throwIfNoEntry: false }) ?? {};
    if (size === undefined || mtimeMs === undefined) return;
    c.res.headers.set('ETag', `"${size.toString(16)}-${Math.round(mtimeMs).toString(16)}"`);
    c.res.headers.set('Cache-Control', 'no-cache');
  });

const ASK_EACH_TIME = found('Cache-Control', 'no-cache');

const fileOf = (page: string): string => `${page.split('/')[1] ?? ''}.html`;
