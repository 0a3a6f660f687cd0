import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';

import { onTestFinished } from 'vitest';

import { createApp } from '../../server/app.ts';
import { parseConfig, type Config } from '../../server/config.ts';
import { fakeClock, type FakeClock } from '../../server/device/fake-clock.ts';
import { createLog, type Log } from '../../server/device/log.ts';
import type { Ports } from '../../server/device/ports.ts';
import { systemRandom } from '../../server/device/random.ts';
import { openServices, type OpenServices } from '../../server/open-services.ts';
import { must } from '../../shared/result.ts';
import { makeWorld, type World } from './world.ts';

export const START = Date.parse('2026-11-21T14:00:00Z');

/** Cheap enough to sign in often; what it costs for real is no business of these tests. */
export const CHEAP = { logN: 8, r: 8, p: 1 };

export type Call = {
  readonly method?: string;
  /** The search part of the address, with its question mark. */
  readonly query?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: BodyInit | object | null;
  readonly token?: string | null;
  readonly address?: string;
};

export type TestServer = {
  readonly opened: OpenServices;
  readonly world: World;
  readonly clock: FakeClock;
  readonly config: Config;
  readonly logged: () => string;
  /** One request through the real app. A plain object as body goes as JSON. */
  readonly call: (path: string, call?: Call) => Promise<Response>;
  /** The app itself, to stand behind a real socket. */
  readonly fetch: ReturnType<typeof createApp>['fetch'];
  readonly routes: () => readonly { readonly method: string; readonly path: string }[];
  /** The bearer token of a fresh desk session. */
  readonly desk: (name: string) => Promise<string>;
  /** The bearer token of a freshly enrolled tablet. */
  readonly tablet: (crew: 'k1' | 'k2' | 'k3') => Promise<string>;
};

/** A real server on a new directory with a small world in it, gone when the test is. `env`: its settings. */
export async function aServer(
  env: Readonly<Record<string, string>> = {},
  dist = '/nowhere',
  machine: Pick<Ports, 'space'> = {},
): Promise<TestServer> {
  const dataDir = await mkdtemp(join(tmpdir(), 'relight-api-'));
  const config = must(parseConfig({ DATA_DIR: dataDir, ...env }));
  const clock = fakeClock(START);
  const { log, logged } = keptLog();
  const opened = await openServices(config, { clock, random: systemRandom, log, ...machine }, { passwordCost: CHEAP });
  onTestFinished(async () => {
    await opened.close();
    await rm(dataDir, { recursive: true });
  });
  const world = await makeWorld(opened);
  const app = createApp(opened.services, { ...config, dist }, { clock, log });

  const call = async (path: string, { token, address, body, ...init }: Call = {}): Promise<Response> => {
    const headers = new Headers(init.headers);
    if (token) headers.set('authorization', `Bearer ${token}`);
    const json = body !== null && typeof body === 'object' && Object.getPrototypeOf(body) === Object.prototype;
    if (json && !headers.has('content-type')) headers.set('content-type', 'application/json');
    const request = { method: init.method ?? (body == null ? 'GET' : 'POST'), headers };
    const sent = json ? JSON.stringify(body) : (body as BodyInit | null | undefined);
    const incoming = { socket: { remoteAddress: address ?? '10.1.1.1' } };
    return app.request(`http://localhost${path}${init.query ?? ''}`, { ...request, body: sent ?? null }, { incoming });
  };
  const desk = async (name: string): Promise<string> => {
    const answer = await call('/v1/session', { body: { name, password: `${name}-password`, writer: null } });
    return tokenOf(answer);
  };
  const tablet = async (crew: 'k1' | 'k2' | 'k3'): Promise<string> => {
    const code = await opened.services.door.makeCode({ ...world.codes[crew], forMs: 60_000 });
    return tokenOf(await call('/v1/enrol', { body: { code } }));
  };
  return { opened, world, clock, config, logged, call, fetch: app.fetch, routes: () => app.routes, desk, tablet };
}

/** The secret inside the session cookie an answer sets. */
export function tokenOf(answer: Response): string {
  const token = /^(?:__Host-)?relight(?:-tablet)?=([^;]+)/.exec(answer.headers.get('set-cookie') ?? '')?.[1];
  if (token === undefined) throw new Error(`no session was opened: ${answer.status}`);
  return token;
}

/** The real logger, its lines kept. */
export function keptLog(): { log: Log; logged: () => string } {
  let text = '';
  const destination = new Writable({
    write: (chunk, _, done) => {
      text += String(chunk);
      done();
    },
  });
  return { log: createLog('info', destination), logged: () => text };
}
