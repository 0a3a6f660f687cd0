import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import Sqlite from 'better-sqlite3';
import { afterAll, expect, test } from 'vitest';

import { openConnection } from './connection.ts';
import { readLog } from './log-pages.ts';
import { databaseFile, openStore } from './open-store.ts';
import { createProjection } from './projection.ts';
import { sqliteTables } from './sqlite-tables.ts';
import { isDiskBroken, isStorageFailure } from './storage-failure.ts';

const folder = mkdtempSync(join(tmpdir(), 'relight-storage-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const failing = (code: string): Error => new Sqlite.SqliteError('the disk', code);
const directory = (): string => mkdtempSync(join(folder, 'data-'));

test.each([
  ['SQLITE_IOERR_FSYNC', true, true],
  ['SQLITE_FULL', true, false],
  ['SQLITE_CORRUPT', true, false],
  ['SQLITE_CONSTRAINT_UNIQUE', false, false],
])('%s: the storage failed %s, the disk is broken %s', (code, storage, broken) => {
  expect(isStorageFailure(failing(code))).toBe(storage);
  expect(isDiskBroken(failing(code))).toBe(broken);
});

test('after the disk failed under a write nothing is written any more, and somebody is told once', () => {
  const told: unknown[] = [];
  const connection = openConnection(join(directory(), 'a.db'), (error) => told.push(error));
  const error = failing('SQLITE_IOERR_FSYNC');
  expect(() =>
    connection.write(() => {
      throw error;
    }),
  ).toThrow(error);
  expect(() => connection.write(() => 'written')).toThrow(error);
  expect(connection.read(() => 'read')).toBe('read');
  expect(told).toEqual([error]);
  connection.sqlite.close();
});

test('a full disk is over when there is room again', () => {
  const connection = openConnection(join(directory(), 'a.db'), () => expect.unreachable());
  expect(() =>
    connection.write(() => {
      throw failing('SQLITE_FULL');
    }),
  ).toThrow('the disk');
  expect(connection.write(() => 'written')).toBe('written');
  connection.sqlite.close();
});

test('I9 a storage that fails under a fold is no fault of the event: the transaction ends', () => {
  const dataDir = directory();
  const store = openStore(dataDir, { clock: () => 0, random: (bytes) => new Uint8Array(bytes).fill(3) });
  const connection = openConnection(databaseFile(dataDir));
  const faults: unknown[] = [];
  const onFault = (fault: unknown): void => void faults.push(fault);
  const part = (): never => {
    throw failing('SQLITE_IOERR_READ');
  };
  const projection = createProjection({ ...sqliteTables(connection), part }, onFault);
  const [line] = readLog(connection, 0, 1);
  if (!line) throw new Error('a new directory has no event');
  expect(() => projection.apply(line)).toThrow('the disk');
  expect(faults).toEqual([]);
  connection.sqlite.close();
  store.close();
});
