import { expect, test } from 'vitest';

import type { VerdictLook } from '../ui/verdict-shape.ts';
import { gridClusters, type Placed } from './grid-clusters.ts';

const placed = (id: string, look: VerdictLook, x: number, y = 0): Placed => ({
  order: { id, point: { lat: 0, lon: 0 }, look, word: '', title: '' },
  x,
  y,
});

test('a cluster wears the face of its worst member and says how many are as bad', () => {
  const [cluster] = gridClusters([placed('a', 'met', 1), placed('b', 'missed', 2), placed('c', 'soon', 3)], 60, null);
  expect([cluster?.worst.id, cluster?.count, cluster?.members.length]).toEqual(['b', 1, 3]);
});

test('silence is worse than being due, and less than being over', () => {
  const worst = (...looks: VerdictLook[]) =>
    gridClusters(
      looks.map((look, index) => placed(String(index), look, index)),
      60,
      null,
    )[0]?.worst.look;
  expect([worst('soon', 'unknown'), worst('unknown', 'missed'), worst('running', 'soon')]).toEqual([
    'unknown',
    'missed',
    'soon',
  ]);
});

test('every order is in exactly one cluster, also left of and above the origin', () => {
  const all = Array.from({ length: 200 }, (_, n) =>
    placed(String(n), 'running', ((n * 37) % 500) - 250, ((n * 91) % 400) - 200),
  );
  const seen = gridClusters(all, 60, null).flatMap(({ members }) => members.map(({ order }) => order.id));
  expect(seen.toSorted()).toEqual(all.map(({ order }) => order.id).toSorted());
});

test('the chosen order is never swallowed', () => {
  const clusters = gridClusters([placed('a', 'missed', 1), placed('b', 'running', 2)], 60, 'b');
  expect(clusters.map(({ members }) => members.length)).toEqual([1, 1]);
});
