import { createMemoryCache, createMemoryOutbox } from '#shared/engine/memory-storage.ts';
import type { CacheStorage, Mark, OutboxRow, OutboxStorage, StorageProblem } from '#shared/engine/ports.ts';
import { err } from '#shared/result.ts';

import type { DiskStep } from './history.ts';

/** What a machine stores, step by step, so that it can be copied, and thrown away in part. */
export type Disk = {
  readonly outbox: OutboxStorage;
  readonly cache: CacheStorage;
  readonly steps: readonly DiskStep[];
  /** How much still fits, from now on. */
  readonly limit: (room: Room) => void;
  /** `mirrorToo`: what was noted beside it is gone as well. */
  readonly evict: (what: 'cache' | 'all', mirrorToo: boolean) => Promise<void>;
  readonly rows: () => Promise<readonly OutboxRow[]>;
  /** Another one with the same on it. */
  readonly copy: () => Promise<Disk>;
};

/** How many more writes each store takes; null: as many as come. */
export type Room = { readonly outbox: number | null; readonly cache: number | null };
export const ROOMY: Room = { outbox: null, cache: null };
type Store = keyof Room;
type Bare = DiskStep extends infer S ? (S extends DiskStep ? Omit<S, 'at'> : never) : never;

export async function createDisk(now: () => number, before: readonly DiskStep[] = []): Promise<Disk> {
  const steps: DiskStep[] = [...before];
  let left: Room = ROOMY;
  let inner = await replay(before);

  const note = (step: Bare): void => void steps.push({ at: now(), ...step });
  const isFull = (store: Store): boolean => {
    const room = left[store];
    if (room === null) return false;
    left = { ...left, [store]: Math.max(0, room - 1) };
    return room <= 0;
  };
  const full = (): { ok: false; error: StorageProblem } => ({ ok: false, error: 'full' });

  const outbox: OutboxStorage = {
    load: () => inner.outbox.load(),
    facts: () => inner.outbox.facts(),
    marks: () => inner.outbox.marks(),
    async begin(writer, registered, goneAt) {
      if (isFull('outbox')) return full();
      note({ is: 'begin', writer, registered, ...(goneAt === undefined ? {} : { goneAt }) });
      return inner.outbox.begin(writer, registered, goneAt);
    },
    async append(make, tap, read) {
      if (isFull('outbox')) return full();
      const seen = watch(read);
      const done = await inner.outbox.append(make, tap, seen.read);
      if (done.ok) note({ is: 'append', row: done.value, tap, mark: seen.mark() });
      return done;
    },
    async copy(from, make) {
      if (isFull('outbox')) return full();
      let made: OutboxRow | null = null;
      const done = await inner.outbox.copy(from, (n, writer) => (made = make(n, writer)));
      if (done.ok && made) note({ is: 'append', row: done.value, tap: null, mark: null });
      return done;
    },
    async setStates(changes) {
      if (isFull('outbox')) return full();
      note({ is: 'states', changes });
      return inner.outbox.setStates(changes);
    },
    async remove(rows) {
      if (isFull('outbox')) return full();
      note({ is: 'remove', rows: rows.map(({ writer, n }) => ({ writer, n })) });
      return inner.outbox.remove(rows);
    },
    async erase(rows) {
      if (isFull('outbox')) return full();
      note({ is: 'erase', rows });
      return inner.outbox.erase(rows);
    },
    async keepTap(make, read) {
      if (isFull('outbox')) return full();
      const seen = watch(read);
      const done = await inner.outbox.keepTap(make, seen.read);
      if (done.ok) note({ is: 'tap', tap: done.value, mark: seen.mark() });
      return done;
    },
    async dropTap(id) {
      if (isFull('outbox')) return full();
      note({ is: 'dropTap', id });
      return inner.outbox.dropTap(id);
    },
    async mark(read, keep) {
      if (isFull('outbox')) return full();
      const mark = read();
      note({ is: 'mark', mark, keep });
      return inner.outbox.mark(() => mark, keep);
    },
  };
  const cache: CacheStorage = {
    load: () => inner.cache.load(),
    read: (subjects) => inner.cache.read(subjects),
    async fence() {
      if (isFull('cache')) return full();
      note({ is: 'fence' });
      return inner.cache.fence();
    },
    async apply(fence, patch) {
      if (isFull('cache')) return full();
      const done = await inner.cache.apply(fence, patch);
      if (done.ok) note({ is: 'apply', fence, patch });
      return done;
    },
    async saveSession(session) {
      if (isFull('cache')) return full();
      note({ is: 'session', session });
      return inner.cache.saveSession(session);
    },
    async markRead(subject, q) {
      if (isFull('cache')) return err('full');
      note({ is: 'read', subject, q });
      return inner.cache.markRead(subject, q);
    },
  };

  return {
    outbox,
    cache,
    steps,
    limit: (room) => {
      left = room;
    },
    async evict(what, mirrorToo) {
      const rows = (await inner.outbox.load()).rows;
      note(what === 'cache' ? { is: 'lostCache' } : { is: 'lostAll', rows, mirrorToo });
      inner = { outbox: what === 'all' ? createMemoryOutbox() : inner.outbox, cache: createMemoryCache() };
    },
    rows: async () => (await inner.outbox.load()).rows,
    copy: () => createDisk(now, steps),
  };
}

/** The same storages again, from what was done to them. */
async function replay(steps: readonly DiskStep[]): Promise<{ outbox: OutboxStorage; cache: CacheStorage }> {
  let [outbox, cache] = [createMemoryOutbox(), createMemoryCache()];
  for (const step of steps)
    switch (step.is) {
      case 'begin':
        await outbox.begin(step.writer, step.registered, step.goneAt);
        break;
      case 'append':
        await outbox.append(() => step.row, step.tap, again(step.mark));
        break;
      case 'states':
        await outbox.setStates(step.changes);
        break;
      case 'remove':
        await outbox.remove(step.rows);
        break;
      case 'erase':
        await outbox.erase(step.rows);
        break;
      case 'tap':
        await outbox.keepTap(() => step.tap, again(step.mark));
        break;
      case 'dropTap':
        await outbox.dropTap(step.id);
        break;
      case 'mark':
        await outbox.mark(() => step.mark, step.keep);
        break;
      case 'fence':
        await cache.fence();
        break;
      case 'apply':
        await cache.apply(step.fence, step.patch);
        break;
      case 'session':
        await cache.saveSession(step.session);
        break;
      case 'read':
        await cache.markRead(step.subject, step.q);
        break;
      case 'lostCache':
        cache = createMemoryCache();
        break;
      case 'lostAll':
        [outbox, cache] = [createMemoryOutbox(), createMemoryCache()];
        break;
    }
  return { outbox, cache };
}

const again = (mark: Mark | null): (() => Mark) | undefined => (mark === null ? undefined : () => mark);

/** A reading of the clocks, made where the storage makes it and remembered. */
function watch(read: (() => Mark) | undefined): { read: (() => Mark) | undefined; mark: () => Mark | null } {
  let mark: Mark | null = null;
  if (!read) return { read, mark: () => mark };
  return { read: () => (mark = read()), mark: () => mark };
}
