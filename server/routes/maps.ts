import { Hono } from 'hono';

import { endpoint } from '../http/endpoint.ts';
import type { Env } from '../http/env.ts';
import type { Services } from '../services/services.ts';

/** What a map may draw below its marks. The archives themselves lie under /maps. */
export function mapRoutes({ maps }: Pick<Services, 'maps'>): Hono<Env> {
  const app = new Hono<Env>();
  app.get(endpoint('GET', '/v1/maps').path, async (c) => c.json(await maps()));
  return app;
}
