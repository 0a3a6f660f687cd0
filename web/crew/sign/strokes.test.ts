import { expect, test } from 'vitest';

import { Signed } from '#shared/event/evidence.ts';
import { LIMITS } from '#shared/sync/limits.ts';

import { type Drawing, signedOf } from './strokes.ts';

const about = { crew: null, shown: ['工单 A7K-2', '幸福路18号'] };
const bytes = (value: unknown): number => new TextEncoder().encode(JSON.stringify(value)).length;

/** A pen going round and round with a trembling hand. */
function scribble(strokes: number, points: number): Drawing {
  const stroke = (turn: number) =>
    Array.from({ length: points }, (_, index) => ({
      x: 380 + 300 * Math.sin(index / 7 + turn) + (index % 5) * 3.3,
      y: 140 + 120 * Math.cos(index / 5 + turn) + (index % 3) * 4.7,
    }));
  return { width: 768, height: 280, strokes: Array.from({ length: strokes }, (_, turn) => stroke(turn)) };
}

test.each([
  ['a dot', { width: 768, height: 280, strokes: [[{ x: 10, y: 10 }]] }],
  ['a plain signature', scribble(6, 80)],
  ['a scribble of thousands of points', scribble(40, 900)],
  ['one endless stroke', scribble(1, 20_000)],
  ['more strokes than anybody makes', scribble(700, 12)],
  [
    'a huge field',
    {
      width: 9000,
      height: 3000,
      strokes: [
        [
          { x: 8999, y: 2999 },
          { x: -400, y: 7 },
        ],
      ],
    },
  ],
])('%s fits into one event and is what the catalog takes', (_, drawing) => {
  const signed = signedOf(drawing, about);
  expect(Signed.safeParse(signed).success).toBe(true);
  expect(bytes(signed)).toBeLessThan(LIMITS.eventBytes - 1_000);
});

test('long words above the field leave less room for the pen, never none', () => {
  const shown = Array.from({ length: 8 }, () => '电'.repeat(300));
  const signed = signedOf(scribble(40, 900), { ...about, shown, name: '张' });
  expect(Signed.safeParse(signed).success).toBe(true);
  expect(bytes(signed)).toBeLessThan(LIMITS.eventBytes - 1_000);
  expect(signed.strokes.length).toBeGreaterThan(10);
});

test('a straight line is its two ends, a corner stays', () => {
  const line = [0, 50, 100].map((x) => ({ x, y: x }));
  const corner = [
    { x: 0, y: 0 },
    { x: 100, y: 0 },
    { x: 100, y: 100 },
  ];
  const { strokes } = signedOf({ width: 200, height: 200, strokes: [line, corner] }, about);
  expect(strokes).toEqual([
    [0, 0, 100, 100],
    [0, 0, 100, 0, 100, 100],
  ]);
});
