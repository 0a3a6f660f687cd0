import { Hono } from 'hono';
import { compress } from 'hono/compress';

import { ENDPOINTS } from '#shared/api/endpoints.ts';

import type { Ports } from './device/ports.ts';
import { accessLog } from './http/access-log.ts';
import type { Env } from './http/env.ts';
import { guard } from './http/guard.ts';
import { onError } from './http/on-error.ts';
import type { OriginSettings } from './http/origin.ts';
import { RefusedRequest } from './http/problem.ts';
import { securityHeaders, strictTransport, type TileSettings } from './http/security-headers.ts';
import { staticFiles, type StaticSettings } from './http/static-files.ts';
import { aboutRoutes } from './routes/about.ts';
import { administrationRoutes } from './routes/administration.ts';
import { customerRoutes } from './routes/customers.ts';
import { importRoutes } from './routes/imports.ts';
import { mapRoutes } from './routes/maps.ts';
import { orderRoutes } from './routes/orders.ts';
import { positionRoutes } from './routes/positions.ts';
import { referenceRoutes } from './routes/reference.ts';
import { sessionRoutes } from './routes/session.ts';
import { syncRoutes } from './routes/sync.ts';
import type { Services } from './services/services.ts';

/** The whole of what answers over HTTP. */
export function createApp(
  services: Services,
  settings: OriginSettings & StaticSettings & TileSettings,
  { clock, log }: Pick<Ports, 'clock' | 'log'>,
): Hono<Env> {
  const app = new Hono<Env>();
  app.onError(onError(log));
  app.notFound(() => {
    throw new RefusedRequest('notFound');
  });

  app.use(accessLog(log, clock), strictTransport(settings), securityHeaders(settings), compress());
  app.use('/v1/*', async (c, next) => {
    await next();
    // Set on the answer itself: `c.header` would make another one of it, and its body a stream.
    if (!c.res.headers.has('Cache-Control')) c.res.headers.set('Cache-Control', 'no-store');
  });
  for (const endpoint of ENDPOINTS)
    app.on(endpoint.method, endpoint.path, guard(endpoint, services.sessions.who, settings));

  app.route('/', sessionRoutes(services, settings));
  app.route('/', syncRoutes(services, clock));
  app.route('/', orderRoutes(services));
  app.route('/', administrationRoutes(services));
  app.route('/', importRoutes(services));
  app.route('/', referenceRoutes(services));
  app.route('/', customerRoutes(services));
  app.route('/', mapRoutes(services));
  app.route('/', positionRoutes(services, settings));
  app.route('/', aboutRoutes(services, settings));
  app.route('/', staticFiles(settings));
  return app;
}
