import { describe, expect, test } from 'vitest';

import { at, CREW_3, CREW_5 } from '../../../test/builders.ts';
import { createFakeClient, openTapAt } from '../../../test/crew/fake-client.ts';
import { aNight, NIGHT, orderOf, takenBy } from '../../../test/crew/orders.ts';
import { createBoard } from './board.ts';

const viewsOf = (orders: Parameters<typeof createFakeClient>[0]['orders']) =>
  createFakeClient({ now: NIGHT, orders: orders ?? [] }).client.orders.value;
const ids = (views: readonly { order: { id: string } }[]): string[] => views.map(({ order }) => order.id);

const ofCrew3 = createBoard(CREW_3, []);

describe('the board', () => {
  test('each order of a night is in exactly one place', () => {
    const board = ofCrew3(viewsOf(aNight()), []);
    expect(board.next?.order.id).toBe('A7K-1');
    expect(ids(board.others)).toEqual(['N3M-1', 'D5R-1']);
    expect(ids(board.away)).toEqual(['C8T-1']);
    expect(ids(board.done)).toEqual(['P4X-1']);
    expect(board.unreadable).toEqual([]);
  });

  test('what is due first comes first, not what was reported first', () => {
    const remote = orderOf('R3M', '14:00', { area: 'remote' }).dispatched('14:01');
    const urban = orderOf('URB', '14:30', { area: 'urban' }).dispatched('14:31');
    expect(ofCrew3(viewsOf([remote.held(), urban.held()]), []).next?.order.id).toBe('URB-1');
  });

  test('the order the crew stands at is next, though another is due', () => {
    const here = orderOf('HER', '14:40').dispatched('14:41').field('arrived', '14:50');
    const due = orderOf('DUE', '14:12').dispatched('14:13');
    const board = ofCrew3(viewsOf([due.held(), here.held()]), []);
    expect(board.next?.order.id).toBe('HER-1');
    expect(ids(board.others)).toEqual(['DUE-1']);
  });

  test('an unanswered first tap comes before everything', () => {
    const views = viewsOf(aNight());
    const asked = views.find(({ order }) => order.id === 'N3M-1');
    if (!asked) throw new Error('no such order');
    expect(ofCrew3(views, [openTapAt(asked.order.id, 'arrived', at('14:54'))]).next).toBe(asked);
  });

  test('an order taken away stays, also when only the server said so', () => {
    const gone = orderOf('GNE', '14:00').dispatched('14:01');
    const board = ofCrew3(viewsOf([gone.held({ drop: takenBy(gone.id, CREW_5, '更近') })]), []);
    expect(ids(board.away)).toEqual(['GNE-1']);
    expect(board.next).toBeNull();
  });

  test('an order whose report has not come is listed as such, never lost', () => {
    const story = orderOf('NRP', '14:00').dispatched('14:01');
    const board = ofCrew3(viewsOf([{ id: story.id, events: story.events.slice(1) }]), []);
    expect(ids(board.unreadable)).toEqual(['NRP-1']);
  });
});
