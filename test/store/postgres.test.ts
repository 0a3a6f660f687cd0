import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { openPostgres } from '../../server/store/postgres/open-postgres.ts';
import type { Keeping } from '../laws/world.ts';
import { postgresPrograms, startCluster, type Cluster } from './cluster.ts';
import { logConformance } from './log-conformance.ts';
import { roomsConformance } from './rooms-conformance.ts';

const programs = postgresPrograms();
if (programs === null)
  process.stderr.write('PostgreSQL is not installed: NOTHING of its store is tested. apt-get install -y postgresql\n');

describe.skipIf(programs === null)('PostgreSQL', () => {
  let cluster: Cluster;
  beforeAll(async () => {
    cluster = await startCluster(programs!);
  }, 120_000);
  afterAll(() => cluster.stop(), 60_000);

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

  test('a database that would lose what it acknowledged is refused', async () => {
    const url = new URL(await cluster.database());
    url.searchParams.set('options', '-c synchronous_commit=off');
    await expect(openPostgres(String(url), { random: (bytes) => new Uint8Array(bytes) })).rejects.toThrow('lose');
  });
});
