import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, expect, test } from 'vitest';

import { openStore } from '../store/open-store.ts';
import { makeBackup } from './backup.ts';

const HOUR_S = 3_600;
const folder = mkdtempSync(join(tmpdir(), 'relight-backup-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('what a killed process left of its copy goes with the next one that is whole; one under way stays', async () => {
  const dir = join(folder, 'backups');
  mkdirSync(dir);
  const left = (name: string, hoursAgo: number): void => {
    writeFileSync(join(dir, name), 'half a copy');
    const at = Date.now() / 1_000 - hoursAgo * HOUR_S;
    utimesSync(join(dir, name), at, at);
  };
  left('relight-20261122T010000-41.part', 2);
  left('relight-20261122T010000-41.part-journal', 2);
  left('relight-20261122T020000-42.part', 0.5);
  const store = openStore(join(folder, 'data'), { clock: Date.now, random: (bytes) => new Uint8Array(bytes).fill(5) });
  const made = await makeBackup({ backups: store.backups, dir, now: Date.UTC(2026, 10, 22, 3) });
  store.close();
  expect(made).toMatchObject({ ok: true, value: { q: 1, safe: 1 } });
  expect(readdirSync(dir).toSorted()).toEqual(['relight-20261122T020000-42.part', 'relight-20261122T030000-q1.db']);
});
