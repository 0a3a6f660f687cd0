import { Hono } from 'hono';

import { CustomersHead } from '#shared/api/customers.ts';

import { answerInLines } from '../http/answer-in-lines.ts';
import { endpoint } from '../http/endpoint.ts';
import { askerOf, type Env } from '../http/env.ts';
import { readQuery } from '../http/read-query.ts';
import type { Services } from '../services/services.ts';

/** Customers from a file, which is here whole before its first row is read; and who of them may be calling. */
export function customerRoutes({ customers }: Pick<Services, 'customers'>): Hono<Env> {
  const app = new Hono<Env>();

  app.post(endpoint('POST', '/v1/customers').path, (c) =>
    answerInLines(c, CustomersHead, (head, file, say) => customers.run(askerOf(c), head, file, say)),
  );

  const { path, query } = endpoint('GET', '/v1/callers');
  app.get(path, async (c) => c.json(await customers.find(askerOf(c), readQuery(c, query))));

  return app;
}
