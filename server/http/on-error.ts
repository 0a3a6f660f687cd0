import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';

import type { Problem, ProblemCode } from '#shared/api/problem.ts';

import type { Log } from '../device/log.ts';
import type { Env } from './env.ts';
import { RefusedRequest } from './problem.ts';

const STATUS = {
  badRequest: 400,
  signInNeeded: 401,
  wrongCredentials: 401,
  notAllowed: 403,
  deviceBlocked: 403,
  notFound: 404,
  codeUnknown: 404,
  codeUsed: 410,
  tooLarge: 413,
  tooManyTries: 429,
  defect: 500,
  busy: 503,
  diskFailing: 503,
  diskFull: 507,
} as const satisfies { readonly [C in ProblemCode]: number };

const RETRY_AFTER_S: { readonly [C in ProblemCode]?: number } = {
  tooManyTries: 900,
  busy: 5,
  diskFailing: 5,
  diskFull: 30,
};

/** Worth a line in the log: somebody has to do something. */
const TOLD: ReadonlySet<ProblemCode> = new Set<ProblemCode>(['defect', 'diskFailing', 'diskFull']);

/** The only place where a problem becomes an HTTP status. What nobody expected is logged and told as a defect. */
export const onError = (log: Log) => (error: Error, c: Context<Env>) => {
  const problem = problemOf(error);
  if (TOLD.has(problem.code)) log.error({ err: error, method: c.req.method, path: c.req.path }, 'a request failed');
  const afterS = RETRY_AFTER_S[problem.code];
  if (afterS !== undefined) c.header('Retry-After', String(afterS));
  return c.json(problem, STATUS[problem.code]);
};

function problemOf(error: Error): Problem {
  if (error instanceof RefusedRequest) return error.problem;
  if (error instanceof HTTPException && error.status < 500) return { code: 'badRequest' };
  // The database did not answer in time: what was sent is sent again, and what of it came in is a `dup` then.
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (code === 'BUSY' || code === 'SQLITE_BUSY') return { code: 'busy' };
  // As the system, SQLite and PostgreSQL call it.
  if (['ENOSPC', 'SQLITE_FULL', '53100'].includes(code)) return { code: 'diskFull' };
  if (['EIO', '58030'].includes(code) || code.startsWith('SQLITE_IOERR')) return { code: 'diskFailing' };
  return { code: 'defect' };
}
