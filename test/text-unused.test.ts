import { expect, test } from 'vitest';

import { unusedKeys } from './text-keys.ts';

test('no sentence is kept that no screen says', () => {
  expect(unusedKeys()).toEqual([]);
});
