import { describe, expect, test } from 'vitest';

import { foldAll } from '#shared/order/fold.ts';

import { about, anOrder, at, CREW_3, CREW_5, type Story } from '../../test/builders.ts';
import { orderOf, type OrderStory } from '../../test/crew/orders.ts';
import type { OrderView } from '../read/client-context.ts';
import { byNextLimit, judge, passes } from './judge.ts';

const viewOf = ({ order }: Story): OrderView => ({ order, events: [], drop: null, unread: false });
const heard = (clock: string) => new Map([[CREW_3, at(clock)]]);
const held = () => anOrder().reported('14:00').dispatched('14:05').field('accepted', '14:06');

describe('what the desk says of an order', () => {
  test('I25 past the limit a silent crew is unknown, since it was last heard', () => {
    const one = judge(viewOf(held()), heard('14:02'), at('15:00'));
    expect(one.verdict).toEqual({ is: 'unknown', why: 'silent', since: at('14:02') });
    expect(one.look).toBe('unknown');
  });

  test('I25 it is missed once the crew was heard past the limit', () => {
    expect(judge(viewOf(held()), heard('14:46'), at('15:00')).look).toBe('missed');
  });

  test('a crew that was never heard counts as unheard since it got the order', () => {
    expect(judge(viewOf(held()), new Map(), at('15:00')).verdict).toMatchObject({ why: 'silent', since: at('14:05') });
  });

  test('before the limit a silent crew is running, marked with how long', () => {
    const one = judge(viewOf(held()), heard('14:10'), at('14:30'));
    expect([one.look, one.silentMs]).toEqual(['running', 20 * 60_000]);
    expect(judge(viewOf(held()), heard('14:20'), at('14:30')).silentMs).toBeNull();
  });

  test('news from after the moment judged for is no news yet', () => {
    expect(judge(viewOf(held()), heard('15:30'), at('14:50')).look).toBe('missed');
    expect(judge(viewOf(held()), heard('15:30'), at('14:44')).look).toBe('soon');
  });

  test('from the warning step on it is due soon', () => {
    expect(judge(viewOf(held()), heard('14:35'), at('14:35')).look).toBe('running');
    expect(judge(viewOf(held()), heard('14:36'), at('14:36')).look).toBe('soon');
  });

  test('an order nobody was given is missed at its limit, without anybody to hear from', () => {
    expect(judge(viewOf(anOrder().reported('14:00')), new Map(), at('14:46')).look).toBe('missed');
  });

  test('an order that ended without an arrival has no verdict', () => {
    const ended = anOrder().reported('14:00').record('closed', '14:10', { outcome: 'duplicate' });
    expect(judge(viewOf(ended), new Map(), at('15:00')).look).toBeNull();
  });

  test('a time whose bounds straddle the limit is unknown by the clock', () => {
    const straddles = held().field('arrived', about('14:44', 300_000, 'C'));
    expect(judge(viewOf(straddles), heard('15:00'), at('15:00')).verdict).toEqual({ is: 'unknown', why: 'clock' });
  });
});

describe('the list', () => {
  const judged = ({ id, events }: OrderStory) => {
    const view = { order: foldAll(id, events), events: [], drop: null, unread: false };
    const news = new Map([
      [CREW_3, at('14:50')],
      [CREW_5, at('14:10')],
    ]);
    return judge(view, news, at('14:50'));
  };

  test('stands by next limit, unknown by how long its limit has passed, then the arrived, then the closed', () => {
    const rural = { area: 'rural' } as const;
    const later = judged(orderOf('A2A', '13:30', rural));
    const unknown = judged(given(orderOf('C2C', '14:01'), CREW_5));
    const missed = judged(given(orderOf('D2D', '14:03')));
    const arrived = judged(arrivedOrder());
    const closed = judged(closedOrder());
    const soon = judged(given(orderOf('G2G', '14:10')));
    const sorted = [closed, arrived, soon, missed, later, unknown].toSorted(byNextLimit);
    expect(sorted.map(({ order }) => order.id.slice(0, 3))).toEqual(['C2C', 'D2D', 'G2G', 'A2A', 'E2E', 'F2F']);
  });

  test('an undispatched order counts under its verdict too, a closed one nowhere', () => {
    const waiting = judged(orderOf('A2A', '14:40'));
    expect([passes(waiting, 'undispatched'), passes(waiting, 'running')]).toEqual([true, true]);
    const closed = judged(closedOrder());
    expect([passes(closed, 'undispatched'), passes(closed, 'missed')]).toEqual([false, false]);
  });
});

function given(story: OrderStory, crew = CREW_3): OrderStory {
  story.dispatched('14:12', crew);
  return story;
}

function arrivedOrder(): OrderStory {
  const story = given(orderOf('E2E', '13:00'));
  story.field('arrived', '13:20');
  return story;
}

function closedOrder(): OrderStory {
  const story = orderOf('F2F', '12:00');
  story.record('closed', '12:30', { outcome: 'noFault' });
  return story;
}
