import { cleanupOutdatedCaches, PrecacheController, PrecacheRoute } from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';

/**
 * Keeps the crew app on the tablet, so that it opens with the server gone. It answers for the app's own files and for
 * opening `/crew`, for nothing else: `/v1` and `/maps` always go to the network untouched.
 *
 * A new version waits until a person asks for it; nothing reloads by itself. It is there whole or not at all, and pages
 * that were opened with the one before go on with that one's files.
 */
type KeptFile = { readonly url: string; readonly revision: string | null };
declare const self: Omit<ServiceWorkerGlobalScope, '__WB_MANIFEST'> & { readonly __WB_MANIFEST: readonly KeptFile[] };

const files = self.__WB_MANIFEST;
const kept = new PrecacheController({
  plugins: [
    { cacheWillUpdate: async ({ request, response }) => ((await isOurs(request, response)) ? response : null) },
  ],
});
kept.addToCacheList([...files]);
cleanupOutdatedCaches();

registerRoute(new PrecacheRoute(kept, { cleanURLs: false, directoryIndex: '' }));
registerRoute(new NavigationRoute(kept.createHandlerBoundToURL('/crew'), { allowlist: [/^\/crew(?:\/|$)/] }));
registerRoute(
  ({ url, sameOrigin }) => sameOrigin && isAsset(url),
  async ({ request }) => (await caches.match(request, { cacheName: BEFORE })) ?? fetch(request),
);

self.addEventListener('install', (event) => event.waitUntil(comeIn(event)));

self.addEventListener('activate', (event) => event.waitUntil(takeOver(event)));

self.addEventListener('message', (event: ExtendableMessageEvent) => {
  if (isSkipWaiting(event.data)) event.waitUntil(self.skipWaiting());
});

/** Files of the build before this one. The server's switch-off worker knows the name, too. */
const BEFORE = 'relight-pages-before';
/** With less room than this they are not kept: what crews record comes first. */
const ROOM_BYTES = 50_000_000;

/** Where nothing was kept no page lives on it: also behind a worker that was switched off and is still held by a page. */
async function comeIn(event: ExtendableEvent): Promise<void> {
  const first = !(await caches.has(kept.strategy.cacheName));
  await kept.install(event);
  if (first) await self.skipWaiting();
}

async function takeOver(event: ExtendableEvent): Promise<void> {
  // Without them a page that is still open loads what it lacks from the server, which has them too.
  await keepBefore().catch(() => undefined);
  await kept.activate(event);
  // The first page that installed it is kept by it at once, so that one visit is enough before the signal goes.
  await self.clients.claim();
}

async function keepBefore(): Promise<void> {
  const { quota = 0, usage = 0 } = await navigator.storage.estimate();
  if (quota - usage < ROOM_BYTES) return;
  const cache = await caches.open(kept.strategy.cacheName);
  const now = new Set(kept.getURLsToCacheKeys().values());
  const outdated = (await cache.keys()).filter(({ url }) => !now.has(url) && isAsset(new URL(url)));
  if (outdated.length === 0) return;
  await caches.delete(BEFORE);
  const before = await caches.open(BEFORE);
  for (const request of outdated) {
    const response = await cache.match(request);
    if (response) await before.put(request, response);
  }
}

/**
 * A page put in the place of a file, as by a network that wants one to sign in first, is never kept: the next attempt
 * would take it for ours. Our page is known by the code of this build that it names.
 */
async function isOurs(request: Request, response: Response): Promise<boolean> {
  if (!response.ok || response.redirected) return false;
  const page = response.headers.get('content-type')?.startsWith('text/html') ?? false;
  if (new URL(request.url).pathname !== '/crew') return !page;
  if (!page) return false;
  const text = await response.clone().text();
  return files.some(({ url }) => url.endsWith('.js') && text.includes(url));
}

const isAsset = ({ pathname }: URL): boolean => pathname.startsWith('/assets/');

const isSkipWaiting = (data: unknown): boolean =>
  typeof data === 'object' && data !== null && 'type' in data && data.type === 'SKIP_WAITING';
