import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { readEquipment } from '../../server/import/read-equipment.ts';
import { must } from '../../shared/result.ts';
import { acceptanceData } from './data.ts';

const data = acceptanceData();
const folder = data && join(data, 'taipower-feeder');
const columns = { x: 'X', y: 'Y', feeder: 'FEEDER' };

describe.skipIf(!folder)('transformers of Taipower', () => {
  test('of Taipei land within ten metres of where the same points are published in degrees', () => {
    const text = readFileSync(join(folder ?? '', 'TAIPEI.kml'), 'utf8');
    const published = new Map<string, [lon: number, lat: number][]>();
    for (const [, name = '', body = ''] of text.matchAll(/<name>TAIPEI ([^<]+)<\/name>(.*?)<\/Placemark>/g))
      published.set(
        name,
        [...body.matchAll(/<coordinates>([\d.]+),([\d.]+)/g)].map(([, lon, lat]) => [Number(lon), Number(lat)]),
      );
    const file = must(
      readEquipment(readFileSync(join(folder ?? '', 'TAIPEI_tr_feeder.csv')), { grid: 'twd67', columns }),
    );
    const points = [...published.values()].reduce((sum, one) => sum + one.length, 0);
    // A few feeders of the table are not on the map.
    expect([points > 15_000, file.places.length - points < 50, file.refusedCount]).toEqual([true, true, 0]);
    const onMap = file.places.filter(({ feeder }) => published.has(feeder));
    const metres = onMap.map(({ feeder, lat, lon }) => {
      const away = (published.get(feeder) ?? []).map(([x, y]) => Math.hypot((x - lon) * 100_900, (y - lat) * 110_800));
      return Math.min(...away);
    });
    // Three rows have lost digits of their coordinates; the published map leaves them out.
    expect(metres.filter((away) => away > 10)).toHaveLength(3);
  });

  test('read as degrees every one of them is refused', () => {
    const file = must(
      readEquipment(readFileSync(join(folder ?? '', 'TAINAN_tr_feeder.csv')), { grid: 'wgs84', columns }),
    );
    expect(file.places).toEqual([]);
    expect(file.refusedCount).toBeGreaterThan(40_000);
  });
});
