import { expect, test } from 'vitest';

import { foldAll } from '#shared/order/fold.ts';

import { at, CREW_3, CREW_5 } from '../../test/builders.ts';
import { orderOf, type OrderStory } from '../../test/crew/orders.ts';
import { deskOrg } from '../../test/desk/fake-desk.ts';
import type { OrderView } from '../read/client-context.ts';
import { byNextLimit, judge } from './judge.ts';
import { createJudging } from './judging.ts';
import { knownAt, type Known } from './known.ts';

const ORG = { ...deskOrg(0), activations: [] };
const known = (now: string, heard: readonly (readonly [typeof CREW_3, string])[] = []): Known =>
  knownAt({
    live: { heard: heard.map(([crew, upTo]) => ({ crew, heard: at(upTo) })), fixes: [] },
    org: ORG,
    at: at(now),
  });
const viewOf = ({ id, events }: OrderStory): OrderView => ({
  order: foldAll(id, events),
  events: [],
  drop: null,
  unread: false,
});

const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ';
/** So many orders, reported one after another from 14:00 on, in an order of their own. */
const many = (count: number): readonly OrderView[] =>
  Array.from({ length: count }, (_, n) => {
    const minute = (n * 17) % 60;
    const name = `${LETTERS[Math.floor(n / 24) % 24]}${LETTERS[n % 24]}${2 + (Math.floor(n / 576) % 8)}`;
    const story = orderOf(name, `14:${String(minute).padStart(2, '0')}`);
    return viewOf(n % 3 === 0 ? story.dispatched(`14:${String(minute).padStart(2, '0')}:30`, CREW_5) : story);
  });

/** Each look at this clock costs a millisecond. */
function slowly() {
  let now = 0;
  const judging = createJudging(() => (now += 1));
  const all = (views: readonly OrderView[], what: Known) => {
    let turns = 1;
    for (let said = judging(views, what, 2); ; said = judging(views, what, 2), turns += 1)
      if (said.done) return { all: said.all, turns };
  };
  return { judging, all };
}

const atOnce = (views: readonly OrderView[], what: Known) => views.map((view) => judge(view, what)).sort(byNextLimit);

test('in many turns orders are judged as all at once would be', () => {
  const views = many(400);
  const { all, turns } = slowly().all(views, known('14:50'));
  expect(turns).toBeGreaterThan(3);
  expect(all).toEqual(atOnce(views, known('14:50')));
});

test('what has news is judged in the first turn, in its new place, however many others wait', () => {
  const views = [...many(400)];
  const { all, judging } = slowly();
  all(views, known('14:30'));
  const story = orderOf(views[7]?.order.id.slice(0, 3) ?? '', '14:01').dispatched('14:31', CREW_3);
  const news = viewOf(story);
  views[7] = news;
  const said = judging([...views], known('14:31'), 0);
  expect(said.done).toBe(false);
  expect(said.all.find(({ order }) => order.id === story.id)?.view).toBe(news);
  expect(said.all.map(({ order }) => order.id)).toHaveLength(400);
});

test('a new order is there in the first turn, also when no time has passed', () => {
  const views = many(60);
  const { all, judging } = slowly();
  const now = known('14:30');
  all(views.slice(1), now);
  expect(judging(views, now, 2).all).toEqual(atOnce(views, now));
});

test('when only crews were heard, only their orders are judged again', () => {
  const views = many(60);
  const { all } = slowly();
  const first = all(views, known('15:30', [[CREW_5, '14:10']])).all;
  const second = all(views, known('15:30', [[CREW_5, '15:29']])).all;
  expect(second).toEqual(atOnce(views, known('15:30', [[CREW_5, '15:29']])));
  const same = second.filter((one) => first.includes(one));
  expect(same.map(({ order }) => order.crew)).toEqual(same.map(() => null));
  expect(same).toHaveLength(40);
});

test('what is gone, taken away or not seen yet is not there', () => {
  const views = many(30);
  const { all } = slowly();
  all(views, known('14:30'));
  const [first, ...rest] = views;
  const taken = rest.map((view, n) =>
    n === 0
      ? { ...view, drop: { subject: 'order:x', q: 1, why: 'recalled', to: null, by: null, reason: null } as never }
      : view,
  );
  const ids = all(taken, known('14:30')).all.map(({ order }) => order.id);
  expect(ids).not.toContain(first?.order.id);
  expect(ids).toHaveLength(28);
});

test('an order that went while it waited to be shown anew does not come back', () => {
  const views = many(40);
  const { all, judging } = slowly();
  all(views, known('14:50'));
  // Time has passed: some are judged anew, and none of it is shown before all are.
  expect(judging(views, known('14:51'), 2).done).toBe(false);
  const left = views.slice(20);
  expect(all(left, known('14:51')).all).toEqual(atOnce(left, known('14:51')));
});
