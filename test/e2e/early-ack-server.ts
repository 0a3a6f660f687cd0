import Sqlite, { type Database } from 'better-sqlite3';

/**
 * A deliberately broken server for the negative control: everything it writes stays in one open transaction that is
 * committed a fifth of a second later, so it acknowledges before it commits. Nothing else differs.
 */
const COMMIT_LATE_MS = 200;

// oxlint-disable-next-line typescript/unbound-method -- called with the database it belongs to
const honest = Sqlite.prototype.transaction;

Sqlite.prototype.transaction = function transaction(this: Database, work: (...args: unknown[]) => unknown) {
  const part = honest.call(this, work);
  const run = (...args: unknown[]): unknown => {
    if (!this.inTransaction) {
      this.exec('BEGIN IMMEDIATE');
      setTimeout(() => {
        if (this.open && this.inTransaction) this.exec('COMMIT');
      }, COMMIT_LATE_MS);
    }
    return part(...args);
  };
  return Object.assign(run, { default: run, deferred: run, immediate: run, exclusive: run });
} as typeof honest;

await import('../../server/main.ts');
