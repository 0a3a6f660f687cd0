import type { OutboxMeta, OutboxRow, OutboxStorage, Stored } from '#shared/engine/ports.ts';
import type { WriterId } from '#shared/ids.ts';

import { OutboxDb } from './outbox-db.ts';
import { stored } from './storage-problem.ts';

/** `ballast`: bytes to reserve; 0 reserves nothing. `random`: bytes that do not compress. */
export type OutboxOptions = {
  readonly name: string;
  readonly ballast: number;
  random(count: number): Uint8Array;
};

/** The outbox in IndexedDB, every write in one strict transaction. */
export function createOutboxStorage(options: OutboxOptions): OutboxStorage & { close(): void } {
  const db = new OutboxDb(options.name);

  /** When the space has run out, the reserve is given up for what a person has just done. */
  const withReserve = async <T>(write: () => PromiseLike<T>): Stored<T> => {
    const first = await stored(db, write);
    if (first.ok || first.error !== 'full') return first;
    const freed = await stored(db, () => db.ballast.clear());
    return freed.ok ? stored(db, write) : first;
  };
  const reserve = async (): Promise<void> => {
    if (options.ballast === 0 || (await db.ballast.count()) > 0) return;
    const bytes = new Uint8Array(options.ballast);
    // The platform gives at most 64 KiB of chance at a time.
    for (let at = 0; at < bytes.length; at += CHANCE)
      bytes.set(options.random(Math.min(CHANCE, bytes.length - at)), at);
    await stored(db, () => db.ballast.put({ id: 1, bytes }));
  };
  const current = async (): Promise<OutboxMeta | null> => {
    const row = (await db.meta.toArray()).find((one) => one.current);
    return row ? { writer: row.writer, counter: row.counter, registered: row.registered } : null;
  };
  const makeCurrent = async (meta: OutboxMeta): Promise<void> => {
    const others = (await db.meta.toArray()).filter((row) => row.current && row.writer !== meta.writer);
    await db.meta.bulkPut(others.map((row) => ({ ...row, current: false })));
    await db.meta.put({ ...meta, key: meta.writer, current: true });
  };

  return {
    close: () => db.close(),
    load: () =>
      db.transaction('r', [db.events, db.taps, db.meta], async () => ({
        meta: await current(),
        rows: await db.events.toArray(),
        taps: await db.taps.toArray(),
      })),
    facts: () =>
      db.transaction('r', [db.events, db.taps, db.meta], async () => ({
        meta: await current(),
        openTaps: await db.taps.count(),
        parked: await db.events.filter((row) => row.state.is === 'parked').count(),
      })),
    async begin(writer, registered) {
      const begun = await stored(db, () =>
        db.transaction('rw', [db.meta], async () => {
          const known = await db.meta.get(writer);
          const meta = { writer, counter: known?.counter ?? 0, registered };
          await makeCurrent(meta);
          return meta;
        }),
      );
      await reserve().catch(() => undefined);
      return begun;
    },
    append(make, tap) {
      let made: OutboxRow | null = null;
      return withReserve(() =>
        db.transaction('rw', [db.events, db.taps, db.meta], async () => {
          const meta = await current();
          if (!meta) throw new Error('the outbox has no writer yet');
          // A first try whose answer was lost may have been stored after all.
          const before = made && (await db.events.get([made.writer, made.n]));
          if (before && made && before.hash === made.hash) return before;
          const row = make(meta.counter + 1, meta.writer);
          made = row;
          await db.events.add(row);
          await db.meta.update(meta.writer, { counter: row.n });
          if (tap !== null) await db.taps.delete(tap);
          return row;
        }),
      );
    },
    setStates: (changes) =>
      stored(db, () =>
        db.transaction('rw', [db.events], async () => {
          const rows = await db.events.bulkGet(changes.map(({ writer, n }): [WriterId, number] => [writer, n]));
          await db.events.bulkPut(
            changes.flatMap(({ state }, index) => {
              const row = rows[index];
              return row ? [{ ...row, state }] : [];
            }),
          );
          return null;
        }),
      ),
    remove: (rows) =>
      stored(db, () =>
        db.events.bulkDelete(rows.map(({ writer, n }): [WriterId, number] => [writer, n])).then(() => null),
      ),
    rename: (from, meta, rows) =>
      stored(db, () =>
        db.transaction('rw', [db.events, db.meta], async () => {
          const old = (await db.events.toArray()).filter((row) => row.writer === from);
          await db.events.bulkDelete(old.map((row): [WriterId, number] => [row.writer, row.n]));
          await db.meta.delete(from);
          await makeCurrent(meta);
          await db.events.bulkPut([...rows]);
          return null;
        }),
      ),
    keepTap: (make) =>
      withReserve(() =>
        db.transaction('rw', [db.taps], async () => {
          const tap = make();
          await db.taps.put(tap);
          return tap;
        }),
      ),
    dropTap: (id) => stored(db, () => db.taps.delete(id).then(() => null)),
    mark: (mark, keep) =>
      stored(db, () =>
        db.transaction('rw', [db.marks], async () => {
          const id = await db.marks.add(mark);
          await db.marks
            .where(':id')
            .belowOrEqual(id - keep)
            .delete();
          return null;
        }),
      ),
  };
}

const CHANCE = 65_536;
