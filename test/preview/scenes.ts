import type { Place } from '../../web/crew/place.ts';
import { at, CREW_3 } from '../builders.ts';
import { type FakeClient, openTapAt } from '../crew/fake-client.ts';
import { orderOf } from '../crew/orders.ts';

type Scene = { readonly place: Place; prepare?(fake: FakeClient): void };

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

export const scenes: Readonly<Record<string, Scene>> = {
  enrol: { place: { at: 'enrol' }, prepare: (fake) => (fake.session.value = null) },
  today: { place: { at: 'today' }, prepare: (fake) => fake.status({ state: 'noNetwork', lastSuccessAt: at('14:13') }) },
  empty: { place: { at: 'today' }, prepare: (fake) => (fake.held.value = []) },
  order: { place: { at: 'order', order: DUE } },
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
