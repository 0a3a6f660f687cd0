import { describe, expect, test, vi } from 'vitest';

import { openConnection } from '../../server/store/connection.ts';
import { endedOrders } from '../../server/store/ended-orders.ts';
import { keptInSqlite, startWorld } from '../laws/world.ts';
import { archiveConformance } from './archive-conformance.ts';
import { customersConformance } from './customers-conformance.ts';
import { logConformance } from './log-conformance.ts';
import { redactionConformance } from './redaction-conformance.ts';
import { roomsConformance } from './rooms-conformance.ts';
import { strangersConformance } from './strangers-conformance.ts';

// Each test makes a database of its own.
vi.setConfig({ testTimeout: 60_000 });

describe('SQLite', () => {
  logConformance(keptInSqlite);
  roomsConformance(keptInSqlite);
  customersConformance(keptInSqlite);
  archiveConformance(keptInSqlite);
  redactionConformance(keptInSqlite);
  strangersConformance(keptInSqlite);

  test('ended orders are found by their index, in its order', async () => {
    const world = await startWorld();
    const connection = openConnection(world.file);
    const { sql, params } = endedOrders(connection.db).getQuery();
    const plan = connection.sqlite.prepare<unknown[], { detail: string }>(`explain query plan ${sql}`);
    expect(plan.all(...params.map(() => 0)).map(({ detail }) => detail)).toEqual([
      'SEARCH order_row USING INDEX order_ended (<expr>>? AND <expr><?)',
    ]);
    connection.sqlite.close();
    world.close();
  });
});
