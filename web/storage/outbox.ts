import { replacesLast } from '#shared/engine/clock-chain.ts';
import {
  isCopyOf,
  type Mark,
  type OutboxMeta,
  type OutboxRow,
  type OutboxStorage,
  type Stored,
} from '#shared/engine/ports.ts';
import type { WriterId } from '#shared/ids.ts';

import type { CopyEntry } from './copied.ts';
import type { Database, Reading, Writing } from './database.ts';
import { createOutboxDb, eventKey, metaOf, type OutboxStores } from './outbox-db.ts';
import type { SecondCopy } from './second-copy.ts';
import { stored } from './storage-problem.ts';

/**
 * `ballast`: bytes to reserve; 0 reserves nothing. `random`: bytes that do not compress. `copy`: opens a second copy, which
 * has every event too before it is said to be saved; without one, or where it fails, the database is all there is.
 * `rest`: fulfilled when the page has nothing more urgent to do than to open that copy unasked.
 */
export type OutboxOptions = {
  readonly name: string;
  readonly ballast: number;
  random(count: number): Uint8Array;
  copy?(db: Database<OutboxStores>): Promise<SecondCopy>;
  rest?(): Promise<void>;
};

/** What an app reserves: some 2,000 events in both copies, with what the database needs around them. */
export const BALLAST_BYTES = 4 * 1024 * 1024;

/**
 * The outbox in IndexedDB, every write in one strict transaction. `roomy`: nothing had to be given up for an event, or it
 * could be reserved again; otherwise what else is stored here must not grow.
 */
export function createOutboxStorage(
  options: OutboxOptions,
): OutboxStorage & { close(): void; roomy(): Promise<boolean> } {
  const db = createOutboxDb(options.name);
  let opening: Promise<SecondCopy | null> | null = null;
  /** Opened when it is needed, or when the page has come to rest. */
  const copy = (): Promise<SecondCopy | null> =>
    (opening ??= (options.copy?.(db) ?? Promise.resolve(null)).catch(() => null));
  const copied = async (...entries: readonly CopyEntry[]): Promise<void> => void (await (await copy())?.add(entries));
  const readAll = (): ReturnType<OutboxStorage['load']> =>
    db.read(['events', 'taps', 'meta'], async (access) => ({
      meta: await current(access),
      rows: await access.all('events'),
      taps: await access.all('taps'),
    }));

  let turns = 0;

  /** When the space has run out, the reserve is given up for what a person has just done. */
  const withReserve = async <T>(write: () => Promise<T>): Stored<T> => {
    const first = await stored(db, write);
    if (first.ok || first.error !== 'full') return first;
    const freed = await stored(db, () => db.write(['ballast'], (access) => access.clear('ballast')));
    if (!freed.ok) return first;
    const second = await stored(db, write);
    // Written down after the event: before it, this could be what does not fit any more.
    await stored(db, () =>
      db.write(['ballast'], (access) => access.put('ballast', { id: GIVEN_UP, bytes: new Uint8Array() })),
    );
    return second;
  };
  /** Whether the reserve is there, or could be made. */
  const reserve = async (): Promise<boolean> => {
    const there = await db.read(['ballast'], (access) => access.get('ballast', HELD));
    if (options.ballast === 0 || there) return true;
    const bytes = new Uint8Array(options.ballast);
    // The platform gives at most 64 KiB of chance at a time.
    for (let at = 0; at < bytes.length; at += CHANCE)
      bytes.set(options.random(Math.min(CHANCE, bytes.length - at)), at);
    const put = await stored(db, () =>
      db.write(['ballast'], async (access) => {
        await access.put('ballast', { id: HELD, bytes });
        await access.remove('ballast', GIVEN_UP);
      }),
    );
    return put.ok;
  };
  /** Given up, or thrown away with the database, in an earlier life of this page. */
  const reserveAgain = async (): Promise<void> => {
    await options.rest?.();
    await copy();
    if (await db.read(['meta'], current)) await reserve();
  };
  void reserveAgain().catch(() => undefined);

  /** `from`: it is copied, unless that was done before. */
  const append = async (
    make: (n: number, writer: WriterId) => OutboxRow,
    tap: string | null,
    read?: () => Mark,
    from?: OutboxRow,
  ): Stored<OutboxRow> => {
    // What only the copy has gets its numbers back before another one is given out (I3).
    await copy();
    let made: OutboxRow | null = null;
    const appended = await withReserve(() =>
      db.write(['events', 'taps', 'meta', 'marks'], async (access) => {
        const meta = await current(access);
        if (!meta) throw new Error('the outbox has no writer yet');
        // A first try whose answer was lost may have been stored after all.
        const before = made && (await access.get('events', eventKey(made)));
        if (before && before.hash === made?.hash) return before;
        const known = from && (await access.all('events')).find((row) => isCopyOf(row, from));
        if (known) return known;
        if (from && !(await access.get('events', eventKey(from)))) throw new Error('what was to be copied is gone');
        const row = make(meta.counter + 1, meta.writer);
        made = row;
        await access.add('events', row);
        await access.put('meta', { ...meta, counter: row.n, current: true });
        if (tap !== null) await access.remove('taps', tap);
        if (read) await writeDown(access, read());
        return row;
      }),
    );
    if (appended.ok)
      await copied({ is: 'row', row: appended.value }, ...(tap === null ? [] : [{ is: 'noTap', id: tap } as const]));
    return appended;
  };

  return {
    close: () => db.close(),
    roomy: async () => !(await db.read(['ballast'], (access) => access.get('ballast', GIVEN_UP))) || reserve(),
    async load() {
      const held = await readAll();
      // An outbox that was never begun, or one the browser threw away: the copy knows.
      return held.meta === null && (await copy()) ? readAll() : held;
    },
    async recovered() {
      await options.rest?.();
      return (await copy())?.recovered ?? 0;
    },
    facts: () =>
      db.read(['events', 'taps', 'meta'], async (access) => {
        const states = (await access.all('events')).map(({ state }) => state.is);
        return {
          meta: await current(access),
          openTaps: await access.count('taps'),
          waiting: states.filter((is) => is === 'waiting').length,
          parked: states.filter((is) => is === 'parked').length,
          earlier: (await access.all('meta')).filter((row) => !row.current),
        };
      }),
    async begin(writer, registered, goneAt) {
      const turn = ((await copy())?.turn ?? 0) + (turns += 1);
      const begun = await stored(db, () =>
        db.write(['meta'], async (access) => {
          const known = await access.get('meta', writer);
          const gone = goneAt ?? (await current(access))?.goneAt;
          return makeCurrent(access, {
            writer,
            counter: known?.counter ?? 0,
            registered,
            ...(gone === undefined ? {} : { goneAt: gone }),
          });
        }),
      );
      if (begun.ok) await copied({ is: 'writer', meta: begun.value, turn });
      await reserve().catch(() => undefined);
      return begun;
    },
    append,
    copy: (from, make) => append(make, null, undefined, from),
    setStates: (changes) =>
      stored(db, () =>
        db.write(['events'], async (access) => {
          for (const change of changes) {
            const row = await access.get('events', eventKey(change));
            if (row) await access.put('events', { ...row, state: change.state });
          }
          return null;
        }),
      ),
    async remove(rows) {
      // The copy first: what it has and the database lacks is taken for lost.
      await copied(...rows.map(({ writer, n }) => ({ is: 'gone', writer, n }) as const));
      return stored(db, () =>
        db.write(['events'], async (access) => {
          for (const row of rows) await access.remove('events', eventKey(row));
          return null;
        }),
      );
    },
    async erase(rows) {
      const erased = await stored(db, () =>
        db.write(['events'], async (access) => {
          for (const { bytes, ...key } of rows) {
            const row = await access.get('events', eventKey(key));
            if (row) await access.put('events', { ...row, bytes, state: { ...row.state, erased: true } });
          }
          return null;
        }),
      );
      // Behind the database: what it has is what a copy is begun anew with. Not done now, it is done at the next start.
      if (erased.ok) await (await copy())?.renew().catch(() => undefined);
      return erased;
    },
    async keepTap(make, read) {
      const kept = await withReserve(() =>
        db.write(['taps', 'marks'], async (access) => {
          const tap = make();
          await access.put('taps', tap);
          if (read) await writeDown(access, read());
          return tap;
        }),
      );
      if (kept.ok) await copied({ is: 'tap', tap: kept.value });
      return kept;
    },
    async dropTap(id) {
      await copied({ is: 'noTap', id });
      return stored(db, () => db.write(['taps'], (access) => access.remove('taps', id).then(() => null)));
    },
    mark: (read, keep) =>
      stored(db, () =>
        db.write(['marks'], async (access) => {
          await writeDown(access, read());
          const over = (await access.count('marks')) - keep;
          if (over > 0)
            for (const { id } of (await access.all('marks')).slice(0, over))
              if (id !== undefined) await access.remove('marks', id);
          return null;
        }),
      ),
    marks: () => db.read(['marks'], (access) => access.all('marks')),
  };
}

async function writeDown(access: Writing<OutboxStores>, mark: Mark): Promise<void> {
  const [last, first] = await Promise.all((await access.lastKeys('marks', 2)).map((key) => access.get('marks', key)));
  if (last?.id !== undefined && replacesLast(first, last, mark)) await access.put('marks', { ...mark, id: last.id });
  else await access.add('marks', mark);
}

async function current(access: Reading<OutboxStores>): Promise<OutboxMeta | null> {
  const row = (await access.all('meta')).find((one) => one.current);
  return row ? metaOf(row) : null;
}

async function makeCurrent(access: Writing<OutboxStores>, meta: OutboxMeta): Promise<OutboxMeta> {
  for (const row of await access.all('meta'))
    if (row.current && row.writer !== meta.writer) await access.put('meta', { ...row, current: false });
  await access.put('meta', { ...meta, current: true });
  return meta;
}

const CHANCE = 65_536;
/** Keys of the reserve: itself, and the note that it was given up. */
const [HELD, GIVEN_UP] = [1, 2];
