import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import Sqlite from 'better-sqlite3';
import { expect, test } from 'vitest';

import { asCrewId, asOrderId, asUnitId, orderSubject } from '#shared/ids.ts';

import { fakeClock } from '../device/fake-clock.ts';
import { fakeRandom } from '../device/fake-random.ts';
import { createOverdue } from '../services/overdue.ts';
import { databaseFile, openStore } from './open-store.ts';

test('orders that an older build folded are folded anew, and judged', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'relight-refold-'));
  const clock = fakeClock(1_800_000_000_000);
  const open = () => openStore(dir, { clock, random: fakeRandom('refold') });
  const read = (sql: string): unknown => {
    const raw = new Sqlite(databaseFile(dir));
    const value = raw.prepare(sql).pluck().get();
    raw.close();
    return value;
  };
  const first = open();
  const [unit] = await first.log.record([
    { subject: null, draft: { kind: 'unitMade', data: { name: '城东', level: 'centre', parent: null } }, by: null },
  ]);
  const [crew] = await first.log.record([
    { subject: null, draft: { kind: 'crewMade', data: { name: '一班', unit: asUnitId(unit!) } }, by: null },
  ]);
  const report = { unit: asUnitId(unit!), address: '幸福路18号', area: 'urban', channel: 'phone' } as const;
  const [order] = await first.log.record([{ subject: null, draft: { kind: 'reported', data: report }, by: null }]);
  const subject = orderSubject(asOrderId(order!));
  await first.log.record([
    { subject, draft: { kind: 'dispatched', data: { crew: asCrewId(crew!) } }, by: null },
    { subject, draft: { kind: 'arrived', data: { crew: asCrewId(crew!) } }, by: null },
  ]);
  first.close();
  const state = read('select state from order_row');

  const raw = new Sqlite(databaseFile(dir));
  // What was kept before facts of every stage, times of holdings and reopenings were.
  raw.exec(`update order_row set state = json_remove(state, '$.facts[0]', '$.holdings[0].from', '$.reopened', '$.etr');
    delete from due; pragma user_version = 0`);
  raw.close();
  expect(read('select state from order_row')).not.toBe(state);

  const second = open();
  expect(read('select state from order_row')).toBe(state);
  clock.advance(600 * 60_000);
  expect(await createOverdue(second).tick(clock())).toBeGreaterThan(0);
  expect(await second.verify(() => {})).toMatchObject({ damages: 0 });
  second.close();
  rmSync(dir, { recursive: true });
});
