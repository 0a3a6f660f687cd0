import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { keepBuild, keptBuildsFolder } from './kept-builds.ts';

const DAY = 24 * 60 * 60_000;
const START = Date.parse('2026-11-21T12:00:00Z');
let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'relight-builds-'));
});
afterEach(() => rmSync(home, { recursive: true }));

const dataDir = (): string => join(home, 'data');
const kept = (): readonly string[] => readdirSync(join(keptBuildsFolder(dataDir()), 'assets')).toSorted();

/** A deployment: another folder, with nothing of the build before it, and a server that starts on it. */
async function deploy(name: string, day: number): Promise<void> {
  const dist = join(home, `${name}-${day}`);
  mkdirSync(join(dist, 'assets'), { recursive: true });
  for (const file of ['crew', 'map']) writeFileSync(join(dist, 'assets', `${file}-${name}.js`), name);
  writeFileSync(join(dist, 'assets', 'logo-same.png'), 'same');
  await keepBuild({ dist, dataDir: dataDir(), now: START + day * DAY });
}

const filesOf = (...names: string[]): readonly string[] =>
  [...names.flatMap((name) => [`crew-${name}.js`, `map-${name}.js`]), 'logo-same.png'].toSorted();

test('each build stays for 30 days from when it was replaced, and the last three however long', async () => {
  await deploy('a', 0);
  await deploy('b', 100);
  expect(kept()).toEqual(filesOf('a', 'b'));
  await deploy('c', 101);
  await deploy('d', 102);
  await deploy('e', 103);
  expect(kept()).toEqual(filesOf('a', 'b', 'c', 'd', 'e'));
  await deploy('f', 129.9);
  expect(kept()).toEqual(filesOf('a', 'b', 'c', 'd', 'e', 'f'));
  await deploy('g', 131.5);
  expect(kept()).toEqual(filesOf('c', 'd', 'e', 'f', 'g'));
  await deploy('h', 500);
  expect(kept()).toEqual(filesOf('f', 'g', 'h'));
});

test('a server that starts again changes nothing; going back to an earlier build keeps the one that was tried', async () => {
  await deploy('a', 0);
  await deploy('b', 1);
  await deploy('b', 40);
  expect(kept()).toEqual(filesOf('a', 'b'));
  await deploy('a', 41);
  await deploy('a', 60);
  await deploy('c', 70);
  expect(kept()).toEqual(filesOf('a', 'b', 'c'));
});

test('a list that was torn, or a copy that broke off, loses no file', async () => {
  await deploy('a', 0);
  await deploy('b', 1);
  writeFileSync(join(keptBuildsFolder(dataDir()), 'builds.json'), '[{"files":["crew');
  rmSync(join(keptBuildsFolder(dataDir()), 'assets', 'map-b.js'));
  await deploy('b', 2);
  expect(kept()).toEqual(filesOf('a', 'b'));
});
