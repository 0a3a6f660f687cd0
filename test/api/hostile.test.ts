import { gzipSync } from 'node:zlib';

import { beforeEach, describe, expect, test } from 'vitest';

import { ENDPOINTS } from '../../shared/api/endpoints.ts';
import { Problem } from '../../shared/api/problem.ts';
import { SyncAnswer } from '../../shared/sync/protocol.ts';
import { aServer, type Call, type TestServer } from './harness.ts';
import { goodCall, syncRequest } from './requests.ts';

let server: TestServer;
let desk: string;
beforeEach(async () => {
  server = await aServer();
  desk = await server.desk('dispatcher');
});

const JSON_TYPE = { 'content-type': 'application/json' };
const json = (body: BodyInit, headers = {}): Call => ({ body, headers: { ...JSON_TYPE, ...headers } });
const bytes = (...parts: (string | number[])[]): Uint8Array<ArrayBuffer> =>
  new Uint8Array(Buffer.concat(parts.map((part) => Buffer.from(part as string))));
const gzipped = (text: string | Buffer): Uint8Array<ArrayBuffer> => new Uint8Array(gzipSync(text));
const GZIP = { 'content-encoding': 'gzip' };
const nested = (open: string, close: string) => open.repeat(90_000) + close.repeat(90_000);

/** Bodies no endpoint may take, and none may fall over. */
const BODIES: readonly [name: string, call: () => Call][] = [
  ['nothing', () => json('')],
  ['no JSON', () => json('{"name":')],
  ['a bare word', () => json('undefined')],
  ['null', () => json('null')],
  ['a number', () => json('1e999')],
  ['a list', () => json('[]')],
  ['an empty object', () => json('{}')],
  ['invalid UTF-8', () => json(bytes('{"name":"', [0xc3, 0x28, 0xff], '"}'))],
  ['a lone surrogate', () => json('{"name":"\\ud800","password":7,"code":9,"writer":"\\udfff"}')],
  ['90,000 lists deep', () => json(nested('[', ']'))],
  ['90,000 objects deep', () => json('{"a":'.repeat(90_000) + '1' + '}'.repeat(90_000))],
  ['90,000 brackets never closed', () => json('['.repeat(90_000))],
  ['a poisoned prototype', () => json('{"__proto__":{"name":"a","password":"b","writer":null,"code":"AAAAAAAA"}}')],
  ['a poisoned constructor', () => json('{"constructor":{"prototype":{"admin":true}}}')],
  ['wrong types', () => json('{"name":{},"password":[],"writer":7,"code":null,"proto":"1","push":{},"hiN":-1}')],
  ['huge numbers', () => json('{"proto":1e308,"hiN":9007199254740993,"code":1e400,"name":-1e400,"writer":1e400}')],
  ['a huge key', () => json(`{"${'k'.repeat(500_000)}":1}`)],
  ['more than fits', () => json(`{"name":"${'x'.repeat(1_100_000)}"}`)],
  ['gzip cut short', () => json(gzipped('{"name":"a"}'.repeat(1_000)).slice(0, 20), GZIP)],
  ['gzip that is none', () => json('{"name":"a"}', GZIP)],
  ['a gzip bomb', () => json(gzipped(Buffer.alloc(200_000_000, 32)), GZIP)],
  ['gzip twice', () => json(gzipped(Buffer.from(gzipped('{}'))), GZIP)],
  ['an encoding nobody knows', () => json('{}', { 'content-encoding': 'br, gzip' })],
  ['a form', () => ({ body: 'name=a&password=b', headers: { 'content-type': 'application/x-www-form-urlencoded' } })],
  [
    'plain text',
    () => ({ body: '{"name":"a","password":"b","writer":null}', headers: { 'content-type': 'text/plain' } }),
  ],
  [
    'a multipart that breaks off',
    () => ({ body: '--x\r\n', headers: { 'content-type': 'multipart/form-data; boundary=x' } }),
  ],
  ['no content type', () => ({ body: bytes('{}') })],
];

describe.each(BODIES)('a body with %s', (_, make) => {
  test('gets a 4xx with a problem from every endpoint that reads one, and the server goes on', async () => {
    const deviations: string[] = [];
    const hostile = make();
    for (const row of ENDPOINTS.filter(({ method }) => method === 'POST')) {
      const answer = await server.call(row.path, { ...hostile, method: 'POST', token: desk });
      const text = await answer.text();
      const told = Problem.safeParse(parse(text));
      if (answer.status < 400 || answer.status >= 500 || !told.success || told.data.code === 'defect')
        deviations.push(`${row.path}: ${answer.status} ${text.slice(0, 100)}`);
    }
    expect(deviations).toEqual([]);
    expect((await server.call('/healthz')).status).toBe(200);
    expect(server.logged()).not.toContain('a request failed');
  }, 20_000);
});

const ADDRESSES = [
  '/v1/orders/%',
  '/v1/orders/%ff%fe',
  '/v1/orders/%00',
  '/v1/orders/..%2f..%2fetc%2fpasswd',
  '/v1/orders/A7K-99999999999999999999',
  `/v1/orders/${'A'.repeat(4_000)}`,
  '/v1/orders?limit=0',
  '/v1/orders?limit=1e9',
  '/v1/orders?limit=NaN',
  '/v1/orders?limit=10&after=%27%20or%201=1',
  '/v1/orders?after=1_A7K',
  '/v1/orders?unit=__proto__',
  `/v1/orders?text=${'x'.repeat(201)}`,
  '/v1/nothing',
  '/v1/',
  '/assets/../../package.json',
  '/assets/%2e%2e/%2e%2e/package.json',
  '/maps/..%2frelight.db',
  '/relight.db',
  '/tls/key.pem',
  '/%',
  '/%c0%af',
  '/crew%00.html',
];

test.each(ADDRESSES)('%s gets a 4xx with a problem', async (address) => {
  const answer = await server.call(address, { token: desk });
  expect(answer.status).toBeGreaterThanOrEqual(400);
  expect(answer.status).toBeLessThan(500);
  expect(Problem.safeParse(await answer.json()).success).toBe(true);
});

test.each(['%', '%ff', "' or 1=1 --", '_', '100%', '塭', '\u0000', '🔌'.repeat(100), '\ud800'])(
  'searching for %j finds what is there or nothing',
  async (text) => {
    const answer = await server.call(`/v1/orders?${new URLSearchParams({ text }).toString()}`, { token: desk });
    expect(answer.status).toBe(200);
  },
);

test.each([
  ['a cookie that is none', { cookie: '__Host-relight=%E0%A4%A; =; ;;' }],
  ['20 KB of cookie', { cookie: `__Host-relight=${'x'.repeat(20_000)}` }],
  ['a bearer of nonsense', { authorization: 'Bearer \t../../etc/passwd' }],
  ['another scheme', { authorization: 'Basic YTpi' }],
  ['an odd language', { 'accept-encoding': 'gzip;q=-1, \u00ff' }],
])('%s is a stranger on every endpoint', async (_, headers) => {
  for (const row of ENDPOINTS.filter(({ who }) => who !== 'anybody')) {
    const { status } = await server.call(row.path.replace(':id', 'A7K-1'), { ...goodCall(row), headers });
    expect([401, 403]).toContain(status);
  }
});

test('a method nobody offers is not found', async () => {
  for (const method of ['PUT', 'PATCH', 'OPTIONS', 'TRACE_', 'PROPFIND'])
    expect((await server.call('/v1/session', { method, token: desk })).status).toBe(404);
});

test('I9 hostile items in a push are held one by one; the good ones beside them pass, nothing is lost', async () => {
  const asker = await server.opened.services.sessions.who(desk);
  const writer = asker!.writers[0]!;
  const push: unknown[] = [
    null,
    7,
    'text',
    [],
    {},
    JSON.parse('{"__proto__":{"event":1},"event":{"__proto__":null},"hash":"x"}'),
    { event: { writer, n: 1 }, hash: 'f'.repeat(64) },
    { event: 'x'.repeat(100_000), hash: '' },
    {
      event: { writer, n: 1e308, subject: 'order:A7K-1', kind: 'noted', v: 1, data: {}, by: null, seen: null },
      hash: 0,
    },
  ];
  const answer = await server.call('/v1/sync', { body: syncRequest({ writer, push, hiN: 1 }), token: desk });
  const { acks } = SyncAnswer.parse(await answer.json());
  expect(acks).toHaveLength(push.length);
  expect(acks.every((ack) => ack.is === 'held')).toBe(true);
});

test('gzip from a tablet is understood', async () => {
  const writer = (await server.opened.services.sessions.who(desk))!.writers[0]!;
  const body = gzipped(JSON.stringify(syncRequest({ writer })));
  const answer = await server.call('/v1/sync', { ...json(body, GZIP), token: desk });
  expect(answer.status).toBe(200);
});

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
