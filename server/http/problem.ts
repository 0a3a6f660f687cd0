import type { Problem, ProblemCode } from '#shared/api/problem.ts';
import type { Result } from '#shared/result.ts';

/** Ends a request with a problem; `onError` makes the answer of it. */
export class RefusedRequest extends Error {
  readonly problem: Problem;

  constructor(code: ProblemCode, about: Omit<Problem, 'code'> = {}) {
    super(code);
    this.name = 'RefusedRequest';
    this.problem = { code, ...about };
  }
}

/** The value of a service's answer; its error ends the request. */
export function answered<T>(result: Result<T, ProblemCode>): T {
  if (result.ok) return result.value;
  throw new RefusedRequest(result.error);
}

/** The value, or the answer for what is not there. What is not for the asker's eyes gets the same one. */
export function found<T>(value: T | null): T {
  if (value === null) throw new RefusedRequest('notFound');
  return value;
}
