import { describe, expect, test, vi } from 'vitest';

import { createMemoryCache } from '#shared/engine/memory-storage.ts';
import type { CachePatch, CacheStorage, SubjectRecord } from '#shared/engine/ports.ts';
import { orderSubject, type OrderId, type Subject } from '#shared/ids.ts';
import { must } from '#shared/result.ts';

import { seeded } from '../../test/e2e/seeded.ts';
import { countRecords } from '../../test/engine/count-records.ts';
import { CACHE_LAWS, holds } from '../../test/engine/storage-conformance.ts';
import { hexOf } from '../device/random.ts';
import { createCacheStorage } from './cache.ts';
import { createPagedShelf } from './paged-shelf.ts';

const desk = (name = `desk-${hexOf(6)}`, tidyMs?: number) =>
  createCacheStorage(name, undefined, undefined, createPagedShelf(tidyMs));
const NOTHING: CachePatch = { clear: false, put: [], remove: [], staged: null, meta: {} };
const subject = (n: number): Subject => orderSubject(`A7K-${n}` as OrderId);
/** What a subject is at a step: only the step tells one from the other. */
const record = (n: number, step: number): SubjectRecord => ({
  subject: subject(n),
  events: [],
  drop: { subject: subject(n), q: step, why: 'recalled', to: null, by: null, reason: null },
});
const many = (from: number, count: number, step = 0) => Array.from({ length: count }, (_, n) => record(from + n, step));
const sorted = (records: readonly SubjectRecord[]) => records.toSorted((a, b) => (a.subject < b.subject ? -1 : 1));
const loaded = async (storage: CacheStorage) => sorted((await storage.load()).records);

describe('a cache whose subjects lie on pages', () => {
  test.each(CACHE_LAWS)('$says', async (law) => {
    expect(await holds(law, desk())).toBe(true);
  });

  test('I4 what is erased is on no page any more', async () => {
    const name = `desk-${hexOf(6)}`;
    const ours = desk(name);
    const fence = must(await ours.fence());
    must(await ours.apply(fence, { ...NOTHING, put: many(1, 300, 7) }));
    must(await ours.apply(fence, { ...NOTHING, put: [record(5, 8), record(6, 8)], erased: [subject(5)] }));
    ours.close();
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const opening = indexedDB.open(name);
      opening.addEventListener('success', () => resolve(opening.result));
      opening.addEventListener('error', reject);
    });
    const pages = await new Promise<{ readonly records: readonly SubjectRecord[] }[]>((resolve) => {
      const reading = database.transaction('pages').objectStore('pages').getAll();
      reading.addEventListener('success', () => resolve(reading.result as { records: SubjectRecord[] }[]));
    });
    database.close();
    const there = new Set(pages.flatMap(({ records }) => records.map((one) => one.subject)));
    expect([there.size, there.has(subject(5)), there.has(subject(6))]).toEqual([299, false, true]);
    expect((await loaded(desk(name))).filter(({ drop }) => drop?.q === 8)).toHaveLength(2);
  });

  test('says the same as one in memory, whatever comes, changes and goes, also to a page that opens later', async () => {
    const seed = Date.now() % 1_000_000;
    const next = seeded(seed);
    const whole = (below: number): number => Math.floor(next() * below);
    const name = `desk-${hexOf(6)}`;
    const [ours, plain] = [desk(name), createMemoryCache()];
    const fences = [must(await ours.fence()), must(await plain.fence())] as const;
    for (let step = 1; step <= 60; step += 1) {
      const from = whole(1_500);
      const count = whole(5) === 0 ? 100 + whole(700) : whole(12);
      const gone = new Set(Array.from({ length: whole(6) }, () => whole(2_200)));
      const patch: CachePatch = {
        ...NOTHING,
        clear: whole(15) === 0,
        put: many(from, count, step).filter((one) => ![...gone].some((n) => subject(n) === one.subject)),
        remove: [...gone].map(subject),
        ...(whole(3) === 0 ? { erased: many(from, Math.min(count, 5)).map((one) => one.subject) } : {}),
      };
      must(await ours.apply(fences[0], patch));
      must(await plain.apply(fences[1], patch));
      const asked = Array.from({ length: 9 }, () => subject(whole(2_200)));
      const distinct = [...new Set(asked)];
      const seen = async (storage: CacheStorage) => sorted((await storage.read(distinct)).records);
      expect(await seen(ours), `seed ${seed}, step ${step}`).toEqual(await seen(plain));
      const [late, right] = step % 10 === 0 ? [await loaded(desk(name)), await loaded(plain)] : [null, null];
      expect(late, `seed ${seed}, step ${step}`).toEqual(right);
    }
  });

  test('thousands are some records, and what changed a hundred times over becomes pages again', async () => {
    const name = `desk-${hexOf(6)}`;
    const first = desk(name);
    const fence = must(await first.fence());
    for (let page = 0; page < 8; page += 1) must(await first.apply(fence, { ...NOTHING, put: many(page * 300, 300) }));
    expect([await countRecords(name, 'pages'), await countRecords(name, 'subjects')]).toEqual([8, 0]);
    for (let from = 0; from < 2_200; from += 50)
      must(await first.apply(fence, { ...NOTHING, put: many(from, 50, 1), remove: [subject(2_300 + from / 50)] }));
    first.close();
    const again = desk(name, 0);
    const before = await loaded(again);
    await vi.waitFor(async () => expect(await countRecords(name, 'subjects')).toBe(0), { timeout: 5_000 });
    expect(await countRecords(name, 'pages')).toBe(5);
    expect(await loaded(again)).toEqual(before);
    expect(before.length).toBe(2_400 - 44);
  });

  test('what an earlier build put down is read', async () => {
    const name = `desk-${hexOf(6)}`;
    const before = createCacheStorage(name);
    must(await before.apply(must(await before.fence()), { ...NOTHING, put: many(1, 3) }));
    before.close();
    expect(await loaded(desk(name))).toEqual(many(1, 3));
  });
});
