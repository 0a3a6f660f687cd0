import { and, eq } from 'drizzle-orm';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';

import type { Point } from '#shared/event/parts.ts';
import type { CrewId } from '#shared/ids.ts';
import { err, ok, type Result } from '#shared/result.ts';

import { slot, type Connection } from './connection.ts';
import { tracker } from './schema-map.ts';
import { whole } from './whole.ts';

/** `at`: time of the fix, `rcv`: when it came here; server time, ms. */
export type TrackerFix = Point & { readonly at: number; readonly rcv: number };

/** Trackers in vans. Each function is one transaction. */
export type Trackers = {
  /** Makes a tracker, or gives it to another crew or under another key; its earlier fix is forgotten then. */
  readonly put: (row: {
    readonly id: string;
    readonly keyHash: string;
    readonly crew: CrewId;
    readonly madeAt: number;
  }) => Promise<void>;
  /** Keeps where a tracker is, unless a later fix is known. Unknown: no tracker of this name has this key. */
  readonly keepFix: (
    who: { readonly id: string; readonly keyHash: string },
    fix: TrackerFix,
    leastMs: number,
  ) => Promise<Result<'kept' | 'older', 'unknown' | 'tooSoon'>>;
};

export function createTrackers({ db, write, prepared }: Connection): Trackers {
  return {
    put: (row) =>
      whole(() => {
        const fresh = { lat: null, lon: null, acc: null, at: null, rcv: null };
        const put = db
          .insert(tracker)
          .values({ ...row, ...fresh })
          .onConflictDoUpdate({ target: tracker.id, set: { keyHash: row.keyHash, crew: row.crew, ...fresh } });
        write(() => put.run());
      }),
    keepFix: ({ id, keyHash }, fix, leastMs) =>
      whole(() => {
        const known = prepared(trackerOf).get({ id, keyHash });
        if (!known) return err('unknown');
        if (known.rcv !== null && fix.rcv - known.rcv < leastMs) return err('tooSoon');
        if (known.at !== null && known.at > fix.at) return ok('older');
        const { lat, lon, acc, at, rcv } = fix;
        write(() => prepared(putFix).run({ id, lat, lon, acc: acc ?? null, at, rcv }));
        return ok('kept');
      }),
  };
}

const trackerOf = (db: BetterSQLite3Database) =>
  db
    .select({ at: tracker.at, rcv: tracker.rcv })
    .from(tracker)
    .where(and(eq(tracker.id, slot('id')), eq(tracker.keyHash, slot('keyHash'))))
    .prepare();

const putFix = (db: BetterSQLite3Database) =>
  db
    .update(tracker)
    .set({
      lat: slot('lat'),
      lon: slot('lon'),
      acc: slot('acc'),
      at: slot('at'),
      rcv: slot('rcv'),
    })
    .where(eq(tracker.id, slot('id')))
    .prepare();
