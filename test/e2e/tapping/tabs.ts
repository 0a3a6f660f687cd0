import { startEngine } from '#shared/engine/engine.ts';
import { createHttpTransport } from '#shared/engine/http-transport.ts';
import { must } from '#shared/result.ts';

import { createClock } from '../../../web/device/clock.ts';
import { createLocks } from '../../../web/device/locks.ts';
import { createMirror } from '../../../web/device/mirror.ts';
import { createRandom, randomBytes } from '../../../web/device/random.ts';
import { createCacheStorage } from '../../../web/storage/cache.ts';
import { createOutboxStorage } from '../../../web/storage/outbox.ts';
import { openSecondCopy } from '../../../web/storage/second-copy.ts';
import { createBrowserHttp } from '../../../web/sync/browser-http.ts';
import { createBrowserWake } from '../../../web/sync/browser-wake.ts';
import { createTabBus } from '../../../web/sync/tab-bus.ts';

declare global {
  function enrolHere(code: string): Promise<void>;
  function ordersHere(): number;
  /** Notes one after the other; `noteSaved` hears of each once it is saved. */
  function tapNotes(count: number, tag: string): Promise<void>;
  function noteSaved(text: string): Promise<void>;
  function waitingHere(): number;
  /** What this page calls itself in each request. */
  function pageName(): string;
}

/** A tab of the crew app without its looks: everything it stores, locks and sends with is the product's. */
const clock = createClock();
const engine = await startEngine(
  {
    outbox: createOutboxStorage({
      name: 'tabs-outbox',
      ballast: 0,
      random: randomBytes,
      copy: (db) => openSecondCopy('tabs-outbox', db),
    }),
    cache: createCacheStorage('tabs-cache'),
    transport: createHttpTransport(createBrowserHttp(), 'tablet'),
    clock,
    wake: createBrowserWake('/v1/hints?form=tablet'),
    locks: createLocks('tabs-'),
    bus: createTabBus('tabs'),
    mirror: createMirror('tabs-mirror'),
    random: createRandom(),
  },
  { app: 'tabs', fix: () => undefined },
);

window.enrolHere = async (code) => void must(await engine.enrol(code));
window.ordersHere = () => engine.orders().length;
window.waitingHere = () => engine.status().waiting;
window.tapNotes = async (count, tag) => {
  const order = engine.orders()[0]!.order.id;
  const { crew } = engine.meta().session!;
  for (let tapped = 0; tapped < count; tapped += 1) {
    const text = `${tag} ${tapped}`;
    must(await engine.submit(order, { kind: 'noted', data: { crew: crew!.id, text } }));
    void window.noteSaved(text);
  }
};
window.pageName = () => clock.page;
