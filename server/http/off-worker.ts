/**
 * What stands in the place of the crew app's service worker while it is switched off: it takes the one before it away,
 * with the app's code that was kept, and nothing else. What a crew recorded lies in IndexedDB and in files of the origin,
 * which it does not know. Open pages go on and fetch from the server what they still need. Written by hand and in here, so
 * that no build can break it.
 */
export const OFF_WORKER = `'use strict';
self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(leave()));
async function leave() {
  const names = (await caches.keys()).filter((name) => name.startsWith('workbox-precache') || name.startsWith('relight-pages'));
  await Promise.all(names.map((name) => caches.delete(name)));
  await self.registration.unregister();
}
`;
