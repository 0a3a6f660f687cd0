import { Hono, type Context } from 'hono';

import { endpoint } from '../http/endpoint.ts';
import type { Env } from '../http/env.ts';
import { originOf, type OriginSettings } from '../http/origin.ts';
import { answered } from '../http/problem.ts';
import { readBody } from '../http/read-body.ts';
import { readQuery } from '../http/read-query.ts';
import type { Services } from '../services/services.ts';

/** Where vans are, as their trackers say it. A key stands in the header Authorization or in the address. */
export function positionRoutes({ trackers }: Pick<Services, 'trackers'>, settings: OriginSettings): Hono<Env> {
  const app = new Hono<Env>();
  const from = (c: Context<Env>, key: string | undefined) => ({
    key: key ?? c.get('token') ?? null,
    address: originOf(c, settings).address,
  });

  const get = endpoint('GET', '/v1/positions/osmand');
  const takeOsmand = async (c: Context<Env>): Promise<Response> => {
    const fix = readQuery(c, get.query);
    answered(await trackers.take(fix, from(c, fix.key)));
    return c.body(null, 200);
  };
  app.get(get.path, takeOsmand);
  app.post(endpoint('POST', '/v1/positions/osmand').path, takeOsmand);

  const { path, query, body } = endpoint('POST', '/v1/positions/traccar');
  app.post(path, async (c) => {
    const { key } = readQuery(c, query);
    answered(await trackers.take(await readBody(c, body), from(c, key)));
    return c.body(null, 200);
  });

  return app;
}
