import { createMiddleware } from 'hono/factory';

import type { Clock } from '../device/clock.ts';
import type { Log } from '../device/log.ts';
import type { Env } from './env.ts';

/** One line per request. The search part of the address stays out: it holds names and phone numbers. */
export const accessLog = (log: Log, clock: Clock) =>
  createMiddleware<Env>(async (c, next) => {
    const start = clock();
    await next();
    const device = c.get('asker')?.device ?? null;
    const fields = { method: c.req.method, path: c.req.path, status: c.res.status, ms: clock() - start, device };
    log.info(fields, 'request');
  });
