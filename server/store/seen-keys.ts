import Sqlite from 'better-sqlite3';

/** Which keys a file has brought so far, and on which line first; on disk, so that a file of any size fits. */
export type SeenKeys = {
  /** The line that brought `key` first, or null if this is the first. */
  readonly earlier: (key: string, line: number) => number | null;
  readonly close: () => void;
};

export function createSeenKeys(): SeenKeys {
  // An empty name is a database in a temporary file that goes with the connection.
  const sqlite = new Sqlite('');
  sqlite.pragma('journal_mode = OFF');
  sqlite.pragma('synchronous = OFF');
  sqlite.exec('create table seen (key text primary key, line integer not null) without rowid; begin');
  const add = sqlite.prepare<[string, number]>('insert into seen values (?, ?) on conflict do nothing');
  const find = sqlite.prepare<[string], { line: number }>('select line from seen where key = ?');
  return {
    earlier: (key, line) => (add.run(key, line).changes === 1 ? null : (find.get(key)?.line ?? null)),
    close: () => {
      sqlite.close();
    },
  };
}
