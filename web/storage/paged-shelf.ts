import type { SubjectRecord } from '#shared/engine/ports.ts';
import type { Subject } from '#shared/ids.ts';

import type { CacheStores, Shelf } from './cache.ts';
import type { Writing } from './database.ts';

/** From so many at once on subjects are put down as pages, and so many of them at most lie on one. */
const MANY = 100;
const MOST = 500;
/** So much lies beside the pages or is worth nothing in them before they are written anew, so long after the start, ms. */
const WASTE = 2_000;
const TIDY_MS = 20_000;

/**
 * Ten thousand subjects as some dozens of records: what comes in a page is put down as one. What changes later lies beside
 * them as a row of its own and stands for what a page says, also when it says that the subject is gone.
 */
export function createPagedShelf(tidyMs = TIDY_MS): Shelf {
  let waste = 0;
  return {
    version: 2,
    stores: ['subjects', 'pages'],
    async all(access) {
      const [pages, rows] = await Promise.all([access.all('pages'), access.all('subjects')]);
      const held = new Map<Subject, SubjectRecord>();
      for (const { records } of pages) for (const record of records) held.set(record.subject, record);
      for (const row of rows) held.set(row.subject, row);
      waste = pages.reduce((sum, { records }) => sum + records.length, 2 * rows.length) - held.size;
      return [...held.values()].filter(isThere);
    },
    async some(access, subjects) {
      const rows = await Promise.all(subjects.map((subject) => access.get('subjects', subject)));
      const found = rows.filter((row) => row !== undefined);
      const missing = new Set(subjects.filter((_, at) => rows[at] === undefined));
      // The latest page that has a subject says how it is.
      for (const id of missing.size > 0 ? await access.lastKeys('pages', Number.POSITIVE_INFINITY) : []) {
        if (missing.size === 0) break;
        const page = await access.get('pages', id);
        for (const record of page?.records ?? []) if (missing.delete(record.subject)) found.push(record);
      }
      return found.filter(isThere);
    },
    async write(access, { clear, put, remove, erased }) {
      if (clear) await Promise.all([access.clear('subjects'), access.clear('pages')]);
      const erases = !clear && erased !== undefined && erased.length > 0;
      // A row stands for what any page says, so only where there is none may a page say something new.
      const asPages = put.length >= MANY && !erases && (await access.count('subjects')) === 0;
      const hides = remove.length > 0 && (await access.count('pages')) > 0;
      await Promise.all([
        ...(asPages
          ? slices(put).map((records) => access.put('pages', { records }))
          : put.map((record) => access.put('subjects', record))),
        ...remove.map((subject) =>
          hides ? access.put('subjects', goneRow(subject)) : access.remove('subjects', subject),
        ),
      ]);
      if (erases) await forget(access, new Set(erased));
    },
    loaded(db) {
      if (waste < WASTE) return;
      waste = 0;
      // Says nothing new, so whoever leads need not know. Piece by piece: no key waits for it.
      const tidy = db.write.bind(db, ['subjects', 'pages'], async (access) => {
        const held = new Map<Subject, SubjectRecord>();
        const keep = (records: readonly SubjectRecord[]): void =>
          records.forEach((record) => held.set(record.subject, record));
        for (const id of (await access.lastKeys('pages', Number.POSITIVE_INFINITY)).toReversed())
          keep((await access.get('pages', id))?.records ?? []);
        for (let after = ''; ;) {
          const rows = await access.all('subjects', after, MOST);
          keep(rows);
          const last = rows.at(-1);
          if (!last) break;
          after = last.subject;
        }
        await Promise.all([access.clear('subjects'), access.clear('pages')]);
        for (const records of slices([...held.values()].filter(isThere))) await access.put('pages', { records });
      });
      // Not done now, it is done after another start.
      setTimeout(() => void tidy().catch(() => undefined), tidyMs);
    },
  };
}

/** Rows say it now: no page goes on saying what these were before. */
async function forget(access: Writing<CacheStores>, subjects: ReadonlySet<Subject>): Promise<void> {
  for (const id of await access.lastKeys('pages', Number.POSITIVE_INFINITY)) {
    const page = await access.get('pages', id);
    const records = page?.records.filter(({ subject }) => !subjects.has(subject)) ?? [];
    if (page && records.length < page.records.length) await access.put('pages', { ...page, records });
  }
}

/** Stands for what pages still say of a subject that was removed. */
type Row = SubjectRecord & { readonly gone?: true };
const goneRow = (subject: Subject): Row => ({ subject, events: [], drop: null, gone: true });
const isThere = (row: Row): boolean => row.gone !== true;

const slices = (records: readonly SubjectRecord[]): (readonly SubjectRecord[])[] =>
  Array.from({ length: Math.ceil(records.length / MOST) }, (_, n) => records.slice(n * MOST, (n + 1) * MOST));
