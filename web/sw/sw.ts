import { cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute } from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';

/**
 * Keeps the crew app on the tablet, so that it opens with the server gone. It answers for the app's own files and for
 * opening `/crew`, for nothing else: `/v1` and `/maps` always go to the network untouched.
 *
 * A new version waits until a person asks for it; nothing reloads by itself.
 */
declare const self: ServiceWorkerGlobalScope & {
  readonly __WB_MANIFEST: readonly { readonly url: string; readonly revision: string | null }[];
};

cleanupOutdatedCaches();
precacheAndRoute([...self.__WB_MANIFEST], { cleanURLs: false, directoryIndex: '' });

registerRoute(new NavigationRoute(createHandlerBoundToURL('/crew'), { allowlist: [/^\/crew(?:\/|$)/] }));

self.addEventListener('message', (event: ExtendableMessageEvent) => {
  if (isSkipWaiting(event.data)) event.waitUntil(self.skipWaiting());
});

// The first page that installed it is kept by it at once, so that one visit is enough before the signal goes.
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

const isSkipWaiting = (data: unknown): boolean =>
  typeof data === 'object' && data !== null && 'type' in data && data.type === 'SKIP_WAITING';
