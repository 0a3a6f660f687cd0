import { Hono } from 'hono';

import { OrderId } from '#shared/ids.ts';

import { endpoint } from '../http/endpoint.ts';
import { askerOf, type Env } from '../http/env.ts';
import { answered, found } from '../http/problem.ts';
import { readBody } from '../http/read-body.ts';
import { readParam, readQuery } from '../http/read-query.ts';
import type { Services } from '../services/services.ts';

/** The desk's view of everything, archive included: to read, and to erase what is not to be read any more. */
export function orderRoutes({ query: orders, redactOrder }: Services): Hono<Env> {
  const app = new Hono<Env>();

  const { path, query } = endpoint('GET', '/v1/orders');
  app.get(path, async (c) => c.json(answered(await orders.search(askerOf(c), readQuery(c, query)))));

  app.get(endpoint('GET', '/v1/orders/:id').path, async (c) =>
    c.json(found(await orders.orderLog(askerOf(c), readParam(c, 'id', OrderId)))),
  );

  const report = endpoint('GET', '/v1/report');
  app.get(report.path, async (c) => c.json(await orders.report(askerOf(c), readQuery(c, report.query))));

  const redactions = endpoint('POST', '/v1/redactions');
  app.post(redactions.path, async (c) =>
    c.json(answered(await redactOrder(askerOf(c), await readBody(c, redactions.body)))),
  );

  return app;
}
