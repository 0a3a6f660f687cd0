import { startEngine } from '#shared/engine/engine.ts';
import { eventId, subjectOf } from '#shared/ids.ts';
import { must } from '#shared/result.ts';

import { createClock } from '../../../web/device/clock.ts';
import { createLocks } from '../../../web/device/locks.ts';
import { createMirror } from '../../../web/device/mirror.ts';
import { createRandom, hexOf, randomBytes } from '../../../web/device/random.ts';
import { createCacheStorage } from '../../../web/storage/cache.ts';
import { BALLAST_BYTES, createOutboxStorage } from '../../../web/storage/outbox.ts';
import { openSecondCopy } from '../../../web/storage/second-copy.ts';
import { createTabBus } from '../../../web/sync/tab-bus.ts';
import { createWriting } from '../../../web/write/submit.ts';
import { countRecords } from '../../engine/count-records.ts';
import { CREW, FakeServer, PERSON, TABLET } from '../../engine/fake-server.ts';
import { dispatchedOrder, noted } from '../../engine/given-orders.ts';

declare global {
  // What the test process listens to, and asks.
  function showedSaved(id: string): Promise<void>;
  function tapOn(): void;
  function tapCarelessly(taps: number): Promise<void>;
  function stored(): Promise<{ ids: string[]; counter: number }>;
  function tapUntilFull(): Promise<{ saved: string[]; withReserve: number; because: string | null }>;
  /** Short notes, as many as an arrival is long, until `most` were saved or one was not. */
  function tapShort(most: number): Promise<{ saved: string[]; because: string | null }>;
  /** The centre sends another order of 16 KB; whether it could be stored. */
  function growCache(): Promise<boolean>;
  function reserves(): Promise<number>;
  /** Ms from each tap to "saved", one after the other. */
  function tapTimes(taps: number): Promise<number[]>;
  /** Events that were only in the second copy when the page opened. */
  function recovered(): Promise<number>;
}

/**
 * A crew's page without its looks: the real storage, engine and door for change; only the server is not there.
 * Each tap records a note, and what was saved is shown in the page.
 */
const copies = new URL(location.href).searchParams.get('copies') === '1' ? 1 : 2;
const server = new FakeServer(Date.now);
const order = dispatchedOrder(server);
const outbox = createOutboxStorage({
  name: 'tapping-outbox',
  ballast: BALLAST_BYTES,
  random: randomBytes,
  ...(copies === 1 ? {} : { copy: (db) => openSecondCopy('tapping-outbox', db) }),
});
const cache = createCacheStorage('tapping-cache', () => outbox.roomy());
if ((await outbox.load()).meta === null) must(await outbox.begin(server.writer, true));
// New, or thrown away with all databases: the cache the centre would fill again.
if ((await cache.load()).records.length === 0) {
  must(
    await cache.saveSession({
      ...TABLET,
      crew: { id: CREW, name: 'Crew 3' },
      person: { ...TABLET.person, id: PERSON },
    }),
  );
  const subject = server.log[0]!.event.subject;
  const put = [{ subject, events: server.log, drop: null }];
  const cursor = { epoch: 'e1', scope: 's', q: 2, h: 'h' };
  must(await cache.apply(must(await cache.fence()), { clear: true, put, remove: [], staged: null, meta: { cursor } }));
}

const engine = await startEngine(
  {
    outbox,
    cache,
    transport: {
      sync: () => Promise.resolve({ ok: false, error: { is: 'network', afterMs: 0 } }),
      ask: () => Promise.resolve({ ok: false, error: 'network' }),
    },
    clock: createClock(),
    wake: {
      after(ms, run) {
        const timer = window.setTimeout(run, ms);
        return () => clearTimeout(timer);
      },
      onWake: () => () => undefined,
      onHint: () => () => undefined,
    },
    locks: createLocks('tapping-'),
    bus: createTabBus('tapping'),
    mirror: createMirror('tapping-mirror'),
    random: createRandom(),
  },
  { app: 'tapping', fix: () => undefined },
);
const writing = createWriting(engine);
const button = document.querySelector('button')!;
const shown = document.querySelector('output')!;
let count = 0;

const tap = async (): Promise<void> => {
  const done = await writing.submit(order, noted(`note ${(count += 1)}`));
  if (!done.ok) throw new Error(`not saved: ${done.error}`);
  shown.textContent = `saved ${done.value}`;
  void window.showedSaved(done.value);
};
button.addEventListener('click', () => void tap().then(() => setTimeout(() => button.click(), 0)));

window.tapOn = () => {
  // Two hands: one transaction is always under way while another one ends.
  button.click();
  button.click();
};

/** What a build would do that says "saved" before the transaction has completed. */
window.tapCarelessly = async (taps) => {
  const from = engine.outbox().length;
  for (let tapped = 1; tapped <= taps; tapped += 1) {
    void writing.submit(order, noted('careless'));
    void window.showedSaved(`${server.writer}-${from + tapped}`);
  }
  await Promise.resolve();
};

window.tapTimes = async (taps) => {
  const times: number[] = [];
  while (times.length < taps) {
    const from = performance.now();
    await tap();
    times.push(performance.now() - from);
  }
  return times;
};

window.recovered = async () => (await outbox.recovered?.()) ?? 0;

window.reserves = () => countRecords('tapping-outbox', 'ballast', 1);

window.tapUntilFull = async () => {
  const saved: string[] = [];
  let withReserve = 0;
  while (saved.length < 5_000) {
    // Letters of chance, so that nothing can be pressed together.
    const done = await writing.submit(order, noted(hexOf(7_000)));
    if (!done.ok) break;
    saved.push(done.value);
    if (saved.length % 20 === 0 && (await window.reserves()) > 0) withReserve = saved.length;
  }
  return { saved, withReserve, because: engine.status().notSaved?.because ?? null };
};

window.tapShort = async (most) => {
  const saved: string[] = [];
  while (saved.length < most) {
    const done = await writing.submit(order, noted(`arrived ${saved.length}`));
    if (!done.ok) break;
    saved.push(done.value);
  }
  return { saved, because: engine.status().notSaved?.because ?? null };
};

let grown = 0;
window.growCache = async () => {
  const [first_] = server.log;
  const events = [{ ...first_!, event: { ...first_!.event, data: { text: hexOf(8_192) } } }];
  const subject = subjectOf('order', eventId(server.writer, 10_000 + (grown += 1)));
  const put = [{ subject, events, drop: null }];
  return (await cache.apply(Number.MAX_SAFE_INTEGER, { clear: false, put, remove: [], staged: null, meta: {} })).ok;
};

window.stored = async () => {
  await outbox.recovered?.();
  const { rows, meta } = await outbox.load();
  return { ids: rows.map((row) => `${row.writer}-${row.n}`), counter: meta?.counter ?? 0 };
};
