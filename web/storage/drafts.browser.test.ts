import { expect, test } from 'vitest';

import { openDrafts } from './drafts.ts';

test('what was begun is there when the page is opened anew, the last word of it; what is forgotten is not', async () => {
  const name = `drafts-${crypto.randomUUID()}`;
  const before = await openDrafts(name);
  expect(before.read('noted.A7K-1')).toBeNull();
  before.keep('noted.A7K-1', '门');
  before.keep('noted.A7K-1', '门锁着');
  before.keep('explained.A7K-1', '等');
  before.keep('explained.A7K-1', '');
  await before.settled();
  const after = await openDrafts(name);
  expect([after.read('noted.A7K-1'), after.read('explained.A7K-1')]).toEqual(['门锁着', null]);
});
