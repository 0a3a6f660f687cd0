import { expect, test } from 'vitest';

import { shortNames } from './short-names.ts';

const short = (...names: string[]): string[] => [...shortNames(new Map(names.map((name) => [name, name]))).values()];

test('what all crews share is left out', () => {
  expect(short('抢修3班', '抢修6班', '抢修12班')).toEqual(['3', '6', '12']);
  expect(short('Crew 3', 'Crew 6')).toEqual(['3', '6']);
});

test('numbers are never cut', () => {
  expect(short('抢修12班', '抢修13班')).toEqual(['12', '13']);
  expect(short('1组21', '1组31')).toEqual(['1组21', '1组31']);
});

test('a single crew, or one without a difference, keeps its name', () => {
  expect(short('抢修3班')).toEqual(['抢修3班']);
  expect(short('抢修', '抢修3')).toEqual(['抢修', '3']);
});
