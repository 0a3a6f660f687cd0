import { computed, type ReadonlySignal, signal } from '@preact/signals';

import type { DemoAccounts, Session } from '#shared/api/session.ts';
import type { Unsent } from '#shared/engine/unsent.ts';
import { CATALOG, type Draft } from '#shared/event/catalog.ts';
import { idOf, type Recorded } from '#shared/event/envelope.ts';
import type { ShiftStarted } from '#shared/event/organisation.ts';
import { asDeviceId, eventId, orderSubject, type OrderId, type PersonId } from '#shared/ids.ts';
import { foldAll } from '#shared/order/fold.ts';
import { err, ok, type Result } from '#shared/result.ts';
import type { Drop } from '#shared/sync/protocol.ts';
import { exactly } from '#shared/time/event-time.ts';

import type {
  Client,
  Custody,
  Fix,
  NotSaved,
  OpenTap,
  OrderView,
  Organisation,
  OutboxItem,
  Power,
  SyncStatus,
  Unanswered,
} from '../../web/read/client-context.ts';
import { CREW_3, CREW_5, CREWMAN, DISPATCHER, recorded, UNIT, writer } from '../builders.ts';

/** What one order is made of: its events, how far each of the tablet's own got, and whether it was taken away. */
export type Held = {
  readonly id: OrderId;
  readonly events: readonly Recorded[];
  readonly drop?: Drop | undefined;
  readonly unread?: boolean | undefined;
};

export type FakeClient = ReturnType<typeof createFakeClient>;

const OWN = writer('T4B');

export const SESSION: Session = {
  device: asDeviceId(eventId(writer('DEV'), 1)),
  form: 'tablet',
  person: { id: CREWMAN, name: '陈师傅', role: 'crew' },
  unit: { id: UNIT, name: '城西供电所' },
  crew: { id: CREW_3, name: '抢修3班' },
};

export const ORG: Organisation = {
  units: new Map([[UNIT, { id: UNIT, name: '城西供电所', level: 'station', parent: null }]]),
  crews: new Map([
    [CREW_3, { id: CREW_3, name: '抢修3班', unit: UNIT }],
    [CREW_5, { id: CREW_5, name: '抢修5班', unit: UNIT }],
  ]),
  persons: new Map([
    [DISPATCHER, { id: DISPATCHER, name: '李调度', unit: UNIT, role: 'dispatcher' }],
    [CREWMAN, { id: CREWMAN, name: '陈师傅', unit: UNIT, role: 'crew' }],
  ]),
  devices: new Map(),
  activations: [],
};

const CALM: SyncStatus = {
  state: 'idle',
  waiting: 0,
  since: null,
  held: 0,
  parked: 0,
  lastSuccessAt: null,
  pulling: null,
  nextTryAt: null,
  safe: null,
  notSaved: null,
  lost: null,
  evicted: false,
  recovered: 0,
  persisted: true,
  storage: { usedBytes: 3_200_000, quotaBytes: 2_100_000_000 },
};

/**
 * A client whose orders are the real fold over what it is given and what screens submit; nothing is stored and nobody
 * is asked. Everything about it can be changed while a screen is shown.
 */
export function createFakeClient(start: {
  readonly now: number;
  readonly orders?: readonly Held[];
  readonly secure?: boolean;
}) {
  const now = signal(start.now);
  const held = signal<readonly Held[]>(start.orders ?? []);
  const own = signal<ReadonlyMap<string, Custody>>(new Map());
  const taps = signal<readonly OpenTap[]>([]);
  const base = signal<SyncStatus>({ ...CALM, lastSuccessAt: start.now - 60_000 });
  const session = signal<Session | null>(SESSION);
  const here = signal<Fix | null>(null);
  const power = signal<Power | null>({ level: 0.82, charging: false });
  const clockOffMs = signal(400);
  const updateReady = signal(false);
  const storage = signal<'works' | 'full'>('works');
  const asked: string[] = [];
  const answers = {
    enrol: err('network') as Result<Session, Unanswered>,
    demo: ok({ accounts: [], codes: [] }) as Result<DemoAccounts, Unanswered>,
  };

  const orders: ReadonlySignal<readonly OrderView[]> = computed(() => held.value.map(viewOf));
  const viewOf = ({ id, events, drop, unread }: Held): OrderView => ({
    order: foldAll(id, events),
    events: events.map((one) => {
      const event = idOf(one.event);
      const custody = own.value.get(event);
      return { recorded: one, id: event, custody: custody ?? 'settled', own: custody !== undefined };
    }),
    drop: drop ?? null,
    unread: unread ?? false,
  });
  const outbox = computed((): readonly OutboxItem[] =>
    held.value.flatMap(({ id, events }) =>
      events.flatMap((one): OutboxItem[] => {
        const custody = own.value.get(idOf(one.event));
        if (custody === undefined) return [];
        return [
          {
            id: idOf(one.event),
            kind: one.event.kind,
            order: id,
            author: one.event.by,
            state: custody === 'here' ? 'waiting' : custody === 'held' ? 'held' : 'received',
            custody,
            heldCode: custody === 'held' ? 'badData' : null,
            tries: 0,
            since: one.time.est,
          },
        ];
      }),
    ),
  );
  const status = computed((): SyncStatus => {
    const waiting = outbox.value.filter((item) => item.state === 'waiting');
    return {
      ...base.value,
      waiting: waiting.length,
      since: waiting[0]?.since ?? null,
      held: outbox.value.filter((item) => item.state === 'held').length,
    };
  });

  const add = (id: OrderId, events: readonly Recorded[]): void => {
    held.value = held.value.map((one) => (one.id === id ? { ...one, events: [...one.events, ...events] } : one));
  };
  const notSaved = (order: OrderId, draft: Draft, at: number): Result<never, 'notSaved'> => {
    const lost: NotSaved = { about: order, order, draft, at, because: 'full' };
    base.value = { ...base.value, notSaved: lost };
    return err('notSaved');
  };
  const unavailable = (): Promise<Result<never, Unanswered>> => Promise.resolve(err('network'));

  const shifts = signal<readonly { readonly subject: string; readonly data: ShiftStarted }[]>([]);
  const org = computed((): Organisation => {
    const last = shifts.value.at(-1);
    const crew = ORG.crews.get(CREW_3);
    if (!last || !crew) return ORG;
    const shift = { ...last.data, at: now.peek(), by: CREWMAN };
    return { ...ORG, crews: new Map([...ORG.crews, [CREW_3, { ...crew, shift }]]) };
  });
  const beginShift = (subject: string, { data }: Draft<'shiftStarted'>) => {
    shifts.value = [...shifts.value, { subject, data }];
    return Promise.resolve(ok(eventId(OWN, 900)));
  };

  const client: Client = {
    session,
    status,
    orders,
    order: (id) => computed(() => orders.value.find((view) => view.order.id === id) ?? null),
    org,
    live: signal({ heard: [], fixes: [] }),
    now,
    seconds: now,
    taps,
    outbox,
    submit(about, draft, tap) {
      if (draft.kind === 'shiftStarted') return beginShift(about, draft);
      const order = held.value.find(({ id }) => id === about)?.id;
      if (order === undefined) throw new Error(`the crew app records nothing about ${about}`);
      if (storage.value === 'full') return Promise.resolve(notSaved(order, draft, tap?.at ?? now.value));
      const n = own.value.size + 1;
      const event = recordedHere(order, draft, n, tap?.at ?? now.value);
      own.value = new Map([...own.value, [idOf(event.event), 'here']]);
      if (tap) taps.value = taps.value.filter((one) => one.id !== tap.id);
      add(order, [event]);
      return Promise.resolve(ok(idOf(event.event)));
    },
    openTap(order, kind) {
      if (storage.value === 'full') return Promise.resolve(err('notSaved'));
      const tap = openTapAt(order, kind, now.value);
      taps.value = [...taps.value, tap];
      return Promise.resolve(ok(tap));
    },
    dropTap(tap) {
      taps.value = taps.value.filter((one) => one.id !== tap.id);
      return Promise.resolve();
    },
    dismissNotSaved() {
      base.value = { ...base.value, notSaved: null };
    },
    markRead(order) {
      held.value = held.value.map((one) => (one.id === order ? { ...one, unread: false } : one));
      return Promise.resolve();
    },
    signIn: unavailable,
    actAs(id) {
      const before = session.value;
      const person = before?.people?.find((one) => one.id === id);
      if (before && person) session.value = { ...before, person };
      return Promise.resolve(person !== undefined);
    },
    enrol(code) {
      asked.push(`enrol ${code}`);
      if (answers.enrol.ok) session.value = answers.enrol.value;
      return Promise.resolve(answers.enrol);
    },
    signOut: () => Promise.resolve(),
    syncNow: () => void asked.push('syncNow'),
    search: unavailable,
    orderLog: unavailable,
    report: unavailable,
    maps: unavailable,
    ask: unavailable,
    upload: () => Promise.resolve(false),
    equipment: unavailable,
    demoAccounts: () => Promise.resolve(answers.demo),
    position: { watch: (on) => void asked.push(on ? 'watch' : 'stop watching'), here },
    tablet: { power, clockOffMs: () => clockOffMs.value, unsent: () => Promise.resolve(unsent()) },
    secure: start.secure ?? true,
    update: { ready: updateReady, apply: () => void asked.push('update') },
  };

  function unsent(): Unsent {
    const here = held.value
      .flatMap(({ events }) => events)
      .filter(({ event }) => own.value.get(idOf(event)) === 'here');
    const writers = here.length === 0 ? [] : [{ writer: OWN, hiN: here.length }];
    const items = here.map(({ event, hash }) => ({ event, hash }));
    return { writers, items, clock: { wall: now.value, mono: 0, page: 'p' }, marks: [] };
  }

  return {
    client,
    now,
    held,
    own,
    taps,
    session,
    here,
    power,
    storage,
    updateReady,
    clockOffMs,
    answers,
    shifts,
    /** What screens asked for, in order. */
    asked,
    add,
    status: (change: Partial<SyncStatus>) => (base.value = { ...base.value, ...change }),
    /** The server has taken custody of everything, or a backup has it. */
    reach: (custody: Custody) => (own.value = new Map([...own.value.keys()].map((id) => [id, custody]))),
  };
}

export const openTapAt = (order: OrderId, kind: OpenTap['kind'], at: number, by: PersonId = CREWMAN): OpenTap => ({
  id: `tap-${order}-${kind}-${at}`,
  order,
  kind,
  by,
  seen: null,
  clock: { wall: at, mono: 0, page: 'test' },
  at,
});

function recordedHere(order: OrderId, draft: Draft, n: number, at: number): Recorded {
  if (CATALOG[draft.kind].subject !== 'order') throw new Error(`${draft.kind} is not about an order`);
  return recorded(draft.kind, exactly(at), draft.data, { q: null, writer: OWN, n, subject: orderSubject(order) });
}
