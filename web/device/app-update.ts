import { Workbox } from 'workbox-window';

export type AppUpdate = {
  /** Reloads into the waiting build. */
  apply(): void;
};

/** Registers the service worker; `onReady` when a newer build waits. The person decides when to take it. */
export function watchUpdates(onReady: () => void): AppUpdate {
  if (!('serviceWorker' in navigator)) return { apply: () => location.reload() };
  const workbox = new Workbox('/sw.js');
  let waiting = false;
  workbox.addEventListener('waiting', () => {
    waiting = true;
    onReady();
  });
  workbox.addEventListener('controlling', () => {
    if (waiting) location.reload();
  });
  // Without a worker the app still runs; it only does not start offline.
  void workbox.register().catch(() => undefined);
  return { apply: () => workbox.messageSkipWaiting() };
}
