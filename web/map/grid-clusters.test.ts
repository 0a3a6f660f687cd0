import { expect, test } from 'vitest';

import type { VerdictLook } from '../ui/verdict-shape.ts';
import { gridClusters, middleOf, type Placed, withoutOverlap } from './grid-clusters.ts';

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

test('no face of a cluster lies over another one, and nobody is lost by that', () => {
  const all = Array.from({ length: 200 }, (_, n) => placed(String(n), 'running', (n * 37) % 500, (n * 91) % 400));
  const clusters = withoutOverlap(gridClusters(all, 60, null), null);
  expect(clusters.flatMap(({ members }) => members.map(({ order }) => order.id)).toSorted()).toEqual(
    all.map(({ order }) => order.id).toSorted(),
  );
  const middles = clusters.map(middleOf);
  const over = middles.filter((a, at) =>
    middles.slice(at + 1).some((b) => Math.abs(a.x - b.x) < 60 && Math.abs(a.y - b.y) < 28),
  );
  expect(over).toEqual([]);
  const two = withoutOverlap(gridClusters([placed('a', 'soon', 59), placed('b', 'missed', 61)], 60, null), null);
  expect(two.map(({ worst, members }) => [worst.id, members.length])).toEqual([['b', 2]]);
});

test('beside a crowd the chosen order is still itself', () => {
  const grid = gridClusters([placed('a', 'missed', 59), placed('b', 'running', 61)], 60, 'b');
  expect(withoutOverlap(grid, 'b')).toHaveLength(2);
});
