import { expect, test } from 'vitest';

import { textKeys, textUses } from './text-keys.ts';

test('every sentence a screen asks for exists', () => {
  const known = new Set(textKeys());
  expect(textUses().filter(({ key }) => !known.has(key))).toEqual([]);
});
