import { expect, test } from 'vitest';

import type { EventId } from '#shared/ids.ts';
import { fold } from '#shared/order/fold.ts';
import { emptyOrder, type Order } from '#shared/order/order.ts';
import type { NextLook } from '#shared/sla/next-look.ts';
import { exactly } from '#shared/time/event-time.ts';

import { ORDER } from '../builders.ts';
import { createRows, drawFrom } from './draw.ts';
import { ENGINE, judgeStory, type Engine } from './judging-engine.ts';
import { ROW_LENGTH } from './oracle-search.ts';
import { storyOf, type Story } from './oracle-stories.ts';
import { startLog, writeReport, writeStep } from './story-events.ts';

const RUNS = 3_000;

/**
 * Looks only when the plan asks for it: at its times, at the order's own events, when somebody it waits for is heard,
 * lost or found. Gives the instants at which a look out of turn would have found something to do.
 */
function overlooked(story: Story, engine: Engine): readonly number[] {
  const log = startLog();
  const ids = new Map<string, EventId>();
  let order = fold(emptyOrder(ORDER), writeReport(log, story));
  let next = NEVER;
  const look = (now: number): void => {
    const judged = judgeStory(story, order, { now, engine });
    const drafts = engine.planAlerts(order, judged);
    next = engine.nextLook(order, judged) ?? NEVER;
    order = drafts.reduce<Order>((state, { kind, data }) => fold(state, log(kind, exactly(now), data)), order);
  };
  const lookUpTo = (now: number): void => {
    while (next.at !== null && next.at <= now) look(next.at);
  };
  const found: number[] = [];
  look(story.start);
  for (const [at, news] of newsOf(story)) {
    lookUpTo(at);
    for (const one of news) {
      if ('step' in one) {
        const event = writeStep(log, one.step, { order, ids });
        if (event) order = fold(order, event);
        look(at);
      } else if (next.waits !== null && wakes(one, next.waits)) look(at);
    }
    if (engine.planAlerts(order, judgeStory(story, order, { now: at, engine })).length > 0) found.push(at);
  }
  return found;
}

const NEVER: NextLook = { at: null, waits: null };

/** An event of the order; a device heard up to then, and up to when it had been; or (null) one lost or found. */
type News = { readonly step: Story['steps'][number] } | Heard | { readonly heard: null };
type Heard = { readonly heard: number; readonly before: number };

/** As the store wakes: whoever had been heard beyond it before is not the one that is waited for. */
const wakes = (news: Heard | { readonly heard: null }, waits: number): boolean =>
  news.heard === null || (waits <= news.heard && waits >= news.before);

/** What happens at each instant, and the looks out of turn. */
function newsOf({ steps, crews, looks, start }: Story): readonly (readonly [number, readonly News[]])[] {
  const news = new Map<number, News[]>();
  const add = (at: number, one: News | null): void => {
    if (at >= start) news.set(at, [...(news.get(at) ?? []), ...(one ? [one] : [])]);
  };
  for (const { hearings, lost } of crews.flat()) {
    let before = Number.NEGATIVE_INFINITY;
    for (const { learnedAt, heardUpTo } of hearings.toSorted((a, b) => a.learnedAt - b.learnedAt)) {
      add(learnedAt, { heard: heardUpTo, before });
      before = Math.max(before, heardUpTo);
    }
    for (const { from, until } of lost) for (const at of [from, until]) if (at !== undefined) add(at, { heard: null });
  }
  for (const step of steps) add(step.at, { step });
  for (const at of looks) add(at, null);
  return [...news].toSorted(([a], [b]) => a - b);
}

function* stories(): Generator<Story> {
  const rowOf = createRows(ROW_LENGTH);
  for (let seed = 1; seed <= RUNS; seed += 1) yield storyOf(drawFrom(rowOf(seed)));
}

test('an order that is looked at only when it asks for it misses nothing', () => {
  const wrong = [...stories()].filter((story) => overlooked(story, ENGINE).length > 0);
  expect(wrong).toEqual([]);
}, 60_000);

const WRONG: Readonly<Record<string, Engine['nextLook']>> = {
  'forgets the warning': (order, judged) => later(ENGINE.nextLook(order, judged), judged[0]?.clock.warn.to),
  'waits for nobody': (order, judged) => {
    const next = ENGINE.nextLook(order, judged);
    return next && { ...next, waits: null };
  },
  'waits for the lost before the silent': (order, judged) => {
    const next = ENGINE.nextLook(order, judged);
    const limits = judged.flatMap(({ clock, verdict }) =>
      verdict?.is === 'missed' && !verdict.evidence ? [clock.limit.to] : [],
    );
    return next && { ...next, waits: next.waits && Math.min(next.waits, ...limits) };
  },
  'never gives up': (order, judged) =>
    ENGINE.nextLook(
      order,
      judged.map((one) => ({ ...one, clock: { ...one.clock, giveUp: Infinity } })),
    ),
  'does not see that a shelved alert comes back': (order, judged) => {
    const alerts = order.alerts.map((one) => ({ ...one, taken: null }));
    return ENGINE.nextLook({ ...order, alerts }, judged);
  },
  'does not come back for escalations': (order, judged) =>
    ENGINE.nextLook(
      order,
      judged.map((one) => ({ ...one, clock: { ...one.clock, rule: { ...one.clock.rule, escalate: [] } } })),
    ),
};

const later = (next: NextLook | null, skipped: number | undefined): NextLook | null =>
  next && next.at === skipped ? { ...next, at: null } : next;

test.each(Object.entries(WRONG))(
  'control: one that %s is caught',
  (_, nextLook) => {
    expect([...stories()].some((story) => overlooked(story, { ...ENGINE, nextLook }).length > 0)).toBe(true);
  },
  60_000,
);
