import { expect, test } from 'vitest';

import { idOf } from '#shared/event/envelope.ts';

import { anOrder, at, CREW_3, type Story } from '../../test/builders.ts';
import type { OrderView } from '../read/client-context.ts';
import { deliveryOf } from './delivery.ts';

const viewOf = (story: Story): OrderView => ({
  order: story.order,
  events: story.events.map((recorded) => ({ recorded, id: idOf(recorded.event), custody: 'received', own: false })),
  drop: null,
  unread: false,
});
const heard = (clock: string) => new Map([[CREW_3, at(clock)]]);

test('a dispatch lies on the tablet once its device was heard after the centre had it', () => {
  const view = viewOf(anOrder().reported('14:00').dispatched('14:05'));
  expect(deliveryOf(view, heard('14:04'))).toBe('notDelivered');
  expect(deliveryOf(view, heard('14:05'))).toBe('delivered');
  expect(deliveryOf(view, new Map())).toBe('notDelivered');
});

test('a dispatch that is only on this desk cannot lie on the tablet', () => {
  const story = anOrder().reported('14:00').record('dispatched', '14:05', { crew: CREW_3 }, { q: null });
  expect(deliveryOf(viewOf(story), heard('14:30'))).toBe('notDelivered');
});

test('accepting answers the question', () => {
  expect(
    deliveryOf(viewOf(anOrder().reported('14:00').dispatched('14:05').field('accepted', '14:06')), heard('14:00')),
  ).toBeNull();
});
