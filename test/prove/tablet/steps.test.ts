import { expect, test } from 'vitest';

import { newSteps, until, within } from './steps.ts';

const never = (): Promise<never> => Promise.race<never>([]);

test('what never ends is given up, and named', async () => {
  await expect(within('a page', 10, never())).rejects.toThrow('a page: not within 0.01 s');
  await expect(newSteps().run('a step', never, 10)).rejects.toThrow('a step: not within');
  expect(await within('a page', 1_000, Promise.resolve('there'))).toBe('there');
});

test('a probe that never answers does not hold up the limit, and one that throws is asked again', async () => {
  await expect(until('a worker', 30, never)).rejects.toThrow('a worker: not within 0.03 s');
  let asked = 0;
  await until('a worker', 5_000, () => {
    asked += 1;
    if (asked === 1) return Promise.reject(new Error('the page is being loaded'));
    return Promise.resolve(asked === 2);
  });
  expect(asked).toBe(2);
});
