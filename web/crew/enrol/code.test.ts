import { expect, test } from 'vitest';

import { groupedCode, lettersOf } from './code.ts';

test.each([
  ['a7k2-p9qx', 'A7K2P9QX'],
  ['A7K2 P9QX', 'A7K2P9QX'],
  ['b s z', '852'],
  ['O0I1L', ''],
  ['A7K2P9QXYYY', 'A7K2P9QX'],
  ['', ''],
])('%j is read as %j', (typed, letters) => {
  expect(lettersOf(typed)).toBe(letters);
});

test('a code is shown in two groups as soon as there is a second one', () => {
  expect(['', 'A7K2', 'A7K2P', 'A7K2P9QX'].map(groupedCode)).toEqual(['', 'A7K2', 'A7K2-P', 'A7K2-P9QX']);
});
