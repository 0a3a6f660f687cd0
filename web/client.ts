import { startEngine } from '#shared/engine/engine.ts';
import { createHttpTransport } from '#shared/engine/http-transport.ts';

import { atRest } from './device/after-paint.ts';
import { createClock } from './device/clock.ts';
import { askToKeep } from './device/keeping.ts';
import { createLocks } from './device/locks.ts';
import { createMirror } from './device/mirror.ts';
import { createRandom, randomBytes } from './device/random.ts';
import { isSecurePage } from './device/secure-page.ts';
import type { Client } from './read/client-context.ts';
import { createClientSignals } from './read/client-signals.ts';
import { keepGpsEvidence } from './read/gps-evidence.ts';
import { createMapQuestions } from './read/map-questions.ts';
import { createPosition } from './read/position.ts';
import { createQuestions } from './read/questions.ts';
import { createTablet } from './read/tablet.ts';
import { createUpdate, noUpdate } from './read/update.ts';
import { createCacheStorage } from './storage/cache.ts';
import { BALLAST_BYTES, createOutboxStorage } from './storage/outbox.ts';
import { createBrowserHttp } from './sync/browser-http.ts';
import { createBrowserWake } from './sync/browser-wake.ts';
import { createTabBus } from './sync/tab-bus.ts';
import { createWriting } from './write/submit.ts';

/** Both copies are compared once the list stands; whatever is recorded before opens the second one at once. */
const COPY_WITHIN_MS = 2_000;
const KEEPING_EVERY_MS = 10 * 60_000;

/**
 * Wires one app of this origin: crew app and desk each are a device of their own, with their own stores, locks and
 * session. The promise is fulfilled when everything stored here can be shown; it waits for no network.
 */
export async function createClient(app: 'crew' | 'desk'): Promise<Client> {
  const form = app === 'crew' ? 'tablet' : 'desk';
  const prefix = app === 'crew' ? 'relight' : 'relight-desk';
  const transport = createHttpTransport(createBrowserHttp(), form);
  const outbox = createOutboxStorage({
    name: `${prefix}-outbox`,
    ballast: BALLAST_BYTES,
    random: randomBytes,
    rest: () => atRest(COPY_WITHIN_MS),
    copy: (db) =>
      import('./storage/second-copy.ts').then(({ openSecondCopy }) => openSecondCopy(`${prefix}-outbox`, db)),
  });
  const roomy = (): Promise<boolean> => outbox.roomy();
  const cacheName = `${prefix}-cache`;
  const cache = createCacheStorage(
    cacheName,
    roomy,
    // A desk without the centre has nothing to do, and ten thousand orders.
    app === 'crew'
      ? (db) => import('./storage/cache-copy.ts').then(({ openCacheCopy }) => openCacheCopy(cacheName, db, roomy))
      : undefined,
    app === 'crew' ? undefined : (await import('./storage/paged-shelf.ts')).createPagedShelf(),
  );
  const clock = createClock();
  const { position, fresh } = createPosition();
  const engine = await startEngine(
    {
      outbox,
      cache,
      transport,
      clock,
      wake: createBrowserWake(`/v1/hints?form=${form}`),
      locks: createLocks(`${prefix}-`),
      bus: createTabBus(prefix),
      mirror: createMirror(`${prefix}-mirror`),
      random: createRandom(),
    },
    { app, fix: () => (form === 'tablet' ? fresh() : undefined) },
  );
  keepGpsEvidence(position.here, clock, (fix) => engine.keepFix(fix));
  const writing = createWriting(engine);
  const { setKeeping, ...signals } = createClientSignals(engine);
  const keep = (): void => void askToKeep().then(setKeeping);
  keep();
  setInterval(keep, KEEPING_EVERY_MS);

  return {
    ...signals,
    submit: writing.submit,
    openTap: writing.openTap,
    dropTap: writing.dropTap,
    dismissNotSaved: (notSaved) => engine.dismissNotSaved(notSaved),
    markRead: (order) => engine.markRead(order),
    signIn: engine.signIn,
    enrol: engine.enrol,
    actAs: engine.actAs,
    signOut: engine.signOut,
    syncNow: () => engine.syncNow(),
    ...createQuestions(transport),
    ask: transport.ask,
    // A desk's, now and then: no tablet waits for it.
    upload: async (...asked) => (await import('./sync/upload.ts')).upload(...asked),
    ...createMapQuestions(transport),
    position,
    tablet: createTablet(engine),
    secure: isSecurePage(),
    update: app === 'crew' && import.meta.env.PROD ? createUpdate(writing.settled) : noUpdate(),
  };
}
