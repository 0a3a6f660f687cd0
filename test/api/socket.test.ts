import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { request as httpsRequest } from 'node:https';
import { connect, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { createAdaptorServer } from '@hono/node-server';
import { describe, expect, onTestFinished, test } from 'vitest';

import { parseConfig, type Config } from '../../server/config.ts';
import { systemRandom } from '../../server/device/random.ts';
import { openServices } from '../../server/open-services.ts';
import { startServer, type Running } from '../../server/start.ts';
import { makeLanCertificates } from '../../server/tls/lan-certificates.ts';
import { must } from '../../shared/result.ts';
import { aServer, CHEAP, keptLog, tokenOf } from './harness.ts';
import { makeWorld } from './world.ts';

type Site = { readonly running: Running; readonly config: Config; readonly desk: () => Promise<string> };

async function aDirectory(): Promise<Config> {
  const dataDir = await mkdtemp(join(tmpdir(), 'relight-socket-'));
  onTestFinished(() => rm(dataDir, { recursive: true }));
  return must(parseConfig({ DATA_DIR: dataDir, PORT: '0', HOST: '127.0.0.1' }));
}

const ports = () => ({ clock: Date.now, random: systemRandom, log: keptLog().log });

/** A real server on a real port, with the small world written by another process's hands. */
async function aSite(): Promise<Site> {
  const config = await aDirectory();
  const beside = await openServices(config, ports(), { passwordCost: CHEAP });
  await makeWorld(beside);
  await beside.close();
  const running = await startServer(config, ports());
  onTestFinished(running.close);
  const body = JSON.stringify({ name: 'dispatcher', password: 'dispatcher-password', writer: null });
  const headers = { 'content-type': 'application/json' };
  const desk = async () => tokenOf(await fetch(`${running.url}/v1/session`, { method: 'POST', headers, body }));
  return { running, config, desk };
}

/** Reads server-sent data until `wanted` of them came or the stream ended. */
async function hear(answer: Response, wanted: number): Promise<{ heads: number[]; ended: boolean }> {
  const heads: number[] = [];
  let text = '';
  const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader();
  while (heads.length < wanted) {
    const { done, value } = await reader.read();
    if (done) return { heads, ended: true };
    text += value;
    const parts = text.split('\n\n');
    text = parts.pop() ?? '';
    for (const part of parts)
      if (part.startsWith('data: ')) heads.push((JSON.parse(part.slice(6)) as { head: number }).head);
  }
  reader.releaseLock();
  return { heads, ended: false };
}

const listen = (url: string, token: string, signal?: AbortSignal) =>
  fetch(`${url}/v1/hints`, { headers: { authorization: `Bearer ${token}` }, signal: signal ?? null });

describe('hints', () => {
  test('I21 what another process writes is told within seconds', async () => {
    const { running, config, desk } = await aSite();
    const answer = await listen(running.url, await desk());
    expect(answer.headers.get('content-type')).toContain('text/event-stream');
    const beside = await openServices(config, ports(), { passwordCost: CHEAP });
    const draft = { kind: 'unitMade', data: { name: '新', level: 'centre', parent: null } } as const;
    await beside.record([{ subject: null, draft, by: null }]);
    await beside.close();
    const { heads } = await hear(answer, 2);
    expect(heads[1]).toBe((heads[0] ?? 0) + 1);
    await answer.body?.cancel().catch(() => undefined);
  });

  test('signing out ends the stream at once', async () => {
    const { running, desk } = await aSite();
    const token = await desk();
    const answer = await listen(running.url, token);
    const heard = hear(answer, 99);
    await fetch(`${running.url}/v1/session`, { method: 'DELETE', headers: { authorization: `Bearer ${token}` } });
    expect((await heard).ended).toBe(true);
  });

  test('stopping ends streams and takes no more connections', async () => {
    const { running, desk } = await aSite();
    const heard = hear(await listen(running.url, await desk()), 99);
    await running.close();
    expect((await heard).ended).toBe(true);
    await expect(fetch(`${running.url}/healthz`)).rejects.toThrow('fetch failed');
  });

  test('a page that is closed leaves nothing behind', async () => {
    const server = await aServer();
    const listening = createAdaptorServer({ fetch: server.fetch });
    listening.listen(0, '127.0.0.1');
    await once(listening, 'listening');
    onTestFinished(() => void listening.close());
    const { port } = listening.address() as AddressInfo;
    const { hints } = server.opened.services;
    const token = await server.desk('dispatcher');
    for (let page = 0; page < 3; page += 1) {
      const leaving = new AbortController();
      await listen(`http://127.0.0.1:${port}`, token, leaving.signal);
      expect(hints.count()).toBe(1);
      leaving.abort();
      await expect.poll(() => hints.count(), { timeout: 5_000 }).toBe(0);
    }
  });
});

describe('stopping', () => {
  test('a request under way is answered', async () => {
    const { running, desk } = await aSite();
    const token = await desk();
    // Half a request is in when the stop begins, the rest follows.
    const body = JSON.stringify({ writer: 'A7K4Q' });
    const socket = connect(running.port, '127.0.0.1');
    let answer = '';
    socket.on('data', (chunk) => (answer += chunk.toString()));
    const closed = once(socket, 'close');
    socket.write(
      `POST /v1/writers HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${token}\r\n` +
        `Content-Type: application/json\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body.slice(0, 5)}`,
    );
    // Later requests are answered while this one waits, so it has arrived when they have.
    await fetch(`${running.url}/healthz`);
    const stopped = running.close();
    socket.write(body.slice(5));
    await Promise.all([stopped, closed]);
    expect(answer).toMatch(/^HTTP\/1\.1 200 /);
    expect(answer).toMatch(/"writer":"\w{5}"/);
  });

  test('stopping twice is stopping once', async () => {
    const { running } = await aSite();
    expect(await Promise.all([running.close(), running.close()])).toEqual([undefined, undefined]);
  });
});

describe('starting', () => {
  test('a taken port is refused, and the data is let go', async () => {
    const { running } = await aSite();
    const config = await aDirectory();
    await expect(startServer({ ...config, port: running.port }, ports())).rejects.toMatchObject({ code: 'EADDRINUSE' });
    const again = await startServer(config, ports());
    await again.close();
  });

  test('with a certificate in its directory it speaks https and nothing else', async () => {
    const config = await aDirectory();
    must(await makeLanCertificates({ dataDir: config.dataDir, hosts: ['127.0.0.1'], now: Date.now() }));
    const running = await startServer(config, ports());
    onTestFinished(running.close);
    expect(running.url).toMatch(/^https:/);
    const get = (path: string, ca?: string) =>
      new Promise<{ status?: number | undefined; hsts?: unknown; text: string }>((resolve) => {
        const trust = ca === undefined ? { rejectUnauthorized: false } : { ca };
        httpsRequest(`${running.url}${path}`, { ...trust, agent: false }, (answer) => {
          let text = '';
          answer.on('data', (chunk: Buffer) => (text += chunk.toString()));
          answer.on('end', () =>
            resolve({ status: answer.statusCode, hsts: answer.headers['strict-transport-security'], text }),
          );
        })
          .on('error', (error) => resolve({ text: error.message }))
          .end();
      });
    // A tablet fetches the authority first, then trusts the server through it.
    const { text: ca } = await get('/ca.crt');
    expect(await get('/healthz', ca)).toMatchObject({ status: 200, hsts: 'max-age=31536000' });
    await expect(fetch(running.url.replace('https', 'http'))).rejects.toThrow('fetch failed');
  });
});

test.each([
  [
    '20 KB of headers',
    `GET /healthz HTTP/1.1\r\nHost: localhost\r\nX-Long: ${'x'.repeat(20_000)}\r\n\r\n`,
    /^HTTP\/1\.1 431/,
  ],
  [
    'two lengths',
    'POST /v1/enrol HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab',
    /^HTTP\/1\.1 400/,
  ],
  [
    'length and chunks',
    'POST /v1/enrol HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    /^HTTP\/1\.1 400/,
  ],
  ['no HTTP', '\u0016\u0003\u0001 hello', /^HTTP\/1\.1 400/],
  ['no host', 'GET /healthz HTTP/1.1\r\n\r\n', /^HTTP\/1\.1 400/],
  ['a host that is none', 'GET /healthz HTTP/1.1\r\nHost: a/b@c\r\nConnection: close\r\n\r\n', /^HTTP\/1\.1 4\d\d/],
  ['an address that is none', 'GET http://[:::: HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n', /^HTTP\/1\.1 4\d\d/],
])('%s gets a 4xx and the server goes on', async (_, raw, expected) => {
  const { running } = await aSite();
  const answer = await new Promise<string>((resolve) => {
    let text = '';
    const socket = connect(running.port, '127.0.0.1', () => socket.end(raw));
    socket.on('data', (chunk) => (text += chunk.toString()));
    socket.on('close', () => resolve(text));
    socket.on('error', () => resolve(text));
  });
  expect(answer).toMatch(expected);
  expect((await fetch(`${running.url}/healthz`)).status).toBe(200);
});

test('a body that breaks off leaves nothing behind', async () => {
  const { running } = await aSite();
  await new Promise<void>((resolve) => {
    const head =
      'POST /v1/enrol HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{"co';
    const socket = connect(running.port, '127.0.0.1', () => socket.write(head, () => socket.destroy()));
    socket.on('close', () => resolve());
  });
  expect((await fetch(`${running.url}/healthz`)).status).toBe(200);
});
