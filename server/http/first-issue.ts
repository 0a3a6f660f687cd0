import type * as z from 'zod';

import type { Problem } from '#shared/api/problem.ts';

/** What a schema did not like first: where, and why. Never the value: it may be a secret. */
export function firstIssue(error: z.core.$ZodError): Pick<Problem, 'field' | 'reason'> {
  const [issue] = error.issues;
  if (!issue) return {};
  const field = issue.path.map(String).join('.').slice(0, 120);
  return field === '' ? { reason: issue.message } : { field, reason: issue.message };
}
