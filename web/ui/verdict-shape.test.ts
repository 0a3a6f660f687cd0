import { expect, test } from 'vitest';

import { type ShapeInput, verdictShape } from './verdict-shape.ts';

/** What is left of a mark in grey-scale: its outline and what stands inside. */
const outline = (input: ShapeInput): string =>
  verdictShape(input)
    .filter(({ role }) => role === 'line' || role === 'fill')
    .map(({ d }) => d)
    .join(' ');

test('every verdict has an outline of its own, so it is told without colour', () => {
  const looks: readonly ShapeInput[] = [
    { look: 'running' },
    { look: 'running', silent: true },
    { look: 'soon' },
    { look: 'missed' },
    { look: 'unknown' },
  ];
  expect(new Set(looks.map(outline)).size).toBe(looks.length);
});

test('met and running share the calm circle and differ inside: a tick or a share', () => {
  expect(outline({ look: 'met' })).toBe(outline({ look: 'running', share: 0.4 }));
  expect(verdictShape({ look: 'met' }).map(({ role }) => role)).not.toContain('share');
});

test('the share used is the shape of a running clock', () => {
  const shares = [0, 0.1, 0.25, 0.5, 0.75, 1].map((share) =>
    verdictShape({ look: 'running', share }).find(({ role }) => role === 'share'),
  );
  expect(new Set(shares.map((part) => part?.d)).size).toBe(shares.length);
});

test('missed without evidence is the same square, empty', () => {
  const roles = (bare: boolean) => verdictShape({ look: 'missed', bare }).map(({ role }) => role);
  expect(roles(true)).toEqual(['line', 'glyph']);
  expect(roles(false)).toEqual(['fill', 'glyph']);
  expect(outline({ look: 'missed', bare: true })).toBe(outline({ look: 'missed' }));
});

test('a share outside its bounds is drawn as empty or full, never as a broken path', () => {
  expect(verdictShape({ look: 'running', share: 3 })).toEqual(verdictShape({ look: 'running', share: 1 }));
  expect(verdictShape({ look: 'running', share: -1 })).toEqual(verdictShape({ look: 'running', share: 0 }));
  expect(verdictShape({ look: 'running', share: Number.NaN })).toEqual(verdictShape({ look: 'running', share: 0 }));
});

test('only missed is a solid square, only unknown and silent are dashed', () => {
  const strokes = (input: ShapeInput): number =>
    verdictShape(input)
      .filter(({ role }) => role === 'line')
      .flatMap(({ d }) => d.match(/M/g) ?? []).length;
  expect(strokes({ look: 'unknown' })).toBeGreaterThan(8);
  expect(strokes({ look: 'running', silent: true })).toBe(8);
  for (const look of ['met', 'running', 'soon'] as const) expect(strokes({ look })).toBe(1);
});
