export type AppUpdate = {
  /** Reloads into the waiting build. */
  apply(): void;
};

/** A tablet may stay open for weeks: it looks for a newer build this often, where there is signal. */
const LOOK_EVERY_MS = 60 * 60_000;

/**
 * Registers the crew app's service worker; `onReady` when a newer build waits. The person decides when to take it:
 * only the page that was asked reloads, another one goes on with what it has.
 */
export function watchUpdates(onReady: () => void): AppUpdate {
  if (!('serviceWorker' in navigator)) return { apply: () => location.reload() };
  let take = (): void => location.reload();
  // Loaded after everything a screen needs: it only serves the next start.
  const registered = import('workbox-window').then(async ({ Workbox }) => {
    const workbox = new Workbox('/sw.js', { scope: '/crew' });
    let asked = false;
    take = () => {
      asked = true;
      workbox.messageSkipWaiting();
    };
    workbox.addEventListener('waiting', onReady);
    workbox.addEventListener('controlling', () => {
      if (asked) location.reload();
    });
    await workbox.register();
    setInterval(() => void workbox.update().catch(() => undefined), LOOK_EVERY_MS);
  });
  // Without a worker the app still runs; it only does not start offline.
  void registered.catch(() => undefined);
  return { apply: () => take() };
}
