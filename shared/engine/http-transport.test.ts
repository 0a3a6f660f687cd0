import { describe, expect, test } from 'vitest';

import type { SyncRequest } from '../sync/protocol.ts';
import { createHttpTransport, type Http, type HttpAnswer } from './http-transport.ts';

const request = { proto: 1, req: 'r1', push: [] } as unknown as SyncRequest;
const good = {
  proto: 1,
  req: 'r1',
  epoch: 'e',
  head: 0,
  safe: null,
  clock: { received: 1, answered: 1 },
  acks: [],
  need: [],
  page: null,
  live: null,
};

const answers = (status: number, body: unknown, headers: Record<string, string> = {}): Http => {
  const all: Record<string, string> = { 'content-type': 'application/json', ...headers };
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const answer: HttpAnswer = { status, header: (name) => all[name] ?? null, text };
  return () => Promise.resolve(answer);
};
const sync = async (http: Http) => {
  const done = await createHttpTransport(http, 'tablet').sync(request);
  return done.ok ? 'answered' : done.error;
};

describe('what a tablet makes of an answer', () => {
  test('an answer of our server is one', async () => {
    expect(await sync(answers(200, good))).toBe('answered');
  });

  test.each<[string, Http]>([
    ['a page of a captive portal', answers(200, '<html>Welcome</html>', { 'content-type': 'text/html' })],
    ['a portal that sends one to its login', answers(0, '', {})],
    ['JSON of somebody else', answers(200, { hello: true })],
    ['the answer to another request', answers(200, { ...good, req: 'r2' })],
    ['another protocol', answers(200, { ...good, proto: 2 })],
    ['a portal that says 403 in HTML', answers(403, '<html>', { 'content-type': 'text/html' })],
    ['JSON that is cut off', answers(200, '{"proto":1')],
  ])('I22 %s is no answer', async (_, http) => {
    expect(await sync(http)).toMatchObject({ is: 'captivePortal' });
  });

  test('no answer at all is no network, and so is what a dead proxy says', async () => {
    expect(await sync(() => Promise.reject(new TypeError('failed')))).toEqual({ is: 'network', afterMs: 0 });
    expect(await sync(answers(502, '<html>', { 'content-type': 'text/html' }))).toMatchObject({ is: 'network' });
  });

  test.each([
    [401, 'signInNeeded', 'signInNeeded'],
    [403, 'deviceBlocked', 'blocked'],
    [413, 'tooLarge', 'tooLarge'],
    [400, 'badRequest', 'refused'],
    [500, 'defect', 'defect'],
  ])('%i %s means %s', async (status, code, is) => {
    expect(await sync(answers(status, { code }))).toEqual({ is, afterMs: 0 });
  });

  test('a server that is busy says for how long, within an hour', async () => {
    expect(await sync(answers(503, { code: 'busy' }, { 'retry-after': '7' }))).toEqual({ is: 'busy', afterMs: 7_000 });
    expect(await sync(answers(503, { code: 'busy' }, { 'retry-after': '999999' }))).toEqual({
      is: 'busy',
      afterMs: 3_600_000,
    });
  });
});
