import { Hono } from 'hono';
import { stream } from 'hono/streaming';

import { CustomersHead, type CustomersLine } from '#shared/api/customers.ts';

import { endpoint } from '../http/endpoint.ts';
import { askerOf, type Env } from '../http/env.ts';
import { readQuery } from '../http/read-query.ts';
import { readUpload } from '../http/read-upload.ts';
import type { Services } from '../services/services.ts';

/** Customers from a file, which is here whole before its first row is read; and who of them may be calling. */
export function customerRoutes({ customers }: Pick<Services, 'customers'>): Hono<Env> {
  const app = new Hono<Env>();

  app.post(endpoint('POST', '/v1/customers').path, async (c) => {
    const { head, file, done } = await readUpload(c, CustomersHead);
    c.header('Content-Type', 'application/x-ndjson; charset=utf-8');
    return stream(c, async (out) => {
      const say = (line: CustomersLine): void => void out.write(`${JSON.stringify(line)}\n`).catch(() => undefined);
      try {
        await customers.run(askerOf(c), head, file, say);
      } catch (error) {
        say({ is: 'brokenOff' });
        throw error;
      } finally {
        await done();
      }
    });
  });

  const { path, query } = endpoint('GET', '/v1/callers');
  app.get(path, async (c) => c.json(await customers.find(askerOf(c), readQuery(c, query))));

  return app;
}
