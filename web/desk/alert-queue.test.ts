import { describe, expect, test } from 'vitest';

import { about, at } from '../../test/builders.ts';
import { type OrderStory, orderOf } from '../../test/crew/orders.ts';
import { raisedOn, viewOf } from '../../test/desk/alert-stories.ts';
import { alertQueue, currentIn } from './alert-queue.ts';

const acknowledged = (story: OrderStory, how: 'claimed' | 'shelved', until: string): OrderStory => {
  const data = { alert: story.lastId, how, until: at(until), reason: '等操作票' };
  story.record('alertAcknowledged', '14:46', data);
  return story;
};

const queueAt = (clock: string, ...stories: readonly OrderStory[]) => alertQueue(stories.map(viewOf), at(clock));
const ids = (list: ReturnType<typeof alertQueue>['standing']): string[] =>
  list.map(({ order }) => order.id.slice(0, 3));

describe('the alert queue', () => {
  test('what endangers a person comes first, then what has passed its limit, then what will', () => {
    const soon = raisedOn(orderOf('A2A', '14:00'), 'soon', '14:36');
    const silent = raisedOn(orderOf('C2C', '14:00'), 'contact', '14:45');
    const person = raisedOn(orderOf('D2D', '14:00', { hazards: ['medical'] }), 'missed', '14:46');
    const { standing } = queueAt('14:47', soon, silent, person);
    expect(ids(standing)).toEqual(['D2D', 'C2C', 'A2A']);
    expect(standing.map(({ priority }) => priority)).toEqual([1, 2, 3]);
  });

  test('keys act on what is seen: one that was just claimed is not the current one of those that stand', () => {
    const claimed = acknowledged(raisedOn(orderOf('A2A', '14:00'), 'contact', '14:45'), 'claimed', '14:56');
    const other = raisedOn(orderOf('C2C', '14:00'), 'contact', '14:45');
    const queue = queueAt('14:55', claimed, other);
    const chosen = queue.claimed[0]?.alert.id ?? null;
    expect(currentIn(queue.standing, chosen)).toBe(0);
    expect(currentIn(queue.claimed, chosen)).toBe(0);
    expect(currentIn(queue.withdrawn, chosen)).toBe(-1);
  });

  test('a claimed alert leaves the queue and comes back marked when it is time to look again', () => {
    const claimed = acknowledged(raisedOn(orderOf('A2A', '14:00'), 'contact', '14:45'), 'claimed', '14:56');
    expect(queueAt('14:55', claimed).standing).toEqual([]);
    expect(ids(queueAt('14:55', claimed).claimed)).toEqual(['A2A']);
    const later = queueAt('14:56', claimed);
    expect([ids(later.standing), later.standing[0]?.old, later.claimed]).toEqual([['A2A'], true, []]);
  });

  test('a shelved alert stays in sight in its own list until its end', () => {
    const shelved = acknowledged(raisedOn(orderOf('A2A', '14:00'), 'contact', '14:45'), 'shelved', '15:00');
    expect(ids(queueAt('14:59', shelved).shelved)).toEqual(['A2A']);
    expect(ids(queueAt('15:00', shelved).standing)).toEqual(['A2A']);
  });

  test('a withdrawn alert stays in its place for a minute, then in the withdrawn list', () => {
    const story = raisedOn(orderOf('A2A', '14:00'), 'contact', '14:45');
    const data = { alert: story.lastId, fact: story.lastId, time: about('14:21', 20_000, 'A') };
    story.record('alertWithdrawn', '16:10', data, { by: null });
    expect(ids(queueAt('16:10:59', story).standing)).toEqual(['A2A']);
    expect(queueAt('16:11', story).standing).toEqual([]);
    expect(ids(queueAt('16:11', story).withdrawn)).toEqual(['A2A']);
  });

  test('a breach recorded quietly is no card', () => {
    const quiet = raisedOn(orderOf('A2A', '14:00'), 'missed', '14:50', true);
    expect(queueAt('14:51', quiet)).toEqual({
      standing: [],
      claimed: [],
      shelved: [],
      withdrawn: [],
      load: 0,
      flood: false,
    });
  });

  test('the load counts what was raised in the last ten minutes', () => {
    const stories = [
      raisedOn(orderOf('A2A', '14:00'), 'soon', '14:36'),
      raisedOn(orderOf('C2C', '14:00'), 'soon', '14:44'),
    ];
    expect([queueAt('14:45', ...stories).load, queueAt('14:47', ...stories).load]).toEqual([2, 1]);
  });

  test('a step up stands on the card that is there and is no load of its own', () => {
    const climbed = raisedOn(raisedOn(orderOf('A2A', '14:00'), 'missed', '14:46'), 'escalated1', '14:52');
    expect(queueAt('14:53', climbed).load).toBe(1);
    expect(queueAt('14:57', climbed).load).toBe(0);
  });
});
