import { EMPTY_CACHE, type CacheMeta, type CachePatch, type CacheStorage } from '#shared/engine/ports.ts';
import { err } from '#shared/result.ts';

import { CacheDb, type CacheMetaRow } from './cache-db.ts';
import { stored } from './storage-problem.ts';

/** The cache in IndexedDB; each step of it is one strict transaction (I6). */
export function createCacheStorage(name: string): CacheStorage & { close(): void } {
  const db = new CacheDb(name);
  const all = [db.subjects, db.staged, db.reads, db.meta];
  const row = async (): Promise<CacheMetaRow> =>
    (await db.meta.get('cache')) ?? { ...EMPTY_CACHE, key: 'cache', fence: 0 };
  const meta = async (): Promise<CacheMeta> => {
    const { key: _key, fence: _fence, ...rest } = await row();
    return rest;
  };
  const put = async ({ clear, put: records, remove, staged, meta: news }: CachePatch): Promise<void> => {
    if (clear) await db.subjects.clear();
    await db.subjects.bulkPut([...records]);
    await db.subjects.bulkDelete([...remove]);
    if (staged?.clear) await db.staged.clear();
    if (staged) await db.staged.bulkPut([...staged.put]);
    await db.meta.put({ ...(await row()), ...news });
  };

  return {
    close: () => db.close(),
    load: () =>
      db.transaction('r', all, async () => ({
        meta: await meta(),
        records: await db.subjects.toArray(),
        staged: await db.staged.toArray(),
        reads: new Map((await db.reads.toArray()).map(({ subject, q }) => [subject, q])),
      })),
    read: (subjects) =>
      db.transaction('r', [db.subjects, db.meta], async () => ({
        meta: await meta(),
        records: (await db.subjects.bulkGet([...subjects])).filter((record) => record !== undefined),
      })),
    fence: () =>
      stored(db, () =>
        db.transaction('rw', [db.meta], async () => {
          const before = await row();
          await db.meta.put({ ...before, fence: before.fence + 1 });
          return before.fence + 1;
        }),
      ),
    async apply(fence, patch) {
      const done = await stored(db, () =>
        db.transaction('rw', [db.subjects, db.staged, db.meta], async () => {
          if ((await row()).fence > fence) return 'fenced';
          await put(patch);
          return null;
        }),
      );
      if (!done.ok) return done;
      return done.value === 'fenced' ? err('fenced') : { ok: true, value: null };
    },
    saveSession: (session) =>
      stored(db, () =>
        db.transaction('rw', [db.meta], async () => {
          await db.meta.put({ ...(await row()), session });
          return null;
        }),
      ),
    markRead: (subject, q) => stored(db, () => db.reads.put({ subject, q }).then(() => null)),
  };
}
