import { asPersonId, eventId, orderSubject } from '#shared/ids.ts';
import { openUrges } from '#shared/order/order.ts';

import type { Place } from '../../web/crew/place.ts';
import { about, at, CREW_3, CREWMAN, DISPATCHER, recorded, writer } from '../builders.ts';
import { type FakeClient, openTapAt, SESSION } from '../crew/fake-client.ts';
import { orderOf } from '../crew/orders.ts';

export type Scene = {
  readonly place: Place;
  prepare?(fake: FakeClient): void;
  /** What lies begun, by page. */
  readonly drafts?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** The tablet has this PIN and is locked. */
  readonly pin?: string;
  /** So have others on it, by person. */
  readonly pins?: Readonly<Record<string, string>>;
  /** The van moves. */
  readonly driving?: true;
};

const SECOND = { id: asPersonId(eventId(writer('PRS'), 3)), name: '李师傅', role: 'crew' } as const;
const DUE = orderOf('A7K', '14:22').id;
const AWAY = orderOf('C8T', '14:02').id;
const GIVEN = orderOf('D5R', '14:51').id;

/** A fact of this tablet's own, made before the scene begins. */
function did(fake: FakeClient, ...facts: readonly (readonly ['arrived' | 'restored' | 'signed', string])[]): void {
  for (const [kind, clock] of facts) {
    fake.now.value = at(clock);
    if (kind === 'arrived') void fake.client.submit(DUE, { kind, data: { crew: CREW_3 } });
    else if (kind === 'restored') void fake.client.submit(DUE, { kind, data: { crew: CREW_3, extent: 'all' } });
    else {
      const data = { crew: CREW_3, shown: ['A7K-1'], width: 768, height: 280, strokes: [[1, 1, 20, 20]] };
      void fake.client.submit(DUE, { kind, data });
    }
  }
}

function urge(fake: FakeClient): void {
  const options = { by: DISPATCHER, n: 90, q: 90, subject: orderSubject(DUE) };
  fake.add(DUE, [recorded('urged', '14:49', { level: 'leader', words: '客户二次来电，问几点到' }, options)]);
}

/** An arrival whose clock was set back, after a departure whose clock was fine. */
function doubt(fake: FakeClient): void {
  const place = { subject: orderSubject(DUE), by: CREWMAN };
  const left = { ...about('14:31', 3_000, 'B'), why: 'offsets' } as const;
  const came = { ...about('14:52', 40 * 60_000, 'C'), why: 'setBack' } as const;
  fake.add(DUE, [
    recorded('departed', left, { crew: CREW_3 }, { ...place, n: 91, q: 91 }),
    recorded('arrived', came, { crew: CREW_3 }, { ...place, n: 92, q: 92 }),
  ]);
}

function orderIn(fake: FakeClient, id: typeof DUE) {
  const view = fake.client.order(id).value;
  if (!view) throw new Error(`no ${id}`);
  return view.order;
}

export const scenes: Readonly<Record<string, Scene>> = {
  enrol: { place: { at: 'enrol' }, prepare: (fake) => (fake.session.value = null) },
  today: { place: { at: 'today' }, prepare: (fake) => fake.status({ state: 'noNetwork', lastSuccessAt: at('14:13') }) },
  empty: { place: { at: 'today' }, prepare: (fake) => (fake.held.value = []) },
  order: { place: { at: 'order', order: DUE } },
  doubt: { place: { at: 'order', order: DUE }, prepare: doubt },
  clockoff: { place: { at: 'outbox' }, prepare: (fake) => (fake.clockOffMs.value = 3 * 3_600_000) },
  given: { place: { at: 'order', order: GIVEN } },
  asking: {
    place: { at: 'order', order: DUE },
    prepare: (fake) => (fake.taps.value = [openTapAt(DUE, 'arrived', at('14:54:08'))]),
  },
  restoring: {
    place: { at: 'order', order: DUE },
    prepare(fake) {
      did(fake, ['arrived', '14:58:08']);
      fake.now.value = at('16:23');
      fake.taps.value = [openTapAt(DUE, 'restored', at('16:22:40'))];
    },
  },
  over: { place: { at: 'order', order: DUE }, prepare: (fake) => (fake.now.value = at('15:14')) },
  away: { place: { at: 'order', order: AWAY } },
  sign: {
    place: { at: 'sign', order: DUE },
    prepare: (fake) => did(fake, ['arrived', '14:58:08'], ['restored', '16:22:40']),
  },
  outbox: {
    place: { at: 'outbox' },
    prepare(fake) {
      did(fake, ['arrived', '14:58:08'], ['restored', '16:22:40']);
      fake.reach('received');
      did(fake, ['signed', '16:25:10']);
      fake.now.value = at('16:40');
      fake.status({ state: 'noNetwork', lastSuccessAt: at('16:24'), nextTryAt: at('16:41') });
    },
  },
  map: { place: { at: 'map' } },
  cause: {
    place: { at: 'act', order: DUE, act: 'diagnosed' },
    drafts: { [`diagnosed.${DUE}`]: { 'cause.fuse': 'on', etr: '60', text: '2 号杆' } },
    prepare: (fake) => did(fake, ['arrived', '14:58:08']),
  },
  next: { place: { at: 'order', order: DUE }, prepare: (fake) => did(fake, ['arrived', '14:58:08']) },
  contact: { place: { at: 'act', order: DUE, act: 'contacted' } },
  explain: { place: { at: 'act', order: DUE, act: 'explained' } },
  suspend: { place: { at: 'act', order: DUE, act: 'suspended' } },
  materials: {
    place: { at: 'act', order: DUE, act: 'materialsUsed' },
    drafts: { [`materialsUsed.${DUE}`]: { 'count.fuse': '3', 'count.wire': '12', text: '横担' } },
  },
  return: { place: { at: 'act', order: DUE, act: 'returned' } },
  suspended: {
    place: { at: 'order', order: DUE },
    prepare(fake) {
      did(fake, ['arrived', '14:58:08']);
      fake.now.value = at('15:01:20');
      const data = { crew: CREW_3, reason: 'switching', note: '等 10kV 北桥线停电' } as const;
      void fake.client.submit(DUE, { kind: 'suspended', data });
      fake.now.value = at('15:02');
    },
  },
  urged: { place: { at: 'order', order: DUE }, prepare: urge },
  messages: {
    place: { at: 'messages' },
    prepare(fake) {
      urge(fake);
      const first = openUrges(orderIn(fake, DUE))[0];
      if (first) {
        const data = { crew: CREW_3, urge: first.id, answer: 'waitingSwitching' } as const;
        void fake.client.submit(DUE, { kind: 'urgeAnswered', data });
      }
      fake.add(DUE, [
        recorded(
          'urged',
          '14:54',
          { level: 'director', words: '市长热线在问' },
          { by: DISPATCHER, n: 91, q: 91, subject: orderSubject(DUE) },
        ),
      ]);
    },
  },
  shift: {
    place: { at: 'shift' },
    prepare(fake) {
      fake.power.value = { level: 0.31, charging: false };
    },
  },
  readout: {
    place: { at: 'readOut', order: DUE },
    prepare(fake) {
      did(fake, ['arrived', '14:58:08'], ['restored', '16:22:40']);
      fake.now.value = at('16:40');
    },
  },
  guide: { place: { at: 'guide' } },
  people: {
    place: { at: 'shift' },
    prepare: (fake) => (fake.session.value = { ...SESSION, people: [SESSION.person, SECOND] }),
  },
  lock: { place: { at: 'today' }, pin: '2468' },
  lockpeople: {
    place: { at: 'today' },
    pin: '2468',
    pins: { [SECOND.id]: '1357' },
    prepare: (fake) => (fake.session.value = { ...SESSION, people: [SESSION.person, SECOND] }),
  },
  pin: { place: { at: 'pin' } },
  driving: { place: { at: 'today' }, driving: true },
  returned: {
    place: { at: 'order', order: DUE },
    prepare: (fake) =>
      void fake.client.submit(DUE, { kind: 'returned', data: { crew: CREW_3, reason: 'noAccess', note: '桥断了' } }),
  },
  offline: {
    place: { at: 'today' },
    prepare: (fake) => ((fake.held.value = []), fake.status({ state: 'noNetwork', lastSuccessAt: at('14:13') })),
  },
  firstload: {
    place: { at: 'today' },
    prepare: (fake) => ((fake.held.value = []), fake.status({ state: 'going', lastSuccessAt: null })),
  },
  portal: { place: { at: 'today' }, prepare: (fake) => fake.status({ state: 'captivePortal' }) },
  notsaved: {
    place: { at: 'order', order: DUE },
    prepare(fake) {
      fake.status({
        notSaved: {
          about: DUE,
          order: DUE,
          draft: { kind: 'arrived', data: { crew: CREW_3 } },
          at: at('14:54:08'),
          because: 'full',
        },
      });
    },
  },
  update: { place: { at: 'today' }, prepare: (fake) => (fake.updateReady.value = true) },
};
