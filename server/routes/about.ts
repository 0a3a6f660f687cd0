import { Hono } from 'hono';

import { endpoint } from '../http/endpoint.ts';
import type { Env } from '../http/env.ts';
import { openapi } from '../http/openapi.ts';
import { originOf, type OriginSettings } from '../http/origin.ts';
import type { Services } from '../services/services.ts';

/** What the server says of itself, to anybody. */
export function aboutRoutes({ health, demoAccounts }: Services, settings: OriginSettings): Hono<Env> {
  const app = new Hono<Env>();

  app.get(endpoint('GET', '/healthz').path, async (c) => {
    const missing = originOf(c, settings).powerful ? [] : ['https'];
    return c.json({ alive: true, ...(await health()), missing });
  });

  // Long to make, and hardly ever asked for.
  let table: object | null = null;
  app.get(endpoint('GET', '/openapi.json').path, (c) => c.json((table ??= openapi())));

  app.get(endpoint('GET', '/v1/demo').path, async (c) => c.json(await demoAccounts()));

  return app;
}
