import type { Chance } from '../../server/demo/chance.ts';

/** A few times, from the second day on, texts of some order are erased. `endMs`: from the beginning. */
export const drawRedactions = (chance: Chance, endMs: number) =>
  Array.from({ length: chance.whole(1, 4) }, () => ({
    at: chance.between(1 / 14, 1) * endMs,
    on: -1,
    is: 'redact' as const,
    pick: chance.unit(),
  }));
