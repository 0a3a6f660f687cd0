import { max } from 'drizzle-orm';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';

import type { Activation } from '#shared/sla/pack-for.ts';

import type { Connection } from './connection.ts';
import { pack } from './schema.ts';

/** The rule packs that were put in force, in log order; read again only when there is another. */
export function createPacksInForce(connection: Connection): () => readonly Activation[] {
  let last = 0;
  let known: readonly Activation[] = [];
  return () => {
    const now = connection.prepared(lastPack).get()?.q ?? 0;
    if (now !== last) known = connection.prepared(allPacks).all();
    last = now;
    return known;
  };
}

const lastPack = (db: BetterSQLite3Database) =>
  db
    .select({ q: max(pack.q) })
    .from(pack)
    .prepare();

const allPacks = (db: BetterSQLite3Database) =>
  db.select({ from: pack.fromAt, pack: pack.pack }).from(pack).orderBy(pack.q).prepare();
