import { existsSync } from 'node:fs';

import Sqlite from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';

import type { RedactionRow } from './log-tables.ts';
import { redaction } from './schema-redaction.ts';

/** What a database file knows to be redacted; nothing, where it cannot be read or is older than that. */
export function redactionsIn(file: string): readonly RedactionRow[] {
  if (!existsSync(file)) return [];
  const sqlite = new Sqlite(file, { readonly: true });
  try {
    return drizzle({ client: sqlite }).select().from(redaction).all();
  } catch {
    return [];
  } finally {
    sqlite.close();
  }
}
