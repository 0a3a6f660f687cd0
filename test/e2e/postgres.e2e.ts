import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { asCrewId, asOrderId, orderSubject } from '#shared/ids.ts';

import { bring, leadFor, orderDueAt } from '../prove/given-orders.ts';
import { logOf } from '../prove/kept-history.ts';
import { postgresPrograms, startCluster, type Cluster } from '../store/cluster.ts';
import { RawWriter } from './raw-writer.ts';
import { freePort, relight, startServerProcess, type ServerProcess } from './server-process.ts';

/** The story on PostgreSQL: the command line, a desk at one server process, a tablet at the other. */
const dir = mkdtempSync(join(tmpdir(), 'relight-pg-story-'));
const programs = postgresPrograms();
if (programs === null) process.stderr.write('PostgreSQL is not installed: its story is NOT told\n');
let cluster: Cluster;
const servers: ServerProcess[] = [];

beforeAll(async () => {
  if (programs === null) return;
  cluster = await startCluster(programs);
  process.env['DATABASE_URL'] = await cluster.database();
}, 120_000);
afterAll(async () => {
  for (const one of servers) await one.stop();
  delete process.env['DATABASE_URL'];
  await cluster?.stop();
  rmSync(dir, { recursive: true, force: true });
}, 60_000);

test.skipIf(programs === null)('enrol, report, dispatch, silence told and taken back, on two processes', async () => {
  const run = (...args: string[]): string => relight(dir, args);
  run('unit', 'add', '--name', '城西供电所', '--level', 'station');
  run('crew', 'add', '--name', '抢修1班', '--unit', '城西供电所');
  run('user', 'add', '--name', '工1', '--role', 'crew', '--unit', '城西供电所');
  const user = ['user', 'add', '--name', '王调度', '--role', 'dispatcher', '--unit', '城西供电所', '--password-stdin'];
  relight(dir, user, '夜班的长密码-714');
  const { code } = JSON.parse(run('enrol-code', '--crew', '抢修1班', '--person', '工1', '--json')) as { code: string };
  for (let n = 0; n < 2; n += 1)
    servers.push(await startServerProcess({ dataDir: join(dir, `s${n}`), port: await freePort() }));
  const [atDesk, atTablet] = servers.map(({ url }) => url) as [string, string];
  const desk = await RawWriter.signIn(atDesk, '王调度', '夜班的长密码-714');
  const tablet = await RawWriter.enrol(atTablet, code);
  const crew = asCrewId(tablet.crew!);

  const limit = Date.now() + leadFor(dir, 1) + 4_000;
  bring(dir, [orderDueAt('K1', 'urban', limit)], dir);
  const report = logOf(dir).find(({ kind }) => kind === 'reported');
  const order = orderSubject(asOrderId(report!.subject.slice('order:'.length) as never));
  desk.make('dispatched', { crew }, order);
  await soon(() => desk.push(atDesk));
  // Heard by the other process, with the order on it; then it is silent until after the limit.
  const { page } = await soon(() => tablet.pull(atTablet));
  expect(page?.subjects.map(({ subject }) => subject)).toContain(order);
  tablet.make('accepted', { crew }, order);
  expect((await soon(() => tablet.push(atTablet))).acks).toMatchObject([{ is: 'ok' }]);
  tablet.make('arrived', { crew }, order);
  expect(Date.now()).toBeLessThan(limit);

  const alerts = async (): Promise<string[]> => {
    const { page } = await soon(() => desk.pull(atDesk));
    const events = page?.subjects.find(({ subject }) => subject === order)?.events ?? [];
    return events.map(({ event }) => event.kind).filter((kind) => kind.startsWith('alert'));
  };
  // One that the limit comes soon; when it has passed and nobody can know, another takes its place.
  await expect.poll(alerts, { timeout: 60_000 }).toEqual(['alertRaised', 'alertRaised', 'alertClosedOut']);
  await soon(() => tablet.push(atTablet));
  await expect.poll(alerts, { timeout: 20_000 }).toContain('alertWithdrawn');
  expect(JSON.parse(run('verify', '--json'))).toMatchObject({ ok: true });
});

/** A kept connection may be closed just when it is used again; a tablet asks again too. */
async function soon<T>(ask: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof TypeError) || tries === 5) throw error;
    }
  }
}
