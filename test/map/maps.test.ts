import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { describe, expect, onTestFinished, test } from 'vitest';

import { parseConfig } from '../../server/config.ts';
import { addPack, createMapFolder } from '../../server/maps/map-folder.ts';
import { MapList } from '../../shared/api/maps.ts';
import { aServer } from '../api/harness.ts';
import { smallPack } from './small-pack.ts';

async function aFolder(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'relight-maps-'));
  onTestFinished(() => rm(dir, { recursive: true }));
  return dir;
}

describe('the maps of a data directory', () => {
  test('are listed with what cannot be drawn and why, and checked again when a file has changed', async () => {
    const dir = await aFolder();
    const folder = createMapFolder(dir);
    expect(await folder.list()).toEqual({ packs: [], refused: [] });
    await mkdir(join(dir, 'maps'));
    await writeFile(join(dir, 'maps', '城区.pmtiles'), smallPack());
    await writeFile(join(dir, 'maps', 'old.pmtiles'), smallPack({ version: 4 }));
    await writeFile(join(dir, 'maps', 'city.geojson'), '{}');
    const first = await folder.list();
    expect(first.packs.map(({ name, url }) => [name, decodeURIComponent(url)])).toEqual([
      ['城区', '/maps/城区.pmtiles'],
    ]);
    expect(first.refused).toEqual([{ name: 'old', reason: expect.stringContaining('version 4') as string }]);
    await writeFile(join(dir, 'maps', 'old.pmtiles'), Buffer.concat([smallPack(), Buffer.alloc(3)]));
    expect((await folder.list()).packs.map(({ name }) => name)).toEqual(['old', '城区']);
  });

  test('take only what can be drawn, whole or not at all', async () => {
    const dir = await aFolder();
    const file = join(dir, 'x.pmtiles');
    await writeFile(file, smallPack({ tileType: 2 }));
    expect(await addPack(dir, file, 'x')).toMatchObject({ ok: false, error: { code: 'tileType' } });
    expect(await createMapFolder(dir).list()).toEqual({ packs: [], refused: [] });
    await writeFile(file, smallPack());
    expect(await addPack(dir, file, 'x')).toMatchObject({ ok: true });
    expect((await createMapFolder(dir).list()).packs).toHaveLength(1);
  });
});

describe('tiles of another server', () => {
  const tiles = {
    TILE_URL: 'https://tiles.example:8443/{z}/{x}/{y}.png',
    TILE_ATTRIBUTION: '某某地图',
    TILE_SHIFT: 'gcj02',
  };

  test('are told to whoever is signed in, and only pictures of their very origin may be loaded', async () => {
    const server = await aServer(tiles);
    const answer = await server.call('/v1/maps', { token: await server.tablet('k1') });
    expect(MapList.parse(await answer.json()).online).toEqual({
      url: tiles.TILE_URL,
      attribution: '某某地图',
      shift: 'gcj02',
    });
    const policy = answer.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("img-src 'self' blob: https://tiles.example:8443;");
    expect(policy.match(/tiles\.example/g)).toHaveLength(1);
  });

  test.each([
    'https://tiles.example/{z}/{x}.png',
    'ftp://tiles.example/{z}/{x}/{y}',
    'https://{s}.example/{z}/{x}/{y}',
  ])('are not set to %s', (TILE_URL) => {
    expect(parseConfig({ TILE_URL })).toMatchObject({ ok: false, error: [{ setting: 'TILE_URL' }] });
  });
});
