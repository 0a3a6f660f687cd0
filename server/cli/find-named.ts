import { err, ok, type Result } from '#shared/result.ts';

import { failed, type Complaint } from './verb.ts';

type Named = { readonly id: string; readonly name: string };

/** The one of `all` that `typed` means: its id, or its name if only one has it. `what`: unit, crew or person. */
export function findNamed<T extends Named>(all: readonly T[], typed: string, field: string): Result<T, Complaint> {
  const found = all.filter(({ id, name }) => id === typed || name === typed);
  const [one, other] = found;
  if (one && !other) return ok(one);
  if (one)
    return err(failed(field, `several are named “${typed}”: say the id, ${found.map(({ id }) => id).join(' or ')}`));
  const known = all.slice(0, 20).map(({ name }) => `“${name}”`);
  return err(failed(field, `there is no “${typed}”; known: ${known.join(', ') || 'none yet'}`));
}
