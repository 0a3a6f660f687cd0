import { describe, expect, test } from 'vitest';

import { at } from '../../test/builders.ts';
import { orderOf } from '../../test/crew/orders.ts';
import { raisedOn, viewOf } from '../../test/desk/alert-stories.ts';
import { groupedAlerts } from './alert-groups.ts';
import { alertQueue, type QueuedAlert } from './alert-queue.ts';

const queued = (...stories: readonly ReturnType<typeof orderOf>[]): readonly QueuedAlert[] =>
  alertQueue(stories.map(viewOf), at('15:00')).standing;

const faces = (listed: readonly QueuedAlert[]): readonly string[] =>
  groupedAlerts(listed).map(
    ({ face, cause, others }) => `${face.order.id.slice(0, 3)} ${cause?.is ?? '-'} ${others.length}`,
  );

describe('alerts in a flood', () => {
  test('three of one cause are one place, whose face is the worst; two stay alone', () => {
    const soon = ['A2A', 'C2C', 'D2D'].map((id) => raisedOn(orderOf(id, '14:00'), 'soon', '14:36'));
    const missed = ['E2E', 'F2F'].map((id) => raisedOn(orderOf(id, '14:00'), 'missed', '14:46'));
    expect(faces(queued(...soon, ...missed))).toEqual(['E2E - 0', 'F2F - 0', 'A2A soon 2']);
    const third = raisedOn(orderOf('G2G', '14:00'), 'missed', '14:46');
    expect(faces(queued(...soon, ...missed, third))).toEqual(['E2E unit 2', 'A2A soon 2']);
  });

  test('what endangers a person is never inside a group', () => {
    const dangerous = ['A2A', 'C2C', 'D2D', 'E2E'].map((id) =>
      raisedOn(orderOf(id, '14:00', { hazards: ['medical'] }), 'missed', '14:46'),
    );
    expect(faces(queued(...dangerous))).toEqual(['A2A - 0', 'C2C - 0', 'D2D - 0', 'E2E - 0']);
  });

  test('nothing is left out and nothing stands twice', () => {
    const stories = Array.from({ length: 40 }, (_, n) =>
      raisedOn(
        orderOf(`${'ACDEFGHJKL'.charAt(n % 10)}${Math.floor(n / 10) + 2}A`, '14:00'),
        n % 3 === 0 ? 'soon' : n % 3 === 1 ? 'missed' : 'contact',
        '14:46',
      ),
    );
    const listed = queued(...stories);
    const shown = groupedAlerts(listed).flatMap(({ face, others }) => [face, ...others]);
    expect(new Set(shown)).toEqual(new Set(listed));
    expect(shown).toHaveLength(listed.length);
  });
});
