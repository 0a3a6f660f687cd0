import { expect, test, vi } from 'vitest';

import type { Subject } from '#shared/ids.ts';

import { createIntervals } from './intervals.ts';

const [ONE, TWO] = ['order:A7K-1' as Subject, 'order:A7K-2' as Subject];

test('while much comes it is shown at intervals, all of it, and the last at once', async () => {
  const shown: unknown[] = [];
  const told = createIntervals(80, (changed) => shown.push(changed));
  told([ONE], true);
  expect(shown).toEqual([[ONE]]);
  told([ONE], true);
  told([TWO], true);
  expect(shown.length).toBe(1);
  // Nothing more comes, the network is gone: what came is shown all the same.
  await vi.waitFor(() => expect(shown).toEqual([[ONE], [ONE, TWO]]), { interval: 5 });
  told([ONE], true);
  told('all', false);
  told([TWO], false);
  expect(shown.slice(2)).toEqual(['all', [TWO]]);
});
