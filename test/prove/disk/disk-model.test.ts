import { expect, test } from 'vitest';

import { seeded } from '../../e2e/seeded.ts';
import { createDiskModel } from './disk-model.ts';
import type { DiskOp } from './disk-trace.ts';

const SEED = 7;
const write = (at: number, text: string): DiskOp => ({ is: 'write', fd: 1, at, bytes: Buffer.from(text) });
const opened: DiskOp = { is: 'open', fd: 1, path: '/d/a', create: true, empty: false };
const folder: DiskOp = { is: 'open', fd: 2, path: '/d', create: false, empty: false };
const sync = (fd: number): DiskOp => ({ is: 'sync', fd });

/** Every different state that a thousand power cuts leave: contents of the file, null: it is not there. */
function states(ops: readonly DiskOp[]): Set<string | null> {
  const disk = createDiskModel(new Map());
  ops.forEach(disk.apply);
  const random = seeded(SEED);
  return new Set(Array.from({ length: 1_000 }, () => disk.crash(random).get('/d/a')?.toString() ?? null));
}

test('what was synced is always there', () => {
  expect(states([opened, folder, write(0, 'one'), sync(1), sync(2)])).toEqual(new Set(['one']));
});

test('a synced file whose name was not synced may be gone', () => {
  expect(states([opened, write(0, 'one'), sync(1)])).toEqual(new Set(['one', null]));
});

test('changes that were not synced may be there in any choice, and so may the length alone', () => {
  const left = states([opened, folder, sync(2), write(0, 'aa'), sync(1), write(0, 'bb'), write(2, 'cc')]);
  expect(left).toEqual(new Set(['aa', 'bb', 'aacc', 'bbcc', 'aa\0\0', 'bb\0\0']));
});

test('a write is torn at sectors', () => {
  const left = [...states([opened, folder, sync(2), sync(1), write(0, 'x'.repeat(1_024))])];
  expect(left).toContain('x'.repeat(512));
  expect(left).toContain('\0'.repeat(512) + 'x'.repeat(512));
  expect(left.every((text) => [0, 512, 1_024].includes(text?.length ?? 0))).toBe(true);
});

test('a file that was removed may come back until its folder is synced', () => {
  const before: DiskOp[] = [opened, folder, write(0, 'one'), sync(1), sync(2), { is: 'unlink', path: '/d/a' }];
  expect(states(before)).toEqual(new Set(['one', null]));
  expect(states([...before, sync(2)])).toEqual(new Set([null]));
});

test('a renamed file is under the one name or the other', () => {
  const disk = createDiskModel(new Map([['/d/b', Buffer.from('old')]]));
  [opened, folder, write(0, 'new'), sync(1), sync(2)].forEach(disk.apply);
  disk.apply({ is: 'rename', from: '/d/a', to: '/d/b' });
  const random = seeded(SEED);
  const left = new Set(Array.from({ length: 200 }, () => disk.crash(random).get('/d/b')?.toString()));
  expect(left).toEqual(new Set(['old', 'new']));
  expect(disk.now().get('/d/b')?.toString()).toBe('new');
});
