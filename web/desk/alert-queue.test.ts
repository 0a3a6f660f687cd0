import { describe, expect, test } from 'vitest';

import type { AlertLevel } from '#shared/event/alert.ts';
import { foldAll } from '#shared/order/fold.ts';

import { about, at } from '../../test/builders.ts';
import { type OrderStory, orderOf } from '../../test/crew/orders.ts';
import type { OrderView } from '../read/client-context.ts';
import { alertQueue, currentIn } from './alert-queue.ts';

const view = ({ id, events }: OrderStory): OrderView => ({
  order: foldAll(id, events),
  events: [],
  drop: null,
  unread: false,
});

function raised(story: OrderStory, level: AlertLevel, clock: string, quiet?: true): OrderStory {
  const because = level === 'soon' ? 'due' : level === 'missed' ? 'over' : 'silent';
  const known = { heard: at('14:00'), devices: [] };
  const data = {
    rule: 'arrival',
    level,
    epoch: 1,
    limit: at('14:45'),
    because,
    known,
    ...(quiet ? { quiet } : {}),
  } as const;
  story.record('alertRaised', clock, data, { by: null });
  return story;
}

const acknowledged = (story: OrderStory, how: 'claimed' | 'shelved', until: string): OrderStory => {
  const data = { alert: story.lastId, how, until: at(until), reason: '等操作票' };
  story.record('alertAcknowledged', '14:46', data);
  return story;
};

const queueAt = (clock: string, ...stories: readonly OrderStory[]) => alertQueue(stories.map(view), at(clock));
const ids = (list: ReturnType<typeof alertQueue>['standing']): string[] =>
  list.map(({ order }) => order.id.slice(0, 3));

describe('the alert queue', () => {
  test('what endangers a person comes first, then what has passed its limit, then what will', () => {
    const soon = raised(orderOf('A2A', '14:00'), 'soon', '14:36');
    const silent = raised(orderOf('C2C', '14:00'), 'contact', '14:45');
    const person = raised(orderOf('D2D', '14:00', { hazards: ['medical'] }), 'missed', '14:46');
    const { standing } = queueAt('14:47', soon, silent, person);
    expect(ids(standing)).toEqual(['D2D', 'C2C', 'A2A']);
    expect(standing.map(({ priority }) => priority)).toEqual([1, 2, 3]);
  });

  test('keys act on what is seen: one that was just claimed is not the current one of those that stand', () => {
    const claimed = acknowledged(raised(orderOf('A2A', '14:00'), 'contact', '14:45'), 'claimed', '14:56');
    const other = raised(orderOf('C2C', '14:00'), 'contact', '14:45');
    const queue = queueAt('14:55', claimed, other);
    const chosen = queue.claimed[0]?.alert.id ?? null;
    expect(currentIn(queue.standing, chosen)).toBe(0);
    expect(currentIn(queue.claimed, chosen)).toBe(0);
    expect(currentIn(queue.withdrawn, chosen)).toBe(-1);
  });

  test('a claimed alert leaves the queue and comes back marked when it is time to look again', () => {
    const claimed = acknowledged(raised(orderOf('A2A', '14:00'), 'contact', '14:45'), 'claimed', '14:56');
    expect(queueAt('14:55', claimed).standing).toEqual([]);
    expect(ids(queueAt('14:55', claimed).claimed)).toEqual(['A2A']);
    const later = queueAt('14:56', claimed);
    expect([ids(later.standing), later.standing[0]?.old, later.claimed]).toEqual([['A2A'], true, []]);
  });

  test('a shelved alert stays in sight in its own list until its end', () => {
    const shelved = acknowledged(raised(orderOf('A2A', '14:00'), 'contact', '14:45'), 'shelved', '15:00');
    expect(ids(queueAt('14:59', shelved).shelved)).toEqual(['A2A']);
    expect(ids(queueAt('15:00', shelved).standing)).toEqual(['A2A']);
  });

  test('a withdrawn alert stays in its place for a minute, then in the withdrawn list', () => {
    const story = raised(orderOf('A2A', '14:00'), 'contact', '14:45');
    const data = { alert: story.lastId, fact: story.lastId, time: about('14:21', 20_000, 'A') };
    story.record('alertWithdrawn', '16:10', data, { by: null });
    expect(ids(queueAt('16:10:59', story).standing)).toEqual(['A2A']);
    expect(queueAt('16:11', story).standing).toEqual([]);
    expect(ids(queueAt('16:11', story).withdrawn)).toEqual(['A2A']);
  });

  test('a breach recorded quietly is no card', () => {
    const quiet = raised(orderOf('A2A', '14:00'), 'missed', '14:50', true);
    expect(queueAt('14:51', quiet)).toEqual({ standing: [], claimed: [], shelved: [], withdrawn: [], load: 0 });
  });

  test('the load counts what was raised in the last ten minutes', () => {
    const stories = [
      raised(orderOf('A2A', '14:00'), 'soon', '14:36'),
      raised(orderOf('C2C', '14:00'), 'soon', '14:44'),
    ];
    expect([queueAt('14:45', ...stories).load, queueAt('14:47', ...stories).load]).toEqual([2, 1]);
  });

  test('a step up stands on the card that is there and is no load of its own', () => {
    const climbed = raised(raised(orderOf('A2A', '14:00'), 'missed', '14:46'), 'escalated1', '14:52');
    expect(queueAt('14:53', climbed).load).toBe(1);
    expect(queueAt('14:57', climbed).load).toBe(0);
  });
});
