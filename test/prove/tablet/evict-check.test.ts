import { expect, test } from 'vitest';

import { wrongAfter, type Evicted } from './evict-check.ts';

const made = ['accepted', 'departed', 'arrived'];
const whole: Evicted = { way: 'outbox', made, arrived: made, says: '全部已收', offline: 'the orders' };

test('what arrived once, and what is gone and named, is right', () => {
  expect(wrongAfter(whole)).toEqual([]);
  expect(
    wrongAfter({ ...whole, way: 'databases and files', made, arrived: [], says: '本机记录至少少了 2 件' }),
  ).toEqual([]);
  expect(wrongAfter({ ...whole, way: 'everything', made, arrived: [], says: '浏览器清空过本机存储' })).toEqual([]);
});

test('a doctored history is found out', () => {
  expect(wrongAfter({ ...whole, arrived: [...made, 'arrived'] }).length).toBe(1);
  expect(wrongAfter({ ...whole, offline: 'the enrol page' }).length).toBe(1);
  expect(wrongAfter({ ...whole, arrived: ['accepted'], says: '本机记录至少少了 2 件' }).length).toBe(1);
  expect(
    wrongAfter({ ...whole, way: 'databases and files', made, arrived: [], says: '本机记录至少少了 4 件' }).length,
  ).toBe(1);
  expect(wrongAfter({ ...whole, way: 'everything', made, arrived: [], says: '全部已收' }).length).toBe(1);
  expect(wrongAfter({ ...whole, way: 'everything', made, arrived: [], says: '登记这台平板' }).length).toBe(1);
});
