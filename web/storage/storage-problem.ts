import type { Dexie } from 'dexie';

import type { StorageProblem, Stored } from '#shared/engine/ports.ts';
import { err, ok } from '#shared/result.ts';

/**
 * A write as data. Only the promise of the whole transaction counts: a request inside may have succeeded although the
 * commit failed, and the quota error then stands inside an AbortError (I7).
 */
export async function stored<T>(db: Dexie, write: () => PromiseLike<T>): Stored<T> {
  try {
    return ok(await write());
  } catch (error) {
    if (!lostConnection(error)) return err(problemOf(error));
  }
  try {
    db.close({ disableAutoOpen: false });
    await db.open();
    return ok(await write());
  } catch (error) {
    return err(problemOf(error));
  }
}

export function problemOf(error: unknown): StorageProblem {
  return names(error).includes('QuotaExceededError') ? 'full' : 'failed';
}

/** The browser drops idle connections and sometimes its whole storage process: open again and try once more. */
const lostConnection = (error: unknown): boolean =>
  names(error).some((name) => ['DatabaseClosedError', 'InvalidStateError', 'UnknownError'].includes(name));

/** The names of an error and of the errors inside it. */
function names(error: unknown, depth = 0): readonly string[] {
  if (typeof error !== 'object' || error === null || depth > 4) return [];
  const name = 'name' in error && typeof error.name === 'string' ? [error.name] : [];
  const inner = 'inner' in error ? names(error.inner, depth + 1) : [];
  return [...name, ...inner];
}
