import { Hono } from 'hono';
import { stream } from 'hono/streaming';

import { ReferenceHead, type ReferenceLine } from '#shared/api/reference.ts';

import { endpoint } from '../http/endpoint.ts';
import type { Env } from '../http/env.ts';
import { readUpload } from '../http/read-upload.ts';
import type { Services } from '../services/services.ts';

/** Where equipment of the grid stands, from a file. It is here whole before its first row is read. */
export function referenceRoutes({ reference }: Pick<Services, 'reference'>): Hono<Env> {
  const app = new Hono<Env>();

  app.post(endpoint('POST', '/v1/reference').path, async (c) => {
    const { head, file, done } = await readUpload(c, ReferenceHead);
    c.header('Content-Type', 'application/x-ndjson; charset=utf-8');
    return stream(c, async (out) => {
      const say = (line: ReferenceLine): void => void out.write(`${JSON.stringify(line)}\n`).catch(() => undefined);
      try {
        await reference.run(head, file, say);
      } catch (error) {
        say({ is: 'brokenOff' });
        throw error;
      } finally {
        await done();
      }
    });
  });

  return app;
}
