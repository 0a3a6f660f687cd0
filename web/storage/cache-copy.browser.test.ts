import { expect, test } from 'vitest';

import { EMPTY_CACHE, type SubjectRecord } from '#shared/engine/ports.ts';
import { subjectOf, type EventId } from '#shared/ids.ts';
import { must } from '#shared/result.ts';

import { CREW, FakeServer, PERSON, TABLET } from '../../test/engine/fake-server.ts';
import { dispatchedOrder } from '../../test/engine/given-orders.ts';
import { hexOf } from '../device/random.ts';
import { MOST_ORDERS, openCacheCopy } from './cache-copy.ts';
import { createCacheStorage } from './cache.ts';

const roomy = () => Promise.resolve(true);
const page = (name: string) => createCacheStorage(name, roomy, (db) => Promise.resolve(openCacheCopy(name, db, roomy)));
const thrownAway = async (name: string, of: { close(): void }): Promise<void> => {
  of.close();
  await new Promise((resolve, reject) => {
    const taking = indexedDB.deleteDatabase(name);
    taking.addEventListener('success', resolve);
    taking.addEventListener('error', reject);
  });
};
const anOrder = (number: number): SubjectRecord => {
  const server = new FakeServer(Date.now);
  dispatchedOrder(server);
  const subject = subjectOf('order', `A7K-${number}` as EventId);
  return { subject, events: server.log.map((one, index) => ({ ...one, q: number * 2 + index })), drop: null };
};
const SESSION = { ...TABLET, crew: { id: CREW, name: 'Crew 3' }, person: { ...TABLET.person, id: PERSON } };
const filled = async (name: string, put: readonly SubjectRecord[]) => {
  const one = page(name);
  const cursor = { epoch: 'e1', scope: 's', q: 9, h: 'h' };
  const meta = { cursor, lastSuccessAt: 714 };
  must(await one.apply(must(await one.fence()), { clear: false, put, remove: [], staged: null, meta }));
  must(await one.saveSession(SESSION));
  return one;
};

test('a cache the browser threw away gives back who the crew is and their orders, and asks for everything anew', async () => {
  const name = `cache-${hexOf(6)}`;
  const gone = {
    ...anOrder(3),
    drop: { subject: anOrder(3).subject, q: 9, why: 'archived', to: null, by: null, reason: null } as const,
  };
  const orders = [anOrder(1), anOrder(2)];
  const one = await filled(name, [...orders, gone]);
  await thrownAway(name, one);
  const { meta, records } = await page(name).load();
  expect(meta).toEqual({ ...EMPTY_CACHE, session: SESSION, lastSuccessAt: 714 });
  expect(records).toEqual(orders);
});

test('who signed out stays out', async () => {
  const name = `cache-${hexOf(6)}`;
  const one = await filled(name, [anOrder(1)]);
  must(await one.saveSession(null));
  await thrownAway(name, one);
  expect((await page(name).load()).meta).toMatchObject({ session: null, lastSuccessAt: 714 });
});

test('an order the centre archived leaves the copy too, soon', async () => {
  const name = `cache-${hexOf(6)}`;
  const one = await filled(name, [anOrder(1), anOrder(2)]);
  const remove = [anOrder(1).subject];
  must(await one.apply(1, { clear: false, put: [], remove, staged: null, meta: {} }));
  const text = async () => {
    const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle(name);
    return (await (await folder.getFileHandle('kept.json')).getFile()).text();
  };
  await expect.poll(text, { timeout: 20_000, interval: 100 }).not.toContain('order:A7K-1"');
  expect(await text()).toContain('order:A7K-2"');
});

test('of too many orders those with the newest news come back', async () => {
  const name = `cache-${hexOf(6)}`;
  const one = await filled(
    name,
    Array.from({ length: MOST_ORDERS + 5 }, (_, number) => anOrder(number)),
  );
  await thrownAway(name, one);
  const { records } = await page(name).load();
  expect(records.length).toBe(MOST_ORDERS);
  expect(records.map(({ subject }) => subject)).not.toContain('order:A7K-4');
  expect(records.map(({ subject }) => subject)).toContain('order:A7K-5');
});

test('a page that finds a cache leaves it as it is', async () => {
  const name = `cache-${hexOf(6)}`;
  const one = await filled(name, [anOrder(1)]);
  const before = createCacheStorage(name);
  must(await before.apply(1, { clear: false, put: [anOrder(2)], remove: [], staged: null, meta: {} }));
  expect((await page(name).load()).records.length).toBe(2);
  one.close();
});
