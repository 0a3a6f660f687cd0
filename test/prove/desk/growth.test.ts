import { expect, test } from 'vitest';

import { growthOf } from './growth.ts';

const every30s = (mb: (n: number) => number) => Array.from({ length: 20 }, (_, n) => ({ s: n * 30, mb: mb(n) }));

test('what swings and stays is flat, also when the beginning was smaller', () => {
  expect(growthOf(every30s((n) => (n < 3 ? 30 : 50 + (n % 2)))).flat).toBe(true);
});

test('a page that keeps every order it ever saw is caught', () => {
  const leak = growthOf(every30s((n) => 50 + n * 0.4));
  expect(leak).toMatchObject({ perHour: 48, flat: false });
});

test('of two looks nothing can be said', () => {
  expect(growthOf(every30s(() => 50).slice(0, 2)).flat).toBe(false);
});
