import { expect, test } from 'vitest';

import { asOrderId, eventId, type OrderId } from '#shared/ids.ts';

import { writer } from '../../../test/builders.ts';
import { admitRows } from './admit-rows.ts';
import { visibleRows } from './visible-rows.ts';

const id = (n: number): OrderId => asOrderId(eventId(writer('A7K'), n));
const rows = (...ns: number[]) => ns.map((n) => ({ order: { id: id(n) } }));

test('of ten thousand rows only those in sight and a few beyond exist', () => {
  const { from, to } = visibleRows(140_000, 700, 28, 10_000);
  expect([from, to]).toEqual([4_994, 5_031]);
});

test('a list that became shorter than it was scrolled shows its end', () => {
  expect(visibleRows(140_000, 700, 28, 10)).toEqual({ from: 4, to: 10 });
  expect(visibleRows(0, 700, 28, 0)).toEqual({ from: 0, to: 0 });
});

test('a new row waits while somebody points into the list, and comes when not', () => {
  const known = new Set([id(1), id(2)]);
  expect(admitRows(rows(3, 1, 2), known, true)).toEqual({ shown: rows(1, 2), fresh: 1 });
  expect(admitRows(rows(3, 1, 2), known, false)).toEqual({ shown: rows(3, 1, 2), fresh: 0 });
});
