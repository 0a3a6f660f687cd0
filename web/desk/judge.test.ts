import { describe, expect, test } from 'vitest';

import { asDeviceId, eventId, type CrewId, type DeviceId } from '#shared/ids.ts';
import { foldAll } from '#shared/order/fold.ts';
import { STATE_GRID } from '#shared/sla/packs/state-grid.ts';

import { about, anOrder, at, CREW_3, CREW_5, type Story, writer } from '../../test/builders.ts';
import { orderOf, type OrderStory } from '../../test/crew/orders.ts';
import { deskOrg } from '../../test/desk/fake-desk.ts';
import type { Device, OrderView } from '../read/client-context.ts';
import { byNextLimit, judge, passes } from './judge.ts';
import { knownAt } from './known.ts';

const viewOf = ({ order }: Story): OrderView => ({ order, events: [], drop: null, unread: false });
const ORG = { ...deskOrg(0), activations: [] };
/** What is known at a moment, with what each crew was last heard. */
const known = (now: string, ...heard: readonly (readonly [CrewId, string])[]) =>
  knownAt({
    live: { heard: heard.map(([crew, upTo]) => ({ crew, heard: at(upTo) })), fixes: [] },
    org: ORG,
    at: at(now),
  });
const held = () => anOrder().reported('14:00').dispatched('14:05').field('accepted', '14:06');

describe('what the desk says of an order', () => {
  test('I25 past the limit a silent crew is unknown, since it was last heard', () => {
    const one = judge(viewOf(held()), known('15:00', [CREW_3, '14:02']));
    expect(one.verdict).toEqual({ is: 'unknown', why: 'silent', since: at('14:02') });
    expect(one.look).toBe('unknown');
  });

  test('I25 it is missed once the crew was heard past the limit', () => {
    expect(judge(viewOf(held()), known('15:00', [CREW_3, '14:46'])).look).toBe('missed');
  });

  test('a crew that was never heard counts as unheard since it got the order', () => {
    expect(judge(viewOf(held()), known('15:00')).verdict).toMatchObject({ why: 'silent', since: at('14:05') });
  });

  test('before the limit a silent crew is running, marked with how long', () => {
    const one = judge(viewOf(held()), known('14:30', [CREW_3, '14:10']));
    expect([one.look, one.silentMs]).toEqual(['running', 20 * 60_000]);
    expect(judge(viewOf(held()), known('14:30', [CREW_3, '14:20'])).silentMs).toBeNull();
  });

  test('news from after the moment judged for is no news yet', () => {
    expect(judge(viewOf(held()), known('14:50', [CREW_3, '15:30'])).look).toBe('missed');
    expect(judge(viewOf(held()), known('14:44', [CREW_3, '15:30'])).look).toBe('soon');
  });

  test('from the warning step on it is due soon', () => {
    expect(judge(viewOf(held()), known('14:35', [CREW_3, '14:35'])).look).toBe('running');
    expect(judge(viewOf(held()), known('14:36', [CREW_3, '14:36'])).look).toBe('soon');
  });

  test('an order nobody was given is missed at its limit, without anybody to hear from', () => {
    expect(judge(viewOf(anOrder().reported('14:00')), known('14:46')).look).toBe('missed');
  });

  test('an order that ended without an arrival has no verdict', () => {
    const ended = anOrder().reported('14:00').record('closed', '14:10', { outcome: 'duplicate' });
    expect(judge(viewOf(ended), known('15:00')).look).toBeNull();
  });

  test('a time whose bounds straddle the limit is unknown by the clock', () => {
    // Also while the restoration runs: somebody has to look at it.
    const straddles = held().field('arrived', about('14:44', 300_000, 'C'));
    expect(judge(viewOf(straddles), known('15:00', [CREW_3, '15:00'])).verdict).toEqual({
      is: 'unknown',
      why: 'clock',
    });
  });
});

describe('a time in time that proves nothing', () => {
  const late = about('14:40', 20 * 60_000, 'B');
  const silent = { heard: at('14:06'), devices: [] };
  const contact = { rule: 'arrival', level: 'contact', epoch: 1, limit: at('14:45'), because: 'silent' } as const;

  test('waits for a person once somebody had been alerted, and is counted there', () => {
    const alerted = held().record('alertRaised', '14:46', { ...contact, known: silent }, { by: null });
    const one = judge(viewOf(alerted.field('arrived', late)), known('15:00', [CREW_3, '15:00']));
    expect(one).toMatchObject({
      asksPerson: true,
      look: 'running',
      clocks: [{ verdict: { is: 'met', sure: false } }, {}],
    });
    expect([passes(one, 'unknown'), passes(one, 'running')]).toEqual([true, true]);
  });

  test('asks nobody when nobody was alerted, nor once a person has accepted it', () => {
    const now = known('15:00', [CREW_3, '15:00']);
    expect(judge(viewOf(held().field('arrived', late)), now).asksPerson).toBe(false);
    const story = held().record('alertRaised', '14:46', { ...contact, known: silent }, { by: null });
    story.field('arrived', late);
    story.record('timeAccepted', '14:58', { fact: story.lastId, reason: '客户说的' });
    expect(judge(viewOf(story), now).asksPerson).toBe(false);
  });
});

describe('several clocks', () => {
  test('after the arrival the restoration runs next, under the pack the order was reported under', () => {
    const arrived = held().field('arrived', '14:30');
    expect(judge(viewOf(arrived), known('14:40', [CREW_3, '14:40']))).toMatchObject({
      clock: { rule: { id: 'restore' } },
      verdict: { is: 'running' },
      clocks: [{ verdict: { is: 'met', sure: true } }, { look: 'running' }],
    });
    const rules = STATE_GRID.rules.map((rule) => ({ ...rule, limitMin: { urban: 5, rural: 5, remote: 5 } }));
    const activations = [{ from: at('13:00'), pack: { ...STATE_GRID, rules } }];
    expect(judge(viewOf(arrived), { ...known('14:40', [CREW_3, '14:40']), activations }).look).toBe('missed');
  });
});

describe('which devices may bring news', () => {
  const [one, two] = [asDeviceId(eventId(writer('DEV'), 1)), asDeviceId(eventId(writer('DEV'), 2))];
  const device = (id: DeviceId, lost: Device['lost'] = null): Device => ({
    id,
    writer: writer('A7K'),
    form: 'tablet',
    unit: null,
    person: null,
    crew: CREW_3,
    memberships: [{ crew: CREW_3, fromQ: 1, fromAt: at('08:00'), toQ: null }],
    blocked: false,
    lost,
  });
  const told = (...devices: readonly Device[]) =>
    knownAt({
      live: {
        heard: [{ crew: CREW_3, heard: at('14:10') }],
        devices: [
          { device: one, heard: at('14:50') },
          { device: two, heard: at('14:10') },
        ],
        fixes: [],
      },
      org: { ...ORG, devices: new Map(devices.map((each) => [each.id, each])) },
      at: at('15:00'),
    });

  test('I25 a second tablet that is silent keeps the order unknown, since it was last heard', () => {
    const found = judge(viewOf(held()), told(device(one), device(two)));
    expect(found.verdict).toEqual({ is: 'unknown', why: 'silent', since: at('14:10') });
    expect(told(device(one), device(two)).devicesAround(held().order)).toHaveLength(2);
  });

  test('I25 one that was declared lost is not waited for: missed, without evidence', () => {
    const lost = { at: at('14:55'), by: null, reason: '掉进水里' };
    const found = judge(viewOf(held()), told(device(one), device(two, lost)));
    expect(found.verdict).toMatchObject({ is: 'missed', evidence: false });
  });

  test('a device that left the crew before it got the order is not asked', () => {
    const left = { ...device(two), memberships: [{ crew: CREW_3, fromQ: 1, fromAt: at('08:00'), toQ: 2 }] };
    expect(judge(viewOf(held()), told(device(one), left)).verdict).toMatchObject({ is: 'missed', evidence: true });
  });
});

describe('the list', () => {
  const judged = ({ id, events }: OrderStory) => {
    const view = { order: foldAll(id, events), events: [], drop: null, unread: false };
    return judge(view, known('14:50', [CREW_3, '14:50'], [CREW_5, '14:10']));
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
