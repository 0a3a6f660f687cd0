import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';

import type { Env } from './env.ts';

/** Paths outside the table of endpoints: pages, their files, maps and the certificate to trust. All public. */
export const STATIC_PATHS = ['/', '/crew', '/crew/*', '/desk', '/desk/*', '/assets/*', '/maps/*', '/ca.crt', '/*'];

/** `dist`: what `npm run build` made. */
export type StaticSettings = { readonly dist: string; readonly dataDir: string };

export function staticFiles({ dist, dataDir }: StaticSettings): Hono<Env> {
  const app = new Hono<Env>();
  app.get('/', (c) => c.redirect('/desk'));
  app.get('/ca.crt', serveStatic({ path: join(dataDir, 'tls', 'ca.crt'), onFound: asCertificate }));
  app.get('/maps/*', serveStatic({ root: dataDir }));
  if (!existsSync(dist)) {
    for (const page of PAGES) app.get(page, (c) => c.text('Not built yet: npm run build\n', 503));
    return app;
  }
  app.get('/assets/*', serveStatic({ root: dist, onFound: (_, c) => c.header('Cache-Control', IMMUTABLE) }));
  for (const page of PAGES)
    app.get(page, serveStatic({ path: join(dist, `${page.split('/')[1] ?? ''}.html`), onFound: askEachTime }));
  app.get('/*', serveStatic({ root: dist, onFound: askEachTime }));
  return app;
}

const PAGES = ['/crew', '/crew/*', '/desk', '/desk/*'];

/** Names under assets carry a hash of their content. */
const IMMUTABLE = 'public, max-age=31536000, immutable';

type Found = NonNullable<NonNullable<Parameters<typeof serveStatic>[0]>['onFound']>;

const askEachTime: Found = (_, c) => c.header('Cache-Control', 'no-cache');

const asCertificate: Found = (_, c) => c.header('Content-Type', 'application/x-x509-ca-cert');
