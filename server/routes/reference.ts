import { Hono } from 'hono';

import { ReferenceHead } from '#shared/api/reference.ts';

import { answerInLines } from '../http/answer-in-lines.ts';
import { endpoint } from '../http/endpoint.ts';
import type { Env } from '../http/env.ts';
import type { Services } from '../services/services.ts';

/** Where equipment of the grid stands, from a file. It is here whole before its first row is read. */
export function referenceRoutes({ reference }: Pick<Services, 'reference'>): Hono<Env> {
  const app = new Hono<Env>();

  app.post(endpoint('POST', '/v1/reference').path, (c) =>
    answerInLines(c, ReferenceHead, (head, file, say) => reference.run(head, file, say)),
  );

  return app;
}
