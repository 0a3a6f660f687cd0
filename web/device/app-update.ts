import { atRest } from './after-paint.ts';

export type AppUpdate = {
  /** Reloads into the waiting build. */
  apply(): void;
};

/**
 * Registers the crew app's service worker; `onReady` when a newer build waits. The person decides when to take it:
 * only the page that was asked reloads, another one goes on with what it has.
 */
export function watchUpdates(onReady: () => void): AppUpdate {
  let take = (): void => location.reload();
  // Loaded after everything a screen needs: it only serves the next start. Without a worker the app still runs.
  void atRest(LATEST_MS)
    .then(() => import('./worker-registration.ts'))
    .then(
      ({ registerWorker }) => void (take = registerWorker(onReady)),
      () => undefined,
    );
  return { apply: () => take() };
}

/** A page that never rests still has to be kept for the next start without signal. */
const LATEST_MS = 3_000;
