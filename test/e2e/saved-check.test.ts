import { expect, test } from 'vitest';

import { savedProblems } from './saved-check.ts';

const ids = ['A7K-1', 'A7K-2', 'A7K-3'];

test('an outbox that holds all it showed, and what it had no time to show, is right', () => {
  expect(savedProblems(['A7K-1', 'A7K-2'], { ids, counter: 3 })).toEqual([]);
});

test('a doctored history is found out', () => {
  expect(savedProblems(['A7K-4'], { ids, counter: 3 })).toEqual(['A7K-4 was shown as saved and is lost']);
  expect(savedProblems([], { ids: ['A7K-1', 'A7K-3'], counter: 3 })).toEqual(['number 2 was given out and is missing']);
  expect(savedProblems(['A7K-1', 'A7K-1'], { ids, counter: 3 })).toEqual(['A7K-1 was given out twice']);
  expect(savedProblems([], { ids, counter: 2 })).toEqual(['number 3 is ahead of its counter']);
});
