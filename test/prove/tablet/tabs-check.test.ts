import { expect, test } from 'vitest';

import type { LogLine } from '../../e2e/custody-check.ts';
import { flushersAtOnce, tabProblems } from './tabs-check.ts';

const line = (n: number, text: string): LogLine => ({
  q: n,
  writer: 'A7K',
  n,
  hash: 'h',
  chain: 'c',
  kind: 'noted',
  data: { text },
});
const saved = ['a 0', 'b 0'];
const log = [line(1, 'a 0'), line(2, 'b 0')];

test('what was saved and is there once is right', () => {
  expect(tabProblems(saved, log)).toEqual([]);
});

test('a doctored log is found out: a note missing, one twice under two numbers, one number twice', () => {
  expect(tabProblems(saved, log.slice(0, 1))).toEqual(['lost: b 0']);
  expect(tabProblems(saved, [...log, line(3, 'a 0')])).toEqual(['a 0 is there 2 times']);
  expect(tabProblems(saved, [...log, { ...line(2, 'c 0'), q: 3 }]).join()).toContain('doubled: A7K-2');
});

test('two pages sending at one moment are counted, one after the other are not', () => {
  const one = { page: 'p', from: 0, to: 10, events: 1 };
  expect(flushersAtOnce([one, { ...one, page: 'q', from: 10, to: 20 }])).toBe(1);
  expect(flushersAtOnce([one, { ...one, page: 'q', from: 9, to: 20 }])).toBe(2);
  expect(flushersAtOnce([one, { ...one, from: 5 }])).toBe(1);
});
