import type { Context } from 'hono';
import * as z from 'zod';

import type { Env } from './env.ts';
import { firstIssue } from './first-issue.ts';
import { RefusedRequest } from './problem.ts';

/** The address's search part as the schema says, or a refusal naming the field. */
export function readQuery<S extends z.core.$ZodType>(c: Context<Env>, schema: S): z.core.output<S> {
  const parsed = z.core.safeParse(schema, c.req.query());
  if (!parsed.success) throw new RefusedRequest('badRequest', firstIssue(parsed.error));
  return parsed.data;
}

/** A part of the path as the schema says. What cannot be an id names nothing. */
export function readParam<S extends z.core.$ZodType>(c: Context<Env>, name: string, schema: S): z.core.output<S> {
  const parsed = z.core.safeParse(schema, c.req.param(name));
  if (!parsed.success) throw new RefusedRequest('notFound');
  return parsed.data;
}
