import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';

import { asOrderId, orderSubject } from '#shared/ids.ts';

import { fillFromFile } from '../../server/store/postgres/fill-from-file.ts';
import { openPostgres } from '../../server/store/postgres/open-postgres.ts';
import { keptInSqlite, startWorld, type Keeping } from '../laws/world.ts';
import { archiveConformance } from './archive-conformance.ts';
import { postgresPrograms, startCluster, type Cluster } from './cluster.ts';
import { customersConformance } from './customers-conformance.ts';
import { logConformance } from './log-conformance.ts';
import { redactionConformance } from './redaction-conformance.ts';
import { roomsConformance } from './rooms-conformance.ts';
import { strangersConformance } from './strangers-conformance.ts';

// Each test makes a database of its own.
vi.setConfig({ testTimeout: 60_000 });

const programs = postgresPrograms();
if (programs === null)
  process.stderr.write('PostgreSQL is not installed: NOTHING of its store is tested. apt-get install -y postgresql\n');

describe.skipIf(programs === null)('PostgreSQL', () => {
  let cluster: Cluster;
  beforeAll(async () => {
    cluster = await startCluster(programs!);
  }, 120_000);
  afterAll(() => cluster.stop(), 180_000);

  const keep = async (): Promise<Keeping> => {
    const url = await cluster.database();
    return {
      open: (ports) => openPostgres(url, ports),
      file: '',
      rows: () => {
        throw new Error('there is no file to look into');
      },
      remove: () => {},
    };
  };

  logConformance(keep);
  roomsConformance(keep);
  customersConformance(keep);
  archiveConformance(keep);
  redactionConformance(keep);
  strangersConformance(keep);

  test('what a directory holds moves into an empty database whole, once, and back out of a copy', async () => {
    const kept = keptInSqlite();
    const world = await startWorld(kept);
    const tablet = await world.enrol('tablet', { unit: world.east, role: 'crew', crew: world.crews[0] });
    const data = { unit: world.east, address: '公园路1号', area: 'urban', channel: 'phone' } as const;
    const order = orderSubject(asOrderId(await world.record({ kind: 'reported', data })));
    tablet.tap('noted', { crew: world.crews[2], text: '别班' }, order);
    await tablet.sync();
    const dir = mkdtempSync(join(tmpdir(), 'relight-move-'));
    const known = { name: null, phone: null, area: null, customerClass: null, lat: 30, lon: 120, transformer: null };
    const customer = { ...known, unit: world.east, account: '41', address: '公园路1号', feeder: '一线' };
    await world.store.customers.put({ source: 'crm', rows: [customer] });
    await world.store.backups.copyTo(join(dir, 'copy.db'));
    const url = await cluster.database();
    const head = await world.store.log.head();
    expect(await fillFromFile(url, join(dir, 'copy.db'))).toEqual({ ok: true, value: { q: head.q } });
    expect(await fillFromFile(url, join(dir, 'copy.db'))).toEqual({ ok: false, error: 'notEmpty' });
    const moved = await openPostgres(url, { random: (bytes) => new Uint8Array(bytes) });
    expect(await moved.log.head()).toEqual(head);
    expect(await moved.held.list({}, 0, 10)).toEqual(await world.store.held.list({}, 0, 10));
    expect(await moved.verify(() => {})).toMatchObject({ damages: 0, events: head.q });
    const rows = [customer, { ...customer, account: '42' }];
    expect(await moved.customers.put({ source: 'crm', rows })).toEqual({ created: 1, changed: 0 });
    expect(await moved.customers.startingWith({ key: 'd公园', units: [world.east], most: 9 })).toEqual(rows);
    expect(await moved.equipment.replace('gis', [{ feeder: '一线', lat: 30, lon: 120 }])).toEqual({ before: 0 });
    expect(
      await moved.log.record([
        { subject: order, draft: { kind: 'noted', data: { crew: null, text: '在' } }, by: null },
      ]),
    ).toEqual([
      `${head.process}-${(await world.store.pages.page(0, 999)).filter(({ event }) => event.writer === head.process).length + 1}`,
    ]);
    moved.close();
    world.close();
    rmSync(dir, { recursive: true });
  });

  test('a database that would lose what it acknowledged is refused', async () => {
    const url = new URL(await cluster.database());
    url.searchParams.set('options', '-c synchronous_commit=off');
    await expect(openPostgres(String(url), { random: (bytes) => new Uint8Array(bytes) })).rejects.toThrow('lose');
  });
});
