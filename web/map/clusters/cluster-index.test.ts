import { describe, expect, test } from 'vitest';

import { createClusterIndex } from './cluster-index.ts';
import { LOOKS, type Box, type ClusterMark } from './cluster-model.ts';

const WORLD: Box = [-180, -90, 180, 90];
const look = (name: (typeof LOOKS)[number]): number => LOOKS.indexOf(name);
const point = (id: string, name: (typeof LOOKS)[number], lat: number, lon: number) => ({
  id,
  look: look(name),
  lat,
  lon,
});

function indexOf(...points: ReturnType<typeof point>[]) {
  const index = createClusterIndex();
  index.change(points, []);
  return index;
}
const at = (index: ReturnType<typeof createClusterIndex>, zoom: number, chosen: string | null = null) =>
  index.marks({ box: WORLD, zoom, chosen });

/** A town of orders, the same each time. */
const TOWN = Array.from({ length: 400 }, (_, n) =>
  point(`N${n}`, LOOKS[n % LOOKS.length] ?? 'met', 31 + ((n * 37) % 211) / 900, 113 + ((n * 91) % 223) / 900),
);

describe('orders in groups', () => {
  test('a group wears the face of its worst member and says how many are as bad', () => {
    const [mark] = at(
      indexOf(point('a', 'met', 31, 113), point('b', 'missed', 31, 113), point('c', 'soon', 31, 113)),
      10,
    );
    expect(mark).toMatchObject({ worst: 'b', asBad: 1, count: 3, look: look('missed') });
  });

  test('silence is worse than being due, and less than being over', () => {
    const worst = (...names: (typeof LOOKS)[number][]) =>
      LOOKS[at(indexOf(...names.map((name, n) => point(`${n}`, name, 31, 113))), 10)[0]?.look ?? 0];
    expect([worst('soon', 'unknown'), worst('unknown', 'missed'), worst('running', 'soon')]).toEqual([
      'unknown',
      'missed',
      'soon',
    ]);
  });

  test.each([4, 8, 10, 11, 12, 13, 14])(
    'at zoom %i every order is in exactly one mark, and asking finds it there',
    (zoom) => {
      const index = indexOf(...TOWN);
      const marks = at(index, zoom);
      const ids = marks.flatMap(({ key }) => index.members(key, zoom));
      expect(ids.toSorted()).toEqual(TOWN.map(({ id }) => id).toSorted());
      for (const { key, count } of marks) expect(index.members(key, zoom)).toHaveLength(count);
    },
  );

  test.each([10, 12, 14])('at zoom %i no face lies over another one', (zoom) => {
    const marks = at(indexOf(...TOWN), zoom);
    const over = marks.filter((a, n) => marks.slice(n + 1).some((b) => near(a, b, zoom)));
    expect(over).toEqual([]);
  });

  test('from close up each stands alone, and only what is at one place is one mark', () => {
    const index = indexOf(...TOWN, point('same', 'missed', TOWN[0]?.lat ?? 0, TOWN[0]?.lon ?? 0));
    const box: Box = [112.99, 30.99, 113.05, 31.05];
    const marks = index.marks({ box, zoom: 17, chosen: null });
    expect(marks.filter(({ count }) => count > 1).map(({ key }) => index.members(key, 17))).toEqual([['N0', 'same']]);
  });

  test('the chosen order is never swallowed, and counted nowhere else', () => {
    const marks = at(indexOf(...TOWN), 10, 'N7');
    expect(marks.filter(({ key }) => key === 'N7')).toHaveLength(1);
    expect(marks.reduce((sum, { count }) => sum + count, 0)).toBe(TOWN.length);
  });

  test('a mark keeps its key and place while only verdicts change', () => {
    const index = indexOf(...TOWN);
    const before = at(index, 11);
    index.change(
      TOWN.slice(0, 100).map((one) => ({ ...one, look: look('missed') })),
      [],
    );
    const places = (marks: readonly ClusterMark[]) =>
      marks.map(({ key, lat, lon, count }) => `${key} ${lat} ${lon} ${count}`);
    expect(places(at(index, 11)).toSorted()).toEqual(places(before).toSorted());
  });

  test('what is gone is gone', () => {
    const index = indexOf(...TOWN);
    index.change([], ['N3', 'N4']);
    expect(at(index, 11).reduce((sum, { count }) => sum + count, 0)).toBe(TOWN.length - 2);
  });

  test('of thousands in one view no more marks are made than can be told apart', () => {
    const crowd = Array.from({ length: 5_000 }, (_, n) =>
      point(`C${n}`, 'running', 31 + ((n * 37) % 997) / 40_000, 113 + ((n * 91) % 991) / 40_000),
    );
    const marks = at(indexOf(...crowd), 16);
    expect(marks.length).toBeLessThan(300);
    expect(marks.reduce((sum, { count }) => sum + count, 0)).toBe(5_000);
  });
});

/** Would two faces of 64 × 30 px lie over each other? */
function near(a: ClusterMark, b: ClusterMark, zoom: number): boolean {
  const size = 256 * 2 ** zoom;
  const y = ({ lat }: ClusterMark): number => (Math.asinh(Math.tan((lat * Math.PI) / 180)) / (2 * Math.PI)) * size;
  const dx = (Math.abs(a.lon - b.lon) / 360) * size;
  return dx < 63.9 && Math.abs(y(a) - y(b)) < 29.9;
}
