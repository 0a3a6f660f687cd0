import { afterEach, describe, expect, test, vi } from 'vitest';

import type { OrderId, WriterId } from '#shared/ids.ts';
import { must } from '#shared/result.ts';

import { countRecords } from '../../test/engine/count-records.ts';
import { aRow, CACHE_LAWS, holds, OUTBOX_LAWS } from '../../test/engine/storage-conformance.ts';
import { hexOf, randomBytes } from '../device/random.ts';
import { createCacheStorage } from './cache.ts';
import { unframed } from './copy-frames.ts';
import { createOutboxStorage } from './outbox.ts';
import { openSecondCopy } from './second-copy.ts';

const A7K = 'A7K' as WriterId;

const anOutbox = (ballast = 0, name = `outbox-${hexOf(6)}`) =>
  createOutboxStorage({ name, ballast, random: randomBytes });

afterEach(() => {
  vi.restoreAllMocks();
});

describe('the outbox in IndexedDB', () => {
  test.each(OUTBOX_LAWS)('$says', async (law) => {
    expect(await holds(law, anOutbox())).toBe(true);
  });
});

describe('the outbox in two copies', () => {
  /** Opens the outbox `name` as a page does. */
  const page = (name: string) =>
    createOutboxStorage({ name, ballast: 0, random: randomBytes, copy: (db) => openSecondCopy(name, db) });
  const thrownAway = async (name: string, of: { close(): void }): Promise<void> => {
    of.close();
    await new Promise((resolve, reject) => {
      const taking = indexedDB.deleteDatabase(name);
      taking.addEventListener('success', resolve);
      taking.addEventListener('error', reject);
    });
  };
  const TAP = {
    id: 't1',
    order: 'A7K-1' as OrderId,
    kind: 'arrived',
    by: null,
    seen: null,
    clock: { wall: 1, mono: 1, page: 'p' },
    at: 1,
  } as const;

  test.each(OUTBOX_LAWS)('$says', async (law) => {
    expect(await holds(law, page(`twice-${hexOf(6)}`))).toBe(true);
  });

  test('a database that was thrown away is there again with its numbers, unanswered taps included', async () => {
    const name = `twice-${hexOf(6)}`;
    const one = page(name);
    must(await one.begin(A7K, true, 1_234));
    for (let n = 1; n <= 3; n += 1) must(await one.append(aRow, null));
    must(await one.remove([{ writer: A7K, n: 1 }]));
    must(await one.keepTap(() => TAP));
    await thrownAway(name, one);
    const two = page(name);
    const held = await two.load();
    expect(held.rows.map((row) => row.n)).toEqual([2, 3]);
    expect([held.meta, held.taps]).toEqual([{ writer: A7K, counter: 3, registered: true, goneAt: 1_234 }, [TAP]]);
    expect(await two.recovered?.()).toBe(2);
    expect(must(await two.append(aRow, 't1')).n).toBe(4);
    await thrownAway(name, two);
    expect((await page(name).load()).taps).toEqual([]);
  });

  test('what several pages recorded is united, and a database that fell behind is brought forward', async () => {
    const name = `twice-${hexOf(6)}`;
    const [one, two] = [page(name), page(name)];
    must(await one.begin(A7K, true));
    await Promise.all([one.append(aRow, null), two.append(aRow, null), one.append(aRow, null), two.append(aRow, null)]);
    // As after a crash that cost the database its last two transactions: here a database that never had them.
    await thrownAway(name, { close: () => [one, two].forEach((each) => each.close()) });
    const before = createOutboxStorage({ name, ballast: 0, random: randomBytes });
    must(await before.begin(A7K, true));
    must(await before.append(aRow, null));
    before.close();
    const three = page(name);
    expect((await three.load()).rows.length).toBe(1);
    expect(await three.recovered?.()).toBe(3);
    expect((await three.load()).rows.map((row) => row.n)).toEqual([1, 2, 3, 4]);
    expect(must(await three.append(aRow, null)).n).toBe(5);
  });

  test('what an outbox held before there was a second copy is in it after the next start', async () => {
    const name = `twice-${hexOf(6)}`;
    const old = createOutboxStorage({ name, ballast: 0, random: randomBytes });
    must(await old.begin(A7K, true));
    must(await old.append(aRow, null));
    old.close();
    const now = page(name);
    await now.recovered?.();
    await thrownAway(name, now);
    expect((await page(name).load()).rows.map((row) => row.n)).toEqual([1]);
  });

  test('I4 what was redacted is in neither copy any more, whichever page looks, and comes back from none', async () => {
    const name = `twice-${hexOf(6)}`;
    const one = page(name);
    must(await one.begin(A7K, true));
    for (let n = 1; n <= 3; n += 1) must(await one.append(aRow, null));
    const [first] = (await one.load()).rows;
    expect(await textsOf(name)).toContain(first?.bytes);
    must(await one.erase([{ writer: A7K, n: 1, bytes: 'left' }]));
    expect(await textsOf(name)).not.toContain(first?.bytes);
    expect(must(await one.append(aRow, null)).n).toBe(4);
    await thrownAway(name, one);
    const two = page(name);
    const held = (await two.load()).rows.toSorted((a, b) => a.n - b.n);
    expect(held.map(({ n, bytes }) => (n === 1 ? bytes : n))).toEqual(['left', 2, 3, 4]);
    expect(held[0]?.state).toMatchObject({ erased: true });
    two.close();
  });

  test('where no second copy can be kept, one is', async () => {
    const name = `once-${hexOf(6)}`;
    const copy = () => Promise.reject(new Error('no such files here'));
    const outbox = createOutboxStorage({ name, ballast: 0, random: randomBytes, copy });
    must(await outbox.begin(A7K, true));
    expect(must(await outbox.append(aRow, null)).n).toBe(1);
    expect(await outbox.recovered?.()).toBe(0);
  });
});

describe('the cache in IndexedDB', () => {
  test.each(CACHE_LAWS)('$says', async (law) => {
    expect(await holds(law, createCacheStorage(`cache-${hexOf(6)}`))).toBe(true);
  });
});

describe('I7 saved means saved', () => {
  test('every transaction that writes asks for strict durability', async () => {
    // oxlint-disable-next-line typescript/unbound-method -- called with the database it belongs to
    const real = IDBDatabase.prototype.transaction;
    const asked: { mode: string | undefined; durability: string | undefined }[] = [];
    vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementation(function (
      this: IDBDatabase,
      names,
      mode,
      options,
    ) {
      asked.push({ mode, durability: options?.durability });
      return real.call(this, names, mode, options);
    });
    const outbox = anOutbox(65_536);
    must(await outbox.begin(A7K, true));
    must(await outbox.append(aRow, null));
    must(await outbox.setStates([{ writer: A7K, n: 1, state: { is: 'received', q: 1, epoch: 'e' } }]));
    must(await outbox.remove([{ writer: A7K, n: 1 }]));
    must(await outbox.dropTap('t'));
    must(await outbox.mark(() => ({ wall: 1, mono: 1, page: 'p', why: 'minute' }), 10));
    const cache = createCacheStorage(`cache-${hexOf(6)}`);
    must(await cache.apply(must(await cache.fence()), { clear: false, put: [], remove: [], staged: null, meta: {} }));
    must(await cache.saveSession(null));
    const writes = asked.filter(({ mode }) => mode === 'readwrite');
    expect(writes.length).toBeGreaterThanOrEqual(8);
    expect(writes.filter(({ durability }) => durability !== 'strict')).toEqual([]);
  });

  test('a write is told only after its transaction has completed', async () => {
    // oxlint-disable-next-line typescript/unbound-method -- called with the database it belongs to
    const real = IDBDatabase.prototype.transaction;
    let running = 0;
    vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementation(function (this: IDBDatabase, ...asked) {
      const transaction = real.apply(this, asked);
      running += 1;
      transaction.addEventListener('complete', () => (running -= 1));
      return transaction;
    });
    const outbox = anOutbox();
    must(await outbox.begin(A7K, true));
    for (let n = 1; n <= 20; n += 1) {
      must(await outbox.append(aRow, null));
      expect(running).toBe(0);
    }
  });

  test('what the browser gives up after every request succeeded was not saved', async () => {
    const outbox = anOutbox();
    must(await outbox.begin(A7K, true));
    // oxlint-disable-next-line typescript/unbound-method -- called with the store it belongs to
    const real = IDBObjectStore.prototype.put;
    const givenUp = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (
      this: IDBObjectStore,
      ...what
    ) {
      const request = real.apply(this, what);
      request.addEventListener('success', () => this.transaction.abort());
      return request;
    });
    expect(await outbox.append(aRow, null)).toEqual({ ok: false, error: 'failed' });
    givenUp.mockRestore();
    expect((await outbox.load()).rows).toEqual([]);
    expect(must(await outbox.append(aRow, null)).n).toBe(1);
  });

  test('marks are bounded', async () => {
    const name = `outbox-${hexOf(6)}`;
    const outbox = anOutbox(0, name);
    for (let wall = 0; wall < 15; wall += 1)
      must(await outbox.mark(() => ({ wall: wall * 1_000, mono: 1, page: 'p', why: 'minute' }), 10));
    expect(await countRecords(name, 'marks')).toBe(10);
  });

  test('what one page recorded another one reads', async () => {
    const name = `outbox-${hexOf(6)}`;
    const [one, two] = [anOutbox(0, name), anOutbox(0, name)];
    must(await one.begin(A7K, true));
    await Promise.all([one.append(aRow, null), two.append(aRow, null), one.append(aRow, null), two.append(aRow, null)]);
    expect((await two.load()).rows.map((row) => row.n)).toEqual([1, 2, 3, 4]);
  });

  test('an outbox whose connection was closed opens again', async () => {
    const outbox = anOutbox();
    must(await outbox.begin(A7K, true));
    outbox.close();
    must(await outbox.begin(A7K, true));
    expect((await outbox.append(aRow, null)).ok).toBe(true);
  });

  test('an outbox that another page takes away lets go, and opens again', async () => {
    const name = `outbox-${hexOf(6)}`;
    const outbox = anOutbox(0, name);
    must(await outbox.begin(A7K, true));
    must(await outbox.append(aRow, null));
    await new Promise((resolve, reject) => {
      const taking = indexedDB.deleteDatabase(name);
      taking.addEventListener('success', resolve);
      taking.addEventListener('blocked', () => reject(new Error('the connection was kept')));
    });
    must(await outbox.begin(A7K, true));
    expect(must(await outbox.append(aRow, null)).n).toBe(1);
  });
});

/** All that lies in the files of the second copy. */
async function textsOf(name: string): Promise<string> {
  const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle(name);
  const texts: string[] = [];
  for await (const handle of folder.values())
    if (handle instanceof FileSystemFileHandle)
      texts.push(
        ...unframed(new Uint8Array(await (await handle.getFile()).arrayBuffer())).map((text) =>
          String((JSON.parse(text) as { row?: { bytes: string } }).row?.bytes),
        ),
      );
  return texts.join('\n');
}
