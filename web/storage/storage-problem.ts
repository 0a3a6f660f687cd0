import type { StorageProblem, Stored } from '#shared/engine/ports.ts';
import { err, ok } from '#shared/result.ts';

/** A write as data: `ok` only after the whole transaction completed (I7). A lost connection is opened again, once. */
export async function stored<T>(database: { close(): void }, write: () => Promise<T>): Stored<T> {
  try {
    return ok(await write());
  } catch (error) {
    if (!LOST.includes(nameOf(error))) return err(problemOf(error));
  }
  database.close();
  try {
    return ok(await write());
  } catch (error) {
    return err(problemOf(error));
  }
}

/** The browser drops idle connections, and sometimes its whole storage process. */
const LOST: readonly string[] = ['InvalidStateError', 'UnknownError'];

const problemOf = (error: unknown): StorageProblem => (nameOf(error) === 'QuotaExceededError' ? 'full' : 'failed');

const nameOf = (error: unknown): string => (error instanceof Error || error instanceof DOMException ? error.name : '');
