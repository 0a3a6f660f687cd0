import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { type Box, IN_PLACE, type Shift, standAside } from './stand-aside.ts';

const VIEW: Box = { x: 400, y: 400, halfWidth: 500, halfHeight: 500 };
const none = { taken: [], view: VIEW, before: new Map<string, Shift>() };
const van = (key: string, x: number, y: number) => ({ key, box: { x, y, halfWidth: 20, halfHeight: 11 } });

describe('marks that would cover each other', () => {
  test('a mark alone stands at its place', () => {
    expect(standAside([van('3', 50, 50)], none).get('3')).toEqual(IN_PLACE);
  });

  test('the second of two stands aside, the first stays', () => {
    const shifts = standAside([van('3', 50, 50), van('5', 55, 52)], none);
    expect(shifts.get('3')).toEqual(IN_PLACE);
    expect(covers([van('3', 50, 50), van('5', 55, 52)], shifts)).toBe(false);
  });

  test('what stays is not covered', () => {
    const group: Box = { x: 60, y: 50, halfWidth: 35, halfHeight: 14 };
    const shift = standAside([van('3', 50, 50)], { ...none, taken: [group] }).get('3') ?? IN_PLACE;
    expect(Math.abs(50 + shift.y - group.y) >= 25 || Math.abs(50 + shift.x - group.x) >= 55).toBe(true);
  });

  test('a mark keeps its side while that is free, and goes home when its place is', () => {
    const before = new Map([['5', { x: 0, y: 28 }]]);
    expect(standAside([van('3', 50, 50), van('5', 55, 52)], { ...none, before }).get('5')).toEqual({ x: 0, y: 28 });
    expect(standAside([van('5', 55, 52)], { ...none, before }).get('5')).toEqual(IN_PLACE);
  });

  test('who stands aside stays in sight, and who stands at its place is left there', () => {
    const view: Box = { x: 100, y: 100, halfWidth: 100, halfHeight: 100 };
    const corner: Box = { x: 20, y: 20, halfWidth: 30, halfHeight: 30 };
    const { x, y } = standAside([van('3', 20, 20)], { ...none, taken: [corner], view }).get('3') ?? IN_PLACE;
    expect([20 + x - 20 >= 0, 20 + y - 11 >= 0]).toEqual([true, true]);
    expect(standAside([van('3', 5, 5)], { ...none, view }).get('3')).toEqual(IN_PLACE);
  });

  test('where there is no room, all are still shown, each once', () => {
    const crowd = Array.from({ length: 60 }, (_, at) => van(String(at), 50, 50));
    expect(standAside(crowd, none).size).toBe(60);
  });

  test('law: as long as three at most lie near each other, none covers another', () => {
    const place = fc.record({ x: fc.integer({ min: 0, max: 800 }), y: fc.integer({ min: 0, max: 800 }) });
    fc.assert(
      fc.property(fc.array(place, { maxLength: 3 }), (places) => {
        const vans = places.map(({ x, y }, at) => van(String(at), x, y));
        expect(covers(vans, standAside(vans, none))).toBe(false);
      }),
    );
  });
});

function covers(vans: readonly { readonly key: string; readonly box: Box }[], shifts: ReadonlyMap<string, Shift>) {
  const boxes = vans.map(({ key, box }) => {
    const shift = shifts.get(key) ?? IN_PLACE;
    return { ...box, x: box.x + shift.x, y: box.y + shift.y };
  });
  return boxes.some((a, at) =>
    boxes
      .slice(at + 1)
      .some(
        (b) => Math.abs(a.x - b.x) < a.halfWidth + b.halfWidth && Math.abs(a.y - b.y) < a.halfHeight + b.halfHeight,
      ),
  );
}
