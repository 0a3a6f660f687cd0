import { createHash } from 'node:crypto';

import type { Random } from './random.ts';

/** The same bytes on every run with the same seed. */
export function fakeRandom(seed: string): Random {
  let drawn = 0;
  return (bytes) => {
    const blocks = Array.from({ length: Math.ceil(bytes / 32) }, () =>
      createHash('sha256').update(`${seed}:${drawn++}`).digest(),
    );
    return new Uint8Array(Buffer.concat(blocks).subarray(0, bytes));
  };
}
