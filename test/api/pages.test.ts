import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { describe, expect, onTestFinished, test } from 'vitest';

import { ENDPOINTS } from '../../shared/api/endpoints.ts';
import { DemoAccounts } from '../../shared/api/session.ts';
import { aServer, type TestServer } from './harness.ts';

/** A server with something built to serve. */
async function aSite(env: Readonly<Record<string, string>> = {}): Promise<TestServer> {
  const dist = await mkdtemp(join(tmpdir(), 'relight-dist-'));
  onTestFinished(() => rm(dist, { recursive: true }));
  await mkdir(join(dist, 'assets'));
  await writeFile(join(dist, 'crew.html'), '<!doctype html><title>crew</title>');
  await writeFile(join(dist, 'desk.html'), '<!doctype html><title>desk</title>');
  await writeFile(join(dist, 'sw.js'), '/* worker */');
  await writeFile(join(dist, 'assets', 'crew-a1b2c3.js'), `/* ${'code '.repeat(1_000)} */`);
  const server = await aServer(env, dist);
  await mkdir(join(server.config.dataDir, 'maps'));
  await writeFile(join(server.config.dataDir, 'maps', 'city.pmtiles'), '0123456789');
  return server;
}

describe('pages', () => {
  test.each([
    ['/crew', 'crew'],
    ['/crew/order/A7K-2', 'crew'],
    ['/desk', 'desk'],
    ['/desk/search', 'desk'],
  ])('%s is the %s app, asked for anew each time', async (path, title) => {
    const answer = await (await aSite()).call(path);
    expect(await answer.text()).toContain(`<title>${title}</title>`);
    expect(answer.headers.get('content-type')).toContain('text/html');
    expect(answer.headers.get('cache-control')).toBe('no-cache');
  });

  test('what carries a hash in its name is kept for ever, the worker is not', async () => {
    const server = await aSite();
    expect((await server.call('/assets/crew-a1b2c3.js')).headers.get('cache-control')).toContain('immutable');
    const worker = await server.call('/sw.js');
    expect(worker.headers.get('cache-control')).toBe('no-cache');
    expect(worker.headers.get('content-type')).toContain('javascript');
  });

  test('text travels compressed', async () => {
    const answer = await (await aSite()).call('/assets/crew-a1b2c3.js', { headers: { 'accept-encoding': 'gzip' } });
    expect(answer.headers.get('content-encoding')).toBe('gzip');
    expect((await answer.arrayBuffer()).byteLength).toBeLessThan(500);
  });

  test('the bare address leads to the desk', async () => {
    const answer = await (await aSite()).call('/');
    expect([answer.status, answer.headers.get('location')]).toEqual([302, '/desk']);
  });

  test('a map is read in pieces', async () => {
    const answer = await (await aSite()).call('/maps/city.pmtiles', { headers: { range: 'bytes=2-4' } });
    expect([answer.status, await answer.text()]).toEqual([206, '234']);
    const stamp = answer.headers.get('etag');
    expect([stamp, answer.headers.get('cache-control')]).toEqual([expect.stringMatching(/^"a-/), 'no-cache']);
  });

  test('without a build the server says what to do', async () => {
    const answer = await (await aServer()).call('/desk');
    expect([answer.status, await answer.text()]).toEqual([503, 'Not built yet: npm run build\n']);
  });
});

describe('security headers', () => {
  test.each(['/crew', '/sw.js', '/healthz', '/v1/session', '/nothing'])('%s allows nothing inline', async (path) => {
    const { headers } = await (await aSite()).call(path);
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).not.toMatch(/unsafe|data:|\*|https?:/);
    for (const rule of ["default-src 'self'", "script-src 'self'", "object-src 'none'", "frame-ancestors 'none'"])
      expect(policy).toContain(rule);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('same-origin');
  });

  test('what is about people is never kept by a cache', async () => {
    const server = await aSite();
    const token = await server.desk('dispatcher');
    for (const path of ['/v1/session', '/v1/orders', '/v1/report'])
      expect((await server.call(path, { token })).headers.get('cache-control')).toBe('no-store');
  });

  test('only https is told to stay https, and a forwarded scheme counts only from our proxy', async () => {
    const hsts = async (server: TestServer, address: string) => {
      const answer = await server.call('/crew', { address, headers: { 'x-forwarded-proto': 'https' } });
      return answer.headers.has('strict-transport-security');
    };
    expect(await hsts(await aSite(), '10.9.9.9')).toBe(false);
    const behind = await aSite({ TRUSTED_PROXY: '10.9.9.9, ::1' });
    expect(await hsts(behind, '10.9.9.9')).toBe(true);
    expect(await hsts(behind, '::ffff:10.9.9.9')).toBe(true);
    expect(await hsts(behind, '10.9.9.8')).toBe(false);
  });
});

describe('what the server says of itself', () => {
  test('healthz tells how far the log is, and what a plain address lacks', async () => {
    const server = await aSite();
    expect(await (await server.call('/healthz')).json()).toEqual({
      alive: true,
      head: expect.any(Number) as number,
      safe: null,
      jump: null,
      disk: null,
      missing: [],
    });
    const plain = await aSite({ PUBLIC_URL: 'http://relight.lan:8787/x' });
    expect(await (await plain.call('/healthz')).json()).toMatchObject({ missing: ['https'] });
  });

  test('on a plain address from elsewhere the cookie does without what browsers would refuse', async () => {
    const server = await aSite({ PUBLIC_URL: 'http://relight.lan:8787' });
    const body = { name: 'admin', password: 'admin-password', writer: null };
    const cookie = (await server.call('/v1/session', { body })).headers.get('set-cookie');
    expect(cookie).toMatch(/^relight=/);
    expect(cookie).not.toContain('Secure');
    expect(cookie).toContain('HttpOnly');
  });

  test('openapi.json has every endpoint with its parameters, bodies and answers', async () => {
    const page = (await (await (await aSite()).call('/openapi.json')).json()) as {
      openapi: string;
      paths: Record<
        string,
        Record<string, { requestBody?: object; parameters?: { name: string }[]; security: object[] }>
      >;
    };
    expect(page.openapi).toBe('3.1.0');
    const listed = Object.entries(page.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replace('{id}', ':id')}`),
    );
    expect(listed.toSorted()).toEqual(ENDPOINTS.map(({ method, path }) => `${method} ${path}`).toSorted());
    expect(page.paths['/v1/sync']?.['post']?.requestBody).toBeDefined();
    expect(page.paths['/v1/enrol']?.['post']?.security).toEqual([]);
    expect(page.paths['/v1/orders/{id}']?.['get']?.parameters?.map(({ name }) => name)).toEqual(['id']);
    expect(page.paths['/v1/orders']?.['get']?.parameters?.map(({ name }) => name)).toContain('after');
  });

  test('a real server shows no accounts, a demonstration those it wrote', async () => {
    const server = await aSite();
    const shown = async () => DemoAccounts.parse(await (await server.call('/v1/demo')).json());
    expect(await shown()).toEqual({ accounts: [], codes: [] });
    const written = { accounts: [{ name: 'anna', password: 'p', role: 'dispatcher' }], codes: [] };
    await writeFile(join(server.config.dataDir, 'demo.json'), JSON.stringify(written));
    expect(await shown()).toEqual(written);
  });
});
