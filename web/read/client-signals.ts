import { batch, computed, signal, type ReadonlySignal, type Signal } from '@preact/signals';

import type { Engine } from '#shared/engine/engine.ts';
import type { OrderView } from '#shared/engine/views.ts';
import { subjectId, subjectType, type OrderId, type Subject } from '#shared/ids.ts';

import { UNKNOWN_KEEPING, type Keeping } from '../device/keeping.ts';
import type { Client } from './client-context.ts';
import { createIntervals } from './intervals.ts';
import { ticking } from './ticking.ts';

export type ClientSignals = Pick<
  Client,
  'session' | 'status' | 'orders' | 'order' | 'org' | 'live' | 'now' | 'seconds' | 'taps' | 'outbox'
> & { readonly setKeeping: (keeping: Keeping) => void };

/** While page after page comes: to draw ten thousand orders for each of them would keep the next one waiting. */
const PULLING_MS = 1_000;

/** What the engine has stored, as signals. They change because stored data changed, never because a call returned. */
export function createClientSignals(engine: Engine): ClientSignals {
  const status = signal(engine.status());
  const keeping = signal(UNKNOWN_KEEPING);
  const session = signal(engine.meta().session);
  const orders = signal(engine.orders());
  const org = signal(engine.organisation());
  const live = signal(engine.meta().live);
  const taps = signal(engine.taps());
  const outbox = signal(engine.outbox());
  const now = ticking(10_000, () => engine.now());
  const seconds = ticking(1_000, () => engine.now());
  const byOrder = new Map<OrderId, Signal<OrderView | null>>();
  const atIntervals = createIntervals(PULLING_MS, (subjects) =>
    batch(() => {
      orders.value = engine.orders();
      org.value = engine.organisation();
      for (const id of subjects === 'all' ? byOrder.keys() : subjects.flatMap(orderIn)) {
        const one = byOrder.get(id);
        if (one) one.value = engine.order(id);
      }
    }),
  );

  engine.subscribe((subjects) =>
    batch(() => {
      // An answer of the server corrects the time: what it says is never shown beside another clock.
      now.look();
      seconds.look();
      status.value = engine.status();
      session.value = engine.meta().session;
      live.value = engine.meta().live;
      taps.value = engine.taps();
      // Nothing stored changed, only how the work goes.
      if (subjects !== 'all' && subjects.length === 0) return;
      outbox.value = engine.outbox();
      // The first orders are shown as soon as they are there.
      atIntervals(subjects, engine.meta().cursor?.towards !== undefined && orders.peek().length > 0);
    }),
  );

  return {
    session,
    status: computed(() => ({ ...status.value, ...keeping.value })),
    orders,
    order(id): ReadonlySignal<OrderView | null> {
      const known = byOrder.get(id);
      if (known) return known;
      const made = signal<OrderView | null>(engine.order(id));
      byOrder.set(id, made);
      return made;
    },
    org,
    live,
    now: now.time,
    seconds: seconds.time,
    taps,
    outbox,
    setKeeping: (known) => {
      keeping.value = known;
    },
  };
}

const orderIn = (subject: Subject): readonly OrderId[] =>
  subjectType(subject) === 'order' ? [subjectId<OrderId>(subject)] : [];
