import { existsSync } from 'node:fs';

import Sqlite from 'better-sqlite3';

/**
 * Makes a database one file with nothing beside it. False: somebody has it open. What is no database at all is nobody's.
 */
export function isOutOfUse(file: string): boolean {
  if (!existsSync(file)) return true;
  const sqlite = new Sqlite(file, { timeout: 1_000 });
  try {
    // Only the last connection may leave the write-ahead log.
    sqlite.pragma('journal_mode = DELETE');
    return true;
  } catch (error) {
    if (hasCode(error, 'SQLITE_BUSY')) return false;
    if (hasCode(error, 'SQLITE_NOTADB') || hasCode(error, 'SQLITE_CORRUPT')) return true;
    throw error;
  } finally {
    sqlite.close();
  }
}

const hasCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && String(error.code).startsWith(code);
