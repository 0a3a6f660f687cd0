import { Workbox } from 'workbox-window';

/** A tablet may stay open for weeks: it looks for a newer build this often, where there is signal. */
const LOOK_EVERY_MS = 60 * 60_000;

/** Gives what takes the waiting build: this page reloads once, into it. Nothing else ever reloads a page. */
export function registerWorker(onReady: () => void): () => void {
  // Code of this page's build that is nowhere any more: there is a newer one, and a person may go on to it.
  addEventListener('vite:preloadError', () => navigator.onLine && onReady());
  if (!('serviceWorker' in navigator)) return () => location.reload();

  const workbox = new Workbox('/sw.js', { scope: '/crew' });
  let taking = false;
  navigator.serviceWorker.addEventListener('controllerchange', () => {
    if (taking) location.reload();
  });
  const registered = workbox.register().catch(() => undefined);
  void registered.then((registration) => {
    if (!registration) return;
    watch(registration, onReady);
    // One that was switched off and is on again may be the old one still, held by another page.
    if (!navigator.serviceWorker.controller) void registration.update().catch(() => undefined);
  });
  setInterval(() => void workbox.update().catch(() => undefined), LOOK_EVERY_MS);
  return () => {
    taking = true;
    void registered.then((registration) => {
      // Another page may have taken it already, and it was not told to this one.
      if (registration?.waiting) workbox.messageSkipWaiting();
      else location.reload();
    });
  };
}

/** Tells of each build that waits. Workbox tells of the first that comes only, also where its download broke off. */
function watch(registration: ServiceWorkerRegistration, onReady: () => void): void {
  const look = (): void => {
    if (registration.waiting && navigator.serviceWorker.controller) onReady();
  };
  registration.addEventListener('updatefound', () => registration.installing?.addEventListener('statechange', look));
  look();
}
