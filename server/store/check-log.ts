import { CHAIN_START, chainNext } from '#shared/canonical.ts';
import { envelopeHash, idOf } from '#shared/event/envelope.ts';

import type { LogLine } from './log-pages.ts';

/** Something that is not as it was written. `q`: where in the log, null outside it. */
export type Damage = { readonly q: number | null; readonly what: string };

export type LogCheck = {
  /** The next events, in order. */
  readonly add: (lines: readonly LogLine[]) => void;
  /** Position and chain value reached. */
  readonly end: () => { readonly q: number; readonly chain: string };
};

/** Reads a log from its start: every position is there (I1), every text is what was hashed, every hash is chained (I12). */
export function createLogCheck(damaged: (damage: Damage) => void): LogCheck {
  let q = 0;
  let chain = CHAIN_START;
  return {
    add: (lines) => {
      for (const line of lines) {
        if (line.q !== q + 1) damaged({ q: line.q, what: `follows position ${q}: positions are missing between` });
        if (envelopeHash(line.text) !== line.hash) damaged({ q: line.q, what: 'its text is not what was hashed' });
        const expected = chainNext(chain, idOf(line.event), line.hash);
        if (line.chain !== expected) damaged({ q: line.q, what: 'its chain value does not follow' });
        q = line.q;
        // Going on from the stored value shows one break as one.
        chain = line.chain;
      }
    },
    end: () => ({ q, chain }),
  };
}
