import { describe, expect, test } from 'vitest';

import type { Grid } from './grid.ts';
import { readEquipment } from './read-equipment.ts';

const columns = { x: 'X', y: 'Y', feeder: 'FEEDER' };
const read = (text: string, grid: Grid = 'wgs84', names = columns) =>
  readEquipment(Buffer.from(text), { grid, columns: names });

describe('equipment of the grid', () => {
  test('measured in the older grid of Taiwan lands on its street, whatever marks stand on each line', () => {
    const file = read(
      '\uFEFFROWNUM,X,Y,FEEDER\n\uFEFF1,311100.84,2771138.572,CQ56\n\uFEFF2,311355.139,2771020.342,CQ56\n',
      'twd67',
    );
    const [first] = file.ok ? file.value.places : [];
    expect(first?.feeder).toBe('CQ56');
    // The same transformer in the public map of the same data; within ten metres.
    expect(Math.abs((first?.lat ?? 0) - 25.045294651827)).toBeLessThan(0.0001);
    expect(Math.abs((first?.lon ?? 0) - 121.61376564619)).toBeLessThan(0.0001);
  });

  test('metres never pass as degrees', () => {
    expect(read('X,Y,FEEDER\n311100.84,2771138.572,CQ56\n')).toMatchObject({
      ok: true,
      value: {
        places: [],
        refusedCount: 1,
        refused: [{ line: 2, column: 'X', why: { code: 'sayGrid', x: 311_100.84 } }],
      },
    });
  });

  test('of GeoJSON every corner counts, and what names no feeder is left out', () => {
    const feature = (feeder: string | null, coordinates: unknown) => ({
      type: 'Feature',
      properties: feeder === null ? {} : { FEEDER: feeder },
      geometry: { type: 'x', coordinates },
    });
    const features = [
      feature('北桥线', [113.1, 31.2]),
      feature('北桥线', [
        [
          [113.2, 31.2],
          [113.3, 31.3],
        ],
      ]),
      feature(null, [113, 31]),
      feature('空', []),
      { type: 'Feature' },
    ];
    expect(read(JSON.stringify({ type: 'FeatureCollection', features }))).toMatchObject({
      ok: true,
      value: {
        places: [
          { feeder: '北桥线', lat: 31.2, lon: 113.1 },
          { feeder: '北桥线', lat: 31.2, lon: 113.2 },
          { feeder: '北桥线', lat: 31.3, lon: 113.3 },
        ],
        refusedCount: 3,
        refused: [
          { line: null, column: 'features.2', why: { code: 'noProperty', value: 'FEEDER' } },
          { column: 'features.3', why: { code: 'noCoordinates' } },
          { column: 'features.4', why: { code: 'noProperty' } },
        ],
      },
    });
  });

  test.each([
    ['', { line: null, why: { code: 'fileEmpty' } }],
    [
      'A,B\n1,2\n',
      {
        line: 1,
        column: 'FEEDER',
        why: {
          code: 'columnsMissing',
          missing: [
            { field: 'feeder', column: 'FEEDER' },
            { field: 'x', column: 'X' },
            { field: 'y', column: 'Y' },
          ],
          present: ['A', 'B'],
        },
      },
    ],
    ['{"type":"Feature"}', { line: null, why: { code: 'noFeatures' } }],
    ['{not json', { why: { code: 'notJson', says: expect.stringContaining('JSON') as string } }],
  ])('a file that is “%s” is refused', (text, error) => {
    expect(read(text)).toMatchObject({ ok: false, error });
  });

  test.each([
    ['x,1,A', 'X', { code: 'notNumber', value: 'x' }],
    ['1,,A', 'Y', { code: 'halfPosition' }],
    [',,A', 'X', { code: 'noCoordinates' }],
    ['1,2,', 'FEEDER', { code: 'feederEmpty' }],
    ['"1"2,3,A', null, { code: 'textAfterQuote', nth: 1 }],
  ])('the row %s is left out by its column and reason', (row, column, why) => {
    expect(read(`X,Y,FEEDER\n${row}\n`)).toMatchObject({ value: { refused: [{ line: 2, column, why }] } });
  });
});
