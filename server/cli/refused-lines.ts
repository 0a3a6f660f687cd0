import type { Refused } from '#shared/api/import-fault.ts';

import { reasonText, refusalText } from '../import/refusal-text.ts';

type Counts = { readonly refused: readonly Refused[]; readonly refusedCount: number };

const SHOWN = 20;

/** The first rows that were refused, a line each, and how many more there are. */
export function refusedLines({ refused, refusedCount }: Counts): readonly string[] {
  const shown = refused.slice(0, SHOWN).map((one) => `  ${refusalText(one)}`);
  const more = refusedCount - shown.length;
  return more > 0 ? [...shown, `  … and ${more} more; --json lists the first ${refused.length}`] : shown;
}

/** For other programs: each with its code and facts, and its sentence for whoever reads their output. */
export const refusedInJson = ({ refused }: Counts) => ({
  refused: refused.map((one) => ({ ...one, reason: reasonText(one.why) })),
});
