import {
  EMPTY_CACHE,
  type CacheMeta,
  type CachePatch,
  type CacheStorage,
  type SubjectRecord,
} from '#shared/engine/ports.ts';
import type { Q, Subject } from '#shared/ids.ts';
import { err, ok } from '#shared/result.ts';

import type { CacheCopy } from './cache-copy.ts';
import { createDatabase, type Database, type Reading, type Writing } from './database.ts';
import { stored } from './storage-problem.ts';

/** The cache database: disposable, one record per subject with its events inside (I15). */
export type CacheStores = {
  subjects: SubjectRecord;
  /** A pull from nothing gathers here until it is whole. */
  staged: SubjectRecord;
  /** Many subjects in one record; only a shelf of pages has any. */
  pages: { readonly id?: number; readonly records: readonly SubjectRecord[] };
  reads: { readonly subject: Subject; readonly q: Q };
  meta: MetaRow;
};
type MetaRow = CacheMeta & { readonly key: 'cache'; readonly fence: number };

/** How the subjects lie in the database. */
export type Shelf = {
  /** Of the database. */
  readonly version: number;
  readonly stores: readonly ('subjects' | 'pages')[];
  readonly all: (access: Reading<CacheStores>) => Promise<readonly SubjectRecord[]>;
  /** Those of them that are there. */
  readonly some: (access: Reading<CacheStores>, subjects: readonly Subject[]) => Promise<readonly SubjectRecord[]>;
  readonly write: (
    access: Writing<CacheStores>,
    patch: Pick<CachePatch, 'clear' | 'put' | 'remove' | 'erased'>,
  ) => Promise<unknown>;
  /** Told once all of it has been read. */
  readonly loaded?: (db: Database<CacheStores>) => void;
};

/**
 * The cache in IndexedDB; each step of it is one strict transaction (I6). `roomy`: false while it must not grow, because
 * the space is needed for what people record. `copy`: opens what fills a cache that the browser threw away.
 */
export function createCacheStorage(
  name: string,
  roomy: () => Promise<boolean> = () => Promise.resolve(true),
  copy?: (db: Database<CacheStores>) => Promise<CacheCopy>,
  shelf: Shelf = ROWS,
): CacheStorage & { close(): void } {
  const db = createDatabase<CacheStores>(
    name,
    { subjects: 'subject', staged: 'subject', pages: null, reads: 'subject', meta: 'key' },
    shelf.version,
  );

  let opened: Promise<CacheCopy | null> | null = null;
  const copied = (): Promise<CacheCopy | null> => (opened ??= copy?.(db).catch(() => null) ?? Promise.resolve(null));
  const readAll = (): ReturnType<CacheStorage['load']> =>
    db.read([...shelf.stores, 'staged', 'reads', 'meta'], async (access) => ({
      meta: await metaIn(access),
      records: await shelf.all(access),
      staged: await access.all('staged'),
      reads: new Map((await access.all('reads')).map(({ subject, q }) => [subject, q])),
    }));

  return {
    close: () => db.close(),
    async load() {
      const held = await readAll();
      shelf.loaded?.(db);
      const isEmpty = held.meta.session === null && held.meta.lastSuccessAt === null;
      return isEmpty && (await (await copied())?.restore().catch(() => false)) ? readAll() : held;
    },
    read: (subjects) =>
      db.read([...shelf.stores, 'meta'], async (access) => ({
        meta: await metaIn(access),
        records: await shelf.some(access, subjects),
      })),
    fence: () =>
      stored(db, () =>
        db.write(['meta'], async (access) => {
          const before = await rowIn(access);
          await access.put('meta', { ...before, fence: before.fence + 1 });
          return before.fence + 1;
        }),
      ),
    async apply(fence, patch) {
      if ((patch.put.length > 0 || patch.staged?.put.length) && !(await roomy())) return err('full');
      const done = await stored(db, () =>
        db.write([...shelf.stores, 'staged', 'meta'], async (access) => {
          const before = await rowIn(access);
          if (before.fence > fence) return 'fenced' as const;
          await shelf.write(access, patch);
          await stage(access, patch);
          await access.put('meta', { ...before, ...patch.meta });
          return null;
        }),
      );
      if (!done.ok) return done;
      if (done.value === 'fenced') return err('fenced');
      if (patch.clear || patch.put.length > 0 || patch.remove.length > 0) void copied().then((it) => it?.keepSoon());
      return ok(null);
    },
    async saveSession(session) {
      const saved = await stored(db, () =>
        db.write(['meta'], async (access) => {
          await access.put('meta', { ...(await rowIn(access)), session });
          return null;
        }),
      );
      // Who signs out stays out, also in the copy.
      if (saved.ok) await (await copied())?.keep();
      return saved;
    },
    markRead: (subject, q) =>
      stored(db, () => db.write(['reads'], (access) => access.put('reads', { subject, q }).then(() => null))),
  };
}

/** One record for each subject (I15). */
const ROWS: Shelf = {
  version: 1,
  stores: ['subjects'],
  all: (access) => access.all('subjects'),
  async some(access, subjects) {
    const found = await Promise.all(subjects.map((subject) => access.get('subjects', subject)));
    return found.filter((record) => record !== undefined);
  },
  async write(access, { clear, put, remove }) {
    if (clear) await access.clear('subjects');
    // All at once: a page of thousands would otherwise wait for each of them.
    await Promise.all([
      ...put.map((record) => access.put('subjects', record)),
      ...remove.map((subject) => access.remove('subjects', subject)),
    ]);
  },
};

async function stage(access: Writing<CacheStores>, { staged }: CachePatch): Promise<void> {
  if (staged?.clear) await access.clear('staged');
  await Promise.all(staged?.put.map((record) => access.put('staged', record)) ?? []);
}

const rowIn = async (access: Reading<CacheStores>): Promise<MetaRow> =>
  (await access.get('meta', 'cache')) ?? { ...EMPTY_CACHE, key: 'cache', fence: 0 };

async function metaIn(access: Reading<CacheStores>): Promise<CacheMeta> {
  const { key: _key, fence: _fence, ...meta } = await rowIn(access);
  return meta;
}
