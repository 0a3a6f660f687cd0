import { describe, expect, test } from 'vitest';

import { CACHE_LAWS, holds, OUTBOX_LAWS } from '../../test/engine/storage-conformance.ts';
import { createMemoryCache, createMemoryOutbox } from './memory-storage.ts';

describe('the outbox in memory', () => {
  test.each(OUTBOX_LAWS)('$says', async (law) => {
    expect(await holds(law, createMemoryOutbox())).toBe(true);
  });
});

describe('the cache in memory', () => {
  test.each(CACHE_LAWS)('$says', async (law) => {
    expect(await holds(law, createMemoryCache())).toBe(true);
  });
});
