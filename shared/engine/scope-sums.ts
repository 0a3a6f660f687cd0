import type { SyncAnswer, SyncRequest } from '../sync/protocol.ts';
import { addHash, emptySum, sumText } from '../sync/scope-sum.ts';
import { headsFrom, mended, type Repaired } from './mend-scope.ts';
import type { SubjectRecord } from './ports.ts';
import type { ReadModel } from './read-model.ts';

/**
 * Compares what is stored with what the server says is in scope (I13). The sum is made from what is stored, never taken
 * over; what differs is mended subject by subject, and nothing is ever thrown away for it.
 *
 *   agree ── each ten minutes, ask ──► differ ── name what is held, a slice at a time ──► mended ──► agree, ask again later
 */
export type ScopeSums = {
  /** What this request asks beside everything else. */
  readonly ask: (model: ReadModel) => Pick<SyncRequest, 'check' | 'heads'>;
  readonly repaired: (answer: SyncAnswer, request: SyncRequest, model: ReadModel) => Repaired | null;
  readonly compare: (answer: SyncAnswer, model: ReadModel) => void;
  /** There is another slice to name. */
  readonly pending: () => boolean;
  /** How often the sums differed since the page was opened. */
  readonly mismatches: () => number;
};

const EVERY_MS = 10 * 60_000;

/** `now`: ms. */
export function createScopeSums(now: () => number): ScopeSums {
  let asked = Number.NEGATIVE_INFINITY;
  let mismatches = 0;
  let after: string | null = null;

  return {
    ask: (model) => {
      const { cursor, staging } = model.meta();
      if (after !== null && cursor && !cursor.towards && !staging) {
        return { heads: headsFrom(model.records(), after) };
      }
      return now() - asked >= EVERY_MS ? { check: true } : {};
    },
    repaired: ({ repair, page }, { heads }, model) => {
      if (!heads) return null;
      after = heads.upTo;
      if (!repair || page?.reset) return null;
      return mended(model.records(), repair);
    },
    compare: ({ page }, model) => {
      if (!page?.check || model.meta().staging) return;
      asked = now();
      const { events, sum } = sumOf(model.records().values());
      if (events === page.check.events && sum === page.check.sum) return;
      mismatches += 1;
      after = '';
    },
    pending: () => after !== null,
    mismatches: () => mismatches,
  };
}

/** Of what is shown; what only waits to be erased is in no view. */
function sumOf(records: Iterable<SubjectRecord>): { readonly events: number; readonly sum: string } {
  const sum = emptySum();
  let events = 0;
  for (const { events: held, drop } of records) {
    if (drop?.why === 'archived') continue;
    events += held.length;
    for (const { hash } of held) addHash(sum, hash);
  }
  return { events, sum: sumText(sum) };
}
