import fc from 'fast-check';
import { expect, test } from 'vitest';

import { beside, type Box } from './beside.ts';

const view = { width: 1440, height: 900 };
const card = { width: 420, height: 200 };
const GAP = 16;

const anchors = fc
  .record({
    left: fc.integer({ min: 0, max: 1400 }),
    top: fc.integer({ min: 0, max: 860 }),
    width: fc.integer({ min: 1, max: 1440 }),
    height: fc.integer({ min: 1, max: 900 }),
  })
  .map((box): Box => {
    return { ...box, width: Math.min(box.width, 1440 - box.left), height: Math.min(box.height, 900 - box.top) };
  });

test('a card never covers what it speaks about while any side has room for it, and never leaves the view', () => {
  fc.assert(
    fc.property(anchors, (anchor) => {
      const at = beside(anchor, card, view, GAP);
      expect(at.left).toBeGreaterThanOrEqual(0);
      expect(at.top).toBeGreaterThanOrEqual(0);
      expect(at.left + card.width).toBeLessThanOrEqual(view.width);
      expect(at.top + card.height).toBeLessThanOrEqual(view.height);
      expect(hasRoom(anchor) && overlaps(anchor, { ...at, ...card })).toBe(false);
    }),
  );
});

test('what fills the view has the card in its last corner', () => {
  const full = { left: 0, top: 0, ...view };
  expect(beside(full, card, view, GAP)).toEqual({ left: 1440 - 420 - 16, top: 900 - 200 - 16 });
});

const hasRoom = ({ left, top, width, height }: Box): boolean =>
  top >= card.height + 2 * GAP ||
  view.height - top - height >= card.height + 2 * GAP ||
  left >= card.width + 2 * GAP ||
  view.width - left - width >= card.width + 2 * GAP;

const overlaps = (a: Box, b: Box): boolean =>
  a.left < b.left + b.width && b.left < a.left + a.width && a.top < b.top + b.height && b.top < a.top + a.height;
