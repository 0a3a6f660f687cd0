import { EMPTY_CACHE, type CacheMeta, type SubjectRecord } from '#shared/engine/ports.ts';
import { subjectType, type Q, type Subject } from '#shared/ids.ts';

import type { CacheStores } from './cache.ts';
import type { Database } from './database.ts';

/**
 * What a crew needs of the cache when the browser has thrown it away and there is no signal: who they are, and their
 * orders. In a file of the origin, written whole; a newer one takes the place of the older one or nothing does.
 */
export type CacheCopy = {
  /** Fills a cache that is empty; whether there was something to fill it with. */
  readonly restore: () => Promise<boolean>;
  /** Writes it down at once. */
  readonly keep: () => Promise<void>;
  /** Writes it down when the page has nothing better to do. */
  readonly keepSoon: () => void;
};

/** More orders than this, or longer ones, and those with the oldest news are left out: the centre has them. */
export const MOST_ORDERS = 500;
const MOST_CHARS = 2_000_000;
const SOON_MS = 5_000;
const FILE = 'kept.json';

/** `roomy`: whether anything may grow. */
export function openCacheCopy(name: string, db: Database<CacheStores>, roomy: () => Promise<boolean>): CacheCopy {
  const folder = async (): Promise<FileSystemDirectoryHandle> =>
    (await navigator.storage.getDirectory()).getDirectoryHandle(name, { create: true });
  const write = async (): Promise<void> => {
    const place = await folder();
    // What people record needs the space.
    if (!(await roomy())) return place.removeEntry(FILE);
    const text = await db.read(['subjects', 'reads', 'meta'], async (access) => {
      const meta = await access.get('meta', 'cache');
      return meta && textOf(meta, await access.all('subjects'), await access.all('reads'));
    });
    // No meta: thrown away while this page was open, and nothing worth copying.
    if (text === undefined) return undefined;
    const stream = await (await place.getFileHandle(FILE, { create: true })).createWritable();
    await stream.write(text);
    return stream.close();
  };
  /** One after the other: a sign-out is never overtaken by what was read before it. */
  let last = Promise.resolve();
  const keep = (): Promise<void> => (last = last.then(write).catch(() => undefined));
  let timer: number | null = null;

  return {
    keep,
    keepSoon() {
      timer ??= window.setTimeout(() => {
        timer = null;
        if ('requestIdleCallback' in window) requestIdleCallback(() => void keep(), { timeout: SOON_MS });
        else void keep();
      }, SOON_MS);
    },
    async restore() {
      const kept = await folder()
        .then((place) => place.getFileHandle(FILE))
        .then(async (handle) => read(await (await handle.getFile()).text()))
        .catch(() => null);
      if (!kept) return false;
      return db.write(['subjects', 'reads', 'meta'], async (access) => {
        const before = await access.get('meta', 'cache');
        if (before && (before.session !== null || before.lastSuccessAt !== null)) return true;
        // Without a cursor: the next pull starts from nothing, beside what is shown.
        const { session, lastSuccessAt } = kept;
        await access.put('meta', { ...EMPTY_CACHE, session, lastSuccessAt, key: 'cache', fence: before?.fence ?? 0 });
        await Promise.all([
          ...kept.records.map((record) => access.put('subjects', record)),
          ...kept.reads.map((one) => access.put('reads', one)),
        ]);
        return true;
      });
    },
  };
}

type Kept = Pick<CacheMeta, 'session' | 'lastSuccessAt'> & {
  readonly records: readonly SubjectRecord[];
  readonly reads: readonly { readonly subject: Subject; readonly q: Q }[];
};

function textOf(
  { session, lastSuccessAt }: CacheMeta,
  records: readonly SubjectRecord[],
  reads: Kept['reads'],
): string {
  const isOrder = ({ subject }: SubjectRecord): boolean => subjectType(subject) === 'order';
  const news = ({ events }: SubjectRecord): Q => events.at(-1)?.q ?? 0;
  const orders = records
    .filter((record) => isOrder(record) && record.drop === null)
    .toSorted((a, b) => news(b) - news(a))
    .slice(0, MOST_ORDERS);
  let chars = 0;
  const kept = [...records.filter((record) => !isOrder(record)), ...orders].flatMap((record) => {
    const text = JSON.stringify(record);
    chars += text.length;
    return chars > MOST_CHARS ? [] : [{ subject: record.subject, text }];
  });
  const subjects = new Set(kept.map(({ subject }) => subject));
  const head = JSON.stringify({
    v: 1,
    session,
    lastSuccessAt,
    reads: reads.filter((one) => subjects.has(one.subject)),
  });
  return `${head.slice(0, -1)},"records":[${kept.map(({ text }) => text).join(',')}]}`;
}

function read(text: string): Kept | null {
  // oxlint-disable-next-line typescript/consistent-type-assertions -- this room wrote it, whole or not at all
  const kept = JSON.parse(text) as Kept & { readonly v: number };
  return kept.v === 1 ? kept : null;
}
