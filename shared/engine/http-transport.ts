import * as z from 'zod/mini';

import { Problem, type ProblemCode } from '../api/problem.ts';
import { err, ok, type Result } from '../result.ts';
import { SyncAnswer } from '../sync/protocol.ts';
import type { SyncFailure, Transport } from './ports.ts';

/** A failed question to the server: its problem code, or it was not reached. */
export type Unanswered = ProblemCode | 'network';

/** One HTTP exchange within LIMITS.requestMs, cookies included, never from a cache. Rejects when nothing came back. */
export type Http = (request: HttpRequest) => Promise<HttpAnswer>;
export type HttpRequest = {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
};
export type HttpAnswer = { readonly status: number; header(name: string): string | null; readonly text: string };

/** The sync contract over HTTP. What does not look like our server counts as no network (I22). */
export function createHttpTransport(http: Http, form: 'tablet' | 'desk'): Transport {
  const headers = { accept: 'application/json', 'relight-form': form };
  const exchange = async (
    method: HttpRequest['method'],
    path: string,
    body: string | null,
  ): Promise<HttpAnswer | null> => {
    const typed = body === null ? headers : { ...headers, 'content-type': 'application/json' };
    return http({ method, path, headers: typed, body }).catch(() => null);
  };

  return {
    async sync(request) {
      const answer = await exchange('POST', '/v1/sync', JSON.stringify(request));
      if (!answer) return err({ is: 'network', afterMs: 0 });
      const json = readJson(answer);
      const afterMs = retryAfterMs(answer);
      if (json === undefined) return err({ is: answer.status >= 500 ? 'network' : 'captivePortal', afterMs });
      if (answer.status !== 200) return err(failureOf(answer.status, json, afterMs));
      const parsed = SyncAnswer.safeParse(json);
      return parsed.success && parsed.data.req === request.req
        ? ok(parsed.data)
        : err({ is: 'captivePortal', afterMs: 0 });
    },

    async ask(method, path, body) {
      const answer = await exchange(method, path, body === undefined ? null : JSON.stringify(body));
      if (!answer) return err('network');
      if (answer.status === 204) return ok(null);
      const json = readJson(answer);
      if (answer.status >= 200 && answer.status < 300) return json === undefined ? err('network') : ok(json);
      const problem = Problem.safeParse(json);
      return err(problem.success ? problem.data.code : 'network');
    },
  };
}

/** A raw answer, read with its schema; anything else did not come from our server. */
export function readAnswer<T extends z.core.$ZodType>(
  schema: T,
  answer: Result<unknown, Unanswered>,
): Result<z.output<T>, Unanswered> {
  if (!answer.ok) return answer;
  const parsed = z.safeParse(schema, answer.value);
  return parsed.success ? ok(parsed.data) : err('network');
}

function failureOf(status: number, json: unknown, afterMs: number): SyncFailure {
  const problem = Problem.safeParse(json);
  if (!problem.success) return { is: status >= 500 ? 'network' : 'captivePortal', afterMs };
  switch (problem.data.code) {
    case 'signInNeeded':
      return { is: 'signInNeeded', afterMs };
    case 'deviceBlocked':
      return { is: 'blocked', afterMs };
    case 'busy':
    case 'diskFull':
    case 'diskFailing':
    case 'tooManyTries':
      return { is: 'busy', afterMs };
    case 'tooLarge':
      return { is: 'tooLarge', afterMs };
    case 'badRequest':
      return { is: 'refused', afterMs };
    default:
      return { is: 'defect', afterMs };
  }
}

function readJson(answer: HttpAnswer): unknown {
  if (!/^application\/(problem\+)?json\b/i.test(answer.header('content-type') ?? '')) return undefined;
  try {
    return JSON.parse(answer.text);
  } catch {
    return undefined;
  }
}

function retryAfterMs(answer: HttpAnswer): number {
  const seconds = Number(answer.header('retry-after') ?? '0');
  return Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds, 3_600) * 1_000 : 0;
}
