import type { Client } from '../../../web/read/client-context.ts';
import type { Page } from '../../e2e/browser.ts';
import type { Standing } from './update-check.ts';

declare global {
  // Put into each version by its build.
  var relightClient: Client;
  var relightBuild: number;
}

/** How long a page is waited for, ms. */
export const PATIENCE_MS = 30_000;

/** A page of the crew app, marked, so that one that is loaded anew is known. */
export async function openApp(page: Page, origin: string, mark: string): Promise<void> {
  await page.goto(`${origin}/crew`);
  await running(page);
  await page.evaluate((name) => Reflect.set(globalThis, 'mark', name), mark);
}

export const running = (page: Page): Promise<unknown> =>
  page.waitForFunction(() => typeof relightBuild === 'number' && typeof relightClient === 'object');

/** Until the worker has all of the app. */
export const kept = (page: Page): Promise<unknown> =>
  page.waitForFunction(() => navigator.serviceWorker.controller?.state === 'activated');

export async function enrol(page: Page, code: string): Promise<void> {
  await page.evaluate(async (given) => {
    const enrolled = await relightClient.enrol(given);
    if (!enrolled.ok) throw new Error(`not enrolled: ${enrolled.error}`);
  }, code);
  await page.waitForFunction(() => relightClient.orders.value.length > 0);
}

/** Notes one after the other; throws if one was not saved. */
export const note = (page: Page, texts: readonly string[]): Promise<void> =>
  page.evaluate(async (all) => {
    const order = relightClient.orders.value[0]?.order.id;
    const crew = relightClient.session.value?.crew?.id;
    if (!order || !crew) throw new Error('no order here');
    for (const text of all) {
      const saved = await relightClient.submit(order, { kind: 'noted', data: { crew, text } });
      if (!saved.ok) throw new Error(`“${text}” was not saved`);
    }
  }, texts);

/** Opens the page of a note and types into it; nothing is recorded. */
export async function begin(page: Page, text: string): Promise<void> {
  await page.evaluate(() => {
    location.hash = `#/act/${relightClient.orders.value[0]?.order.id}/noted`;
  });
  await page.locator('[name=words]').fill(text);
}

export const standing = (page: Page): Promise<Standing> =>
  page.evaluate(() => ({
    mark: (Reflect.get(globalThis, 'mark') as string | undefined) ?? null,
    build: globalThis.relightBuild ?? 0,
    typed: document.querySelector<HTMLTextAreaElement>('[name=words]')?.value ?? '',
  }));

/** What the app does each hour. */
export const look = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    const registration = await navigator.serviceWorker.getRegistration('/crew');
    await registration?.update().catch(() => undefined);
  });

export const waits = (page: Page): Promise<boolean> =>
  page.evaluate(async () => Boolean((await navigator.serviceWorker.getRegistration('/crew'))?.waiting));

/** Pieces of so many photos, as an app that has them keeps them. */
export const putPhotos = (page: Page, count: number): Promise<void> =>
  page.evaluate(
    (photos) =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open('relight-outbox');
        opening.addEventListener('error', () => reject(new Error('the outbox does not open')));
        opening.addEventListener('success', () => {
          const writing = opening.result.transaction('chunks', 'readwrite');
          for (let photo = 0; photo < photos; photo += 1)
            for (let i = 0; i < 3; i += 1)
              writing
                .objectStore('chunks')
                .put({ sha: `photo ${photo}`, i, bytes: new Uint8Array(20_000).fill(photo * 3 + i + 1).buffer });
          writing.addEventListener('complete', () => {
            opening.result.close();
            resolve();
          });
        });
      }),
    count,
  );

type Chunk = { readonly sha: string; readonly i: number; readonly bytes: ArrayBuffer };

/** All that is recorded here, read by the platform's own calls: events, pieces of photos, files of the origin. */
export type Stored = { readonly events: readonly string[]; readonly pieces: string; readonly copies: number };
export const stored = (page: Page): Promise<Stored> =>
  page.evaluate(async () => {
    const read = await new Promise<{ keys: IDBValidKey[]; chunks: Chunk[] }>((resolve, reject) => {
      const opening = indexedDB.open('relight-outbox');
      opening.addEventListener('error', () => reject(new Error('the outbox does not open')));
      opening.addEventListener('success', () => {
        const reading = opening.result.transaction(['events', 'chunks'], 'readonly');
        const keys = reading.objectStore('events').getAllKeys();
        const chunks = reading.objectStore('chunks').getAll();
        reading.addEventListener('complete', () => {
          opening.result.close();
          resolve({ keys: keys.result, chunks: chunks.result as Chunk[] });
        });
      });
    });
    let copies = 0;
    const folder = await navigator.storage.getDirectory();
    for await (const _ of folder.values()) copies += 1;
    const pieces = read.chunks.map(
      ({ sha, i, bytes }) => `${sha} ${i} ${[...new Set(new Uint8Array(bytes))].join()} ${bytes.byteLength}`,
    );
    return { events: read.keys.map((key) => JSON.stringify(key)), pieces: pieces.toSorted().join('; '), copies };
  });

/** What the worker still keeps: caches and registrations. */
export const workerLeft = (page: Page): Promise<number> =>
  page.evaluate(async () => (await caches.keys()).length + (await navigator.serviceWorker.getRegistrations()).length);

/** Names of a build's files that the worker keeps. */
export const keptFiles = (page: Page): Promise<readonly string[]> =>
  page.evaluate(async () => {
    const names = await caches.keys();
    const all = await Promise.all(names.map(async (cache) => (await caches.open(cache)).keys()));
    return all.flat().map(({ url }) => new URL(url).pathname.replace('/assets/', ''));
  });

/** Files of a build that a page does not get any more. */
export const lacking = (page: Page, files: readonly string[]): Promise<readonly string[]> =>
  page.evaluate(async (all) => {
    const came = await Promise.all(
      all.map((file) =>
        fetch(`/assets/${file}`).then(
          (answer) => answer.ok && !(answer.headers.get('content-type') ?? '').startsWith('text/html'),
          () => false,
        ),
      ),
    );
    return all.filter((_, at) => !came[at]);
  }, files);

/** Signal is back, and a person wants to see it: until nothing waits. */
export async function emptied(page: Page): Promise<void> {
  await page.evaluate(() => relightClient.syncNow());
  await page.waitForFunction(() => relightClient.status.value.waiting === 0);
}
