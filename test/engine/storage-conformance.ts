import { expect } from 'vitest';

import { EMPTY_CACHE, type CacheStorage, type OutboxRow, type OutboxStorage } from '#shared/engine/ports.ts';
import type { OpenTap } from '#shared/engine/views.ts';
import type { OrderId, Subject, WriterId } from '#shared/ids.ts';
import { must } from '#shared/result.ts';

/** What every storage behind the engine keeps to; each law gets a storage nobody has used. */
export type Law<S> = { readonly says: string; check(storage: S): Promise<void> };

/** True, or an assertion that fails. */
export async function holds<S>(law: Law<S>, storage: S): Promise<true> {
  await law.check(storage);
  return true;
}

const A7K = 'A7K' as WriterId;
const LATER = 'A7K4Q' as WriterId;
const SUBJECT = 'order:A7K-1' as Subject;
const OTHER = 'order:A7K-2' as Subject;

export const aRow = (n: number, writer: WriterId): OutboxRow => ({
  writer,
  n,
  bytes: `{"n":${n}}`,
  hash: `h${writer}${n}`,
  keyId: null,
  author: null,
  state: { is: 'waiting', tries: 0 },
});

const aTap = (id: string): OpenTap => ({
  id,
  order: 'A7K-1' as OrderId,
  kind: 'arrived',
  by: null,
  seen: null,
  clock: { wall: 1, mono: 1, page: 'p' },
  at: 1,
});

const numbers = async (storage: OutboxStorage) =>
  (await storage.load()).rows.map((row) => `${row.writer}-${row.n}`).toSorted();

export const OUTBOX_LAWS: readonly Law<OutboxStorage>[] = [
  {
    says: 'a fresh outbox has no writer, no rows and no taps',
    async check(storage) {
      expect(await storage.load()).toEqual({ meta: null, rows: [], taps: [] });
      expect(await storage.facts()).toEqual({ meta: null, openTaps: 0, waiting: 0, parked: 0, earlier: [] });
    },
  },
  {
    says: 'I3 numbers are 1, 2, 3 … also when many are recorded at once',
    async check(storage) {
      must(await storage.begin(A7K, true));
      await Promise.all(Array.from({ length: 20 }, () => storage.append(aRow, null)));
      const expected = Array.from({ length: 20 }, (_, index) => `A7K-${index + 1}`).toSorted();
      expect(await numbers(storage)).toEqual(expected);
      expect((await storage.facts()).meta).toEqual({ writer: A7K, counter: 20, registered: true });
    },
  },
  {
    says: 'what was begun in place of an evicted outbox remembers when, whatever is recorded and whatever name comes later',
    async check(storage) {
      must(await storage.begin(A7K, false, 1_234));
      must(await storage.append(aRow, null));
      must(await storage.begin(A7K, true));
      expect((await storage.load()).meta).toEqual({ writer: A7K, counter: 1, registered: true, goneAt: 1_234 });
      must(await storage.begin(LATER, true));
      expect((await storage.facts()).meta).toEqual({ writer: LATER, counter: 0, registered: true, goneAt: 1_234 });
    },
  },
  {
    says: 'I3 an event gets another name once, however often and by whomever that is begun, and not when it is gone',
    async check(storage) {
      must(await storage.begin(A7K, true));
      const from = must(await storage.append(aRow, null));
      must(await storage.begin(LATER, true));
      const make = (n: number, writer: WriterId): OutboxRow => ({
        ...aRow(n, writer),
        state: { is: 'waiting', tries: 0, was: from.hash },
      });
      const copies = await Promise.all([storage.copy(from, make), storage.copy(from, make)]);
      expect(copies.map((copy) => must(copy).n)).toEqual([1, 1]);
      must(await storage.remove([from]));
      expect(must(await storage.copy(from, make)).n).toBe(1);
      must(await storage.setStates([{ writer: LATER, n: 1, state: { is: 'received', q: 1, epoch: 'e' } }]));
      expect((await storage.copy(from, make)).ok).toBe(false);
      expect(await numbers(storage)).toEqual([`${LATER}-1`]);
    },
  },
  {
    says: 'I4 what is erased stays under its number and hash, and says nothing any more',
    async check(storage) {
      must(await storage.begin(A7K, true));
      const rows = [must(await storage.append(aRow, null)), must(await storage.append(aRow, null))];
      must(await storage.setStates([{ writer: A7K, n: 1, state: { is: 'received', q: 1, epoch: 'e' } }]));
      must(
        await storage.erase([
          { writer: A7K, n: 1, bytes: 'left' },
          { writer: A7K, n: 9, bytes: 'nobody' },
        ]),
      );
      const held = (await storage.load()).rows.toSorted((a, b) => a.n - b.n);
      const state = { is: 'received', q: 1, epoch: 'e', erased: true } as const;
      expect(held).toEqual([{ ...rows[0], bytes: 'left', state }, rows[1]]);
    },
  },
  {
    says: 'I3 a writer that comes back goes on with its numbers, even if its rows are gone',
    async check(storage) {
      must(await storage.begin(A7K, true));
      must(await storage.append(aRow, null));
      must(await storage.append(aRow, null));
      must(await storage.begin(LATER, false));
      must(await storage.append(aRow, null));
      expect((await storage.facts()).earlier).toMatchObject([{ writer: A7K, counter: 2 }]);
      must(
        await storage.remove([
          { writer: A7K, n: 1 },
          { writer: A7K, n: 2 },
        ]),
      );
      must(await storage.begin(A7K, true));
      must(await storage.append(aRow, null));
      expect(await numbers(storage)).toEqual(['A7K-3', 'A7K4Q-1']);
    },
  },
  {
    says: 'a number that could not be used is not given out',
    async check(storage) {
      must(await storage.begin(A7K, true));
      const broken = (): never => {
        throw new Error('no envelope');
      };
      const failed = await Promise.resolve()
        .then(() => storage.append(broken, null))
        .then(
          (done) => done.ok,
          () => false,
        );
      expect(failed).toEqual(false);
      must(await storage.append(aRow, null));
      expect(await numbers(storage)).toEqual(['A7K-1']);
    },
  },
  {
    says: 'a first tap goes in the same step as the event it became',
    async check(storage) {
      must(await storage.begin(A7K, true));
      must(await storage.keepTap(() => aTap('t1')));
      must(await storage.keepTap(() => aTap('t2')));
      expect((await storage.facts()).openTaps).toEqual(2);
      must(await storage.append(aRow, 't1'));
      expect((await storage.load()).taps).toEqual([aTap('t2')]);
      must(await storage.dropTap('t2'));
      expect((await storage.facts()).openTaps).toEqual(0);
    },
  },
  {
    says: 'states change, rows that are gone stay gone',
    async check(storage) {
      must(await storage.begin(A7K, true));
      must(await storage.append(aRow, null));
      const parked = { is: 'parked', tries: 5, at: 7 } as const;
      must(
        await storage.setStates([
          { writer: A7K, n: 1, state: parked },
          { writer: A7K, n: 9, state: parked },
        ]),
      );
      expect((await storage.load()).rows).toEqual([{ ...aRow(1, A7K), state: parked }]);
      expect((await storage.facts()).parked).toEqual(1);
    },
  },
  {
    says: 'marks keep their order, a tap leaves one with it, and of an even stretch the two ends stay',
    async check(storage) {
      const mark = (mono: number, wall: number, page = 'p') => ({ wall, mono, page, why: 'minute' }) as const;
      must(await storage.begin(A7K, true));
      for (const [mono, wall] of [
        [0, 1_000],
        [60_000, 61_000],
        [120_000, 121_000],
      ] as const)
        must(await storage.mark(() => mark(mono, wall), 100));
      must(await storage.append(aRow, null, () => mark(180_000, 181_000)));
      must(
        await storage.keepTap(
          () => aTap('t1'),
          () => mark(181_000, 5_000),
        ),
      );
      must(await storage.mark(() => mark(0, 6_000, 'p2'), 100));
      const marks = await storage.marks();
      expect(marks.map(({ page, mono, wall }) => [page, mono, wall])).toEqual([
        ['p', 0, 1_000],
        ['p', 180_000, 181_000],
        ['p', 181_000, 5_000],
        ['p2', 0, 6_000],
      ]);
    },
  },
  {
    says: 'I17 marks are bounded, the newest stay',
    async check(storage) {
      for (let page = 0; page < 15; page += 1)
        must(await storage.mark(() => ({ wall: page, mono: 1, page: `p${page}`, why: 'minute' }), 10));
      expect((await storage.marks()).map(({ wall }) => wall)).toEqual([5, 6, 7, 8, 9, 10, 11, 12, 13, 14]);
    },
  },
];

export const CACHE_LAWS: readonly Law<CacheStorage>[] = [
  {
    says: 'a fresh cache is empty',
    async check(storage) {
      expect(await storage.load()).toEqual({ meta: EMPTY_CACHE, records: [], staged: [], reads: new Map() });
    },
  },
  {
    says: 'I6 records and cursor go in one step',
    async check(storage) {
      const fence = must(await storage.fence());
      const cursor = { epoch: 'e', scope: 's', q: 4, h: 'h' };
      const put = [
        { subject: SUBJECT, events: [], drop: null },
        { subject: OTHER, events: [], drop: null },
      ];
      must(await storage.apply(fence, { clear: false, put, remove: [], staged: null, meta: { cursor } }));
      must(await storage.apply(fence, { clear: false, put: [], remove: [OTHER], staged: null, meta: { safe: 3 } }));
      expect(await storage.read([SUBJECT, OTHER])).toEqual({
        meta: { ...EMPTY_CACHE, cursor, safe: 3 },
        records: [put[0]],
      });
    },
  },
  {
    says: 'I16 a page that led before is refused',
    async check(storage) {
      const old = must(await storage.fence());
      must(await storage.fence());
      const put = [{ subject: SUBJECT, events: [], drop: null }];
      const patch = { clear: false, put, remove: [], staged: null, meta: {} };
      expect(await storage.apply(old, patch)).toEqual({ ok: false, error: 'fenced' });
      expect((await storage.load()).records).toEqual([]);
    },
  },
  {
    says: 'what is gathered aside is not shown until it takes the place of all',
    async check(storage) {
      const fence = must(await storage.fence());
      const old = { subject: SUBJECT, events: [], drop: null };
      const next = { subject: OTHER, events: [], drop: null };
      must(await storage.apply(fence, { clear: false, put: [old], remove: [], staged: null, meta: {} }));
      const staged = { clear: true, put: [next] };
      must(await storage.apply(fence, { clear: false, put: [], remove: [], staged, meta: { staging: true } }));
      const before = await storage.load();
      expect([before.records, before.staged, before.meta.staging]).toEqual([[old], [next], true]);
      const done = { clear: true, put: [] };
      must(
        await storage.apply(fence, { clear: true, put: [next], remove: [], staged: done, meta: { staging: false } }),
      );
      const after = await storage.load();
      expect([after.records, after.staged, after.meta.staging]).toEqual([[next], [], false]);
    },
  },
  {
    says: 'sessions and read marks are kept beside',
    async check(storage) {
      must(await storage.markRead(SUBJECT, 7));
      must(await storage.saveSession(null));
      expect((await storage.load()).reads).toEqual(new Map([[SUBJECT, 7]]));
    },
  },
];
