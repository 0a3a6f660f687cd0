import { X509Certificate } from 'node:crypto';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { createServer, request } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { must } from '#shared/result.ts';

import { makeLanCertificates } from './lan-certificates.ts';
import { loadTls } from './load-tls.ts';
import { terminalQr } from './terminal-qr.ts';

let dataDir = '';
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'relight-tls-'));
});
afterEach(() => rm(dataDir, { recursive: true }));

const make = (...hosts: string[]) => makeLanCertificates({ dataDir, hosts, now: Date.now() });

test('a client that trusts the authority reaches the server by its address, and by no other name', async () => {
  must(await make('127.0.0.1', 'relight.lan'));
  const tls = await loadTls(dataDir);
  const ca = await readFile(join(dataDir, 'tls', 'ca.crt'), 'utf8');
  const server = createServer({ ...tls }, (_, answer) => answer.end('lit'));
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  const ask = (servername?: string) =>
    new Promise<string>((resolve) => {
      request({ host: '127.0.0.1', port, ca, agent: false, ...(servername ? { servername } : {}) }, (answer) => {
        answer.on('data', (text: Buffer) => resolve(text.toString()));
      })
        .on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'failed'))
        .end();
    });
  try {
    expect(await ask()).toBe('lit');
    expect(await ask('relight.lan')).toBe('lit');
    expect(await ask('elsewhere.lan')).toBe('ERR_TLS_CERT_ALTNAME_INVALID');
  } finally {
    server.close();
  }
});

test('a second call keeps the authority the tablets trust and signs a new server certificate', async () => {
  const first = must(await make('10.0.0.5'));
  const before = await loadTls(dataDir);
  const second = must(await make('10.0.0.6'));
  const after = await loadTls(dataDir);
  expect(second).toMatchObject({ authority: 'kept', fingerprint: first.fingerprint });
  expect(after?.cert).not.toBe(before?.cert);
  expect(new X509Certificate(after!.cert).checkIP('10.0.0.6')).toBe('10.0.0.6');
  expect(new X509Certificate(await readFile(first.caFile, 'utf8')).fingerprint256).toBe(first.fingerprint);
});

test('keys are for the owner alone', async () => {
  must(await make('relight.lan'));
  const modes = await Promise.all(['key.pem', 'ca-key.pem'].map((name) => stat(join(dataDir, 'tls', name))));
  expect(modes.map(({ mode }) => mode & 0o777)).toEqual([0o600, 0o600]);
});

test.each([['-bad'], ['a b'], ['https://x'], ['*.lan']])('%j is no host', async (host) => {
  expect(await make(host)).toEqual({ ok: false, error: { code: 'badHost', host } });
});

test('without hosts nothing is made', async () => {
  expect(await make()).toEqual({ ok: false, error: { code: 'noHosts' } });
  expect(await loadTls(dataDir)).toBeNull();
});

test('an address becomes a square a tablet can scan', () => {
  const lines = terminalQr('https://192.168.1.10:8787/ca.crt').split('\n');
  expect(lines.length).toBeGreaterThan(14);
  expect(new Set(lines.map((line) => line.length)).size).toBe(1);
});
