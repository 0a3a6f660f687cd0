import { and, asc, desc, eq, gt, inArray, isNotNull, isNull, sql } from 'drizzle-orm';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';

import type { Subject, WriterId } from '#shared/ids.ts';

import { atMost, slot, type Connection } from './connection.ts';
import type { Held } from './log-tables.ts';
import { history, quarantine } from './schema.ts';
import { whole } from './whole.ts';

/**
 * As it lies there. `id`: its reference without the H. `rcv`: first receipt, server time, ms. `releasedQ`: its position in
 * the log, null: not there. `hash`, `subject`: of what could be read as an event. `receipt`: number of the readings that came with it.
 */
export type HeldRow = Required<Held> & {
  readonly id: number;
  readonly rcv: number;
  readonly releasedQ: number | null;
};

export type HeldFilter = {
  readonly code?: Held['code'] | undefined;
  readonly writer?: WriterId | undefined;
  /** Also what has entered the log since. */
  readonly released?: boolean | undefined;
};

/** What could not enter the log. Each function is one transaction. */
export type HeldRows = {
  /** Behind number `after`, in the order of arrival, at most `limit`. */
  readonly list: (filter: HeldFilter, after: number, limit: number) => Promise<readonly HeldRow[]>;
  readonly get: (ids: readonly number[]) => Promise<readonly HeldRow[]>;
  /** How many of each code are not in the log. */
  readonly count: () => Promise<readonly { readonly code: Held['code']; readonly count: number }[]>;
  /** Held because one of these subjects was not there, or not this crew's: at most `limit`, oldest first. */
  readonly waitingFor: (subjects: readonly Subject[], limit: number) => Promise<readonly HeldRow[]>;
  /** What was gathered after a restore, in the order it had before: by history (one unknown here is a later one), then position; what had none comes last. */
  readonly gathered: (limit: number) => Promise<readonly HeldRow[]>;
};

export function createHeldRows({ db, read, prepared }: Connection): HeldRows {
  return {
    list: ({ code, writer, released = false }, after, limit) =>
      whole(() =>
        db
          .select()
          .from(quarantine)
          .where(
            and(
              gt(quarantine.id, after),
              code === undefined ? undefined : eq(quarantine.code, code),
              writer === undefined ? undefined : eq(quarantine.writer, writer),
              released ? undefined : open(),
            ),
          )
          .orderBy(asc(quarantine.id))
          .limit(limit)
          .all()
          .map(heldRow),
      ),
    get: (ids) =>
      whole(() =>
        db
          .select()
          .from(quarantine)
          .where(inArray(quarantine.id, [...ids]))
          .orderBy(asc(quarantine.id))
          .all()
          .map(heldRow),
      ),
    count: () =>
      whole(() =>
        db
          .select({ code: quarantine.code, count: sql<number>`count(*)` })
          .from(quarantine)
          .where(open())
          .groupBy(quarantine.code)
          .orderBy(quarantine.code)
          .all(),
      ),
    waitingFor: (subjects, limit) =>
      whole(() => {
        const about = { subjects: JSON.stringify(subjects) };
        // Asked with every push, and hardly ever is there anything.
        if (!prepared(anyWaiting).get(about)) return [];
        return prepared(waiting)
          .all({ ...about, limit })
          .map(heldRow);
      }),
    gathered: (limit) =>
      whole(() =>
        read(() =>
          db
            .select({ row: quarantine })
            .from(quarantine)
            .leftJoin(history, eq(history.epoch, quarantine.layEpoch))
            .where(and(eq(quarantine.code, 'gathering'), open()))
            .orderBy(
              desc(isNotNull(quarantine.layQ)),
              desc(isNotNull(history.id)),
              asc(history.id),
              asc(quarantine.layQ),
              asc(quarantine.id),
            )
            .limit(limit)
            .all()
            .map(({ row }) => heldRow(row)),
        ),
      ),
  };
}

const open = () => isNull(quarantine.releasedQ);

const waitsForAny = () =>
  and(
    sql`${quarantine.subject} in (select value from json_each(${slot('subjects')}))`,
    inArray(quarantine.code, ['noSubject', 'notAllowed']),
    open(),
  );

const anyWaiting = (db: BetterSQLite3Database) =>
  db.select({ id: quarantine.id }).from(quarantine).where(waitsForAny()).limit(atMost(1)).prepare();

const waiting = (db: BetterSQLite3Database) =>
  db.select().from(quarantine).where(waitsForAny()).orderBy(asc(quarantine.id)).limit(atMost('limit')).prepare();

export type StoredHeld = Omit<typeof quarantine.$inferSelect, 'rawHash'>;

export const heldRow = ({ layEpoch, layQ, ...row }: StoredHeld): HeldRow => ({
  ...row,
  lay: layEpoch !== null && layQ !== null ? { epoch: layEpoch, q: layQ } : null,
});
