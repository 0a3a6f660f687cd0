/** The code of an error that the database gave, `SQLITE_…`; null: it came from elsewhere. */
function sqliteCode(error: unknown): string | null {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  return typeof code === 'string' && code.startsWith('SQLITE_') ? code : null;
}

/** What the work itself did wrong, such as a second row with one key. Anything else is the database's own trouble. */
const OF_THE_WORK = ['SQLITE_CONSTRAINT', 'SQLITE_TOOBIG', 'SQLITE_MISMATCH', 'SQLITE_RANGE', 'SQLITE_ERROR'];

/**
 * Whether the storage failed and not what was done with it. SQLite may have undone the whole transaction by then, and
 * what is still written would stand alone: nobody may catch this and go on.
 */
export function isStorageFailure(error: unknown): boolean {
  const code = sqliteCode(error);
  return code !== null && !OF_THE_WORK.some((own) => code.startsWith(own));
}

/** Whether the disk did not do what it was told. What it says of the same file from here on is not to be believed. */
export const isDiskBroken = (error: unknown): boolean => sqliteCode(error)?.startsWith('SQLITE_IOERR') ?? false;
