import { Hono } from 'hono';

import { endpoint } from '../http/endpoint.ts';
import type { Env } from '../http/env.ts';
import { readQuery } from '../http/read-query.ts';
import type { Services } from '../services/services.ts';

/** What a map may draw below its marks. The archives themselves lie under /maps. */
export function mapRoutes({ maps, equipment }: Pick<Services, 'maps' | 'equipment'>): Hono<Env> {
  const app = new Hono<Env>();
  app.get(endpoint('GET', '/v1/maps').path, async (c) => c.json(await maps()));
  const { path, query } = endpoint('GET', '/v1/equipment');
  app.get(path, async (c) => {
    const [west = 0, south = 0, east = 0, north = 0] = readQuery(c, query).box.split(',').map(Number);
    return c.json(await equipment({ west, south, east, north }));
  });
  return app;
}
