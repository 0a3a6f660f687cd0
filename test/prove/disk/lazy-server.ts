import Sqlite, { type Database } from 'better-sqlite3';

/** A deliberately careless server for the negative control: it believes that it syncs each commit, and does not. */
// oxlint-disable-next-line typescript/unbound-method -- called with the database it belongs to
const honest = Sqlite.prototype.pragma;

Sqlite.prototype.pragma = function pragma(this: Database, source, options) {
  if (source === 'synchronous = FULL') return honest.call(this, 'synchronous = NORMAL', options);
  return source === 'synchronous' ? 2 : honest.call(this, source, options);
};

await import('../../../server/main.ts');
