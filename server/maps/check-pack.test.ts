import { describe, expect, test } from 'vitest';

import { smallPack, type SmallPack } from '../../test/map/small-pack.ts';
import { checkPack, packRefusalText, type PackRefusal } from './check-pack.ts';

const check = (bytes: Buffer) =>
  checkPack({
    size: bytes.length,
    source: {
      getKey: () => 'a pack',
      getBytes: (offset, length) => {
        const part = new Uint8Array(bytes.subarray(offset, offset + length));
        return Promise.resolve({ data: part.buffer });
      },
    },
  });

describe('an archive of street tiles', () => {
  test('is accepted with what it says of itself, its attribution as plain text', async () => {
    const attribution = '<a href="https://x.example" onclick="alert(1)">&copy; OpenStreetMap</a> et al.';
    expect(await check(smallPack({ metadata: { attribution } }))).toEqual({
      ok: true,
      value: { bounds: [-10, -10, 10, 10], minZoom: 0, maxZoom: 0, attribution: '© OpenStreetMap et al.' },
    });
  });

  test('without an attribution is credited to OpenStreetMap', async () => {
    expect(await check(smallPack())).toMatchObject({ value: { attribution: '© OpenStreetMap' } });
  });

  test.each<[PackRefusal['code'], SmallPack]>([
    ['version', { version: 4 }],
    ['tileType', { tileType: 2 }],
    ['tileType', { tileType: 6 }],
    ['tileType', { tileType: 200 }],
    ['compression', { tileCompression: 3 }],
    ['noTiles', { empty: true }],
    ['noStreets', { layer: 'test_fixture_1pmtiles' }],
  ])('is refused: %s, %o', async (code, what) => {
    const found = await check(smallPack(what));
    expect(found).toMatchObject({ ok: false, error: { code } });
    expect(found.ok ? '' : packRefusalText(found.error)).toMatch(/\w+ \w+/);
  });

  test('is refused when empty, when something else, and wherever it was cut off', async () => {
    const whole = smallPack();
    expect(await check(Buffer.alloc(0))).toMatchObject({ error: { code: 'empty' } });
    expect(await check(Buffer.from('SQLite format 3'))).toMatchObject({ error: { code: 'notPmtiles' } });
    for (let length = 1; length < whole.length; length += 1)
      expect((await check(whole.subarray(0, length))).ok).toBe(false);
  });

  test('with any byte changed is read or refused, and never breaks the check', async () => {
    const whole = smallPack({ metadata: { attribution: 'somebody' } });
    for (let at = 0; at < whole.length; at += 1) {
      const broken = Buffer.from(whole);
      broken[at] = (broken[at] ?? 0) ^ 0xff;
      expect(typeof (await check(broken)).ok).toBe('boolean');
    }
  });
});
