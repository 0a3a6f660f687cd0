import { expect, test } from 'vitest';

import { reloadProblem, updateProblems } from './update-check.ts';

test('what is lost and what is doubled is named', () => {
  expect(updateProblems(['a', 'b'], ['x', 'b', 'a'])).toEqual([]);
  expect(updateProblems(['a', 'b', 'c'], ['b', 'c', 'b'])).toEqual([
    '“a” was saved and is lost',
    '“b” is in the log 2 times',
  ]);
});

test('a page that was loaded anew, runs other code or lost a word is seen', () => {
  const page = { mark: 'm', build: 1, typed: '变压器' };
  expect(reloadProblem(page, { ...page })).toBeNull();
  expect(reloadProblem(page, { ...page, mark: null })).toMatch('loaded anew');
  expect(reloadProblem(page, { ...page, build: 2 })).toMatch('runs code of 2');
  expect(reloadProblem(page, { ...page, typed: '' })).toMatch('was typed');
});
