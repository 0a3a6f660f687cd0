import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';

import { fakeClock } from '../device/fake-clock.ts';
import { fakeRandom } from '../device/fake-random.ts';
import { databaseFile, openStore } from './open-store.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'relight-store-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const open = () => openStore(dir, { clock: fakeClock(1_800_000_000_000), random: fakeRandom('store') });

test('a new data directory names its history and its own writer, and keeps both when opened again', async () => {
  const first = open();
  const before = await first.log.head();
  first.close();
  const second = open();
  expect(await second.log.head()).toEqual(before);
  expect(before).toMatchObject({ q: 1, safe: null });
  expect(await second.roster.deviceOf(before.process)).toBe(`${before.process}-1`);
  second.close();
});

test('two connections write under one writer without a gap, and each notices the other', async () => {
  const [server, command] = [open(), open()];
  expect(server.foreignCommit()).toBe(false);
  const unit = { kind: 'unitMade', data: { name: '城东', level: 'district', parent: null } } as const;
  await command.log.record([{ subject: null, draft: unit, by: null }]);
  expect(server.foreignCommit()).toBe(true);
  expect(server.foreignCommit()).toBe(false);
  const [id] = await server.log.record([{ subject: null, draft: unit, by: null }]);
  const head = await server.log.head();
  expect(id).toBe(`${head.process}-3`);
  expect(head.q).toBe(3);
  server.close();
  command.close();
});

test('asking waits for nobody who writes: what is missing, what is due, how far the log is', async () => {
  const store = open();
  const { process, q } = await store.log.head();
  const needed = await store.log.need(process, 3);
  const other = new Sqlite(databaseFile(dir));
  other.exec('begin immediate');
  // Each would wait for the lock, and fail, if it wanted to write.
  expect(needed).toEqual([[2, 3]]);
  expect(await store.log.need(process, 3)).toEqual(needed);
  const judge = () => ({ drafts: [], next: null });
  expect(await store.overdue.judgeDue(Number.MAX_SAFE_INTEGER, 1, judge)).toEqual({ looked: 0, written: 0 });
  expect(await store.log.head()).toMatchObject({ q });
  other.exec('rollback');
  other.close();
  store.close();
});
