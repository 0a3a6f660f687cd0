import { describe, expect, test } from 'vitest';

import { anOrder, CREW_3, CREW_5, CREWMAN, recorded, type ORDER } from '../../test/builders.ts';
import { fold } from './fold.ts';
import { emptyOrder, takenFrom } from './order.ts';

describe('the fold of an order', () => {
  test('walks the stages of a plain repair', () => {
    const story = anOrder().reported('14:00').dispatched('14:05');
    expect(story.order.stage).toBe('dispatched');
    story.field('accepted', '14:06').field('departed', '14:08').field('arrived', '14:31');
    expect(story.order.stage).toBe('arrived');
    story.record('restored', '15:10', { crew: CREW_3, extent: 'all' }).field('submitted', '15:20');
    expect(story.order).toMatchObject({ stage: 'submitted', extent: 'all', crew: CREW_3 });
  });

  test('a part restoration is kept and moves no stage', () => {
    const story = anOrder().reported('14:00').dispatched('14:05').field('arrived', '14:31');
    story.record('restored', '15:10', { crew: CREW_3, extent: 'part' });
    expect(story.order).toMatchObject({ stage: 'arrived', extent: 'part' });
    expect(story.order.facts.map((fact) => fact.kind)).toEqual(['dispatched', 'arrived', 'restored']);
  });

  test('the first of two dispatches wins, whatever their clocks say', () => {
    const story = anOrder().reported('14:00').dispatched('14:09', CREW_3).dispatched('14:02', CREW_5);
    expect(story.order.crew).toBe(CREW_3);
    expect(story.order.holdings).toHaveLength(1);
  });

  test('work of a crew that has lost the order is kept as evidence and moves no stage', () => {
    const story = anOrder().reported('14:00').dispatched('14:05', CREW_3).reassigned('14:20');
    story.field('arrived', '14:18', CREW_3);
    expect(story.order).toMatchObject({ stage: 'dispatched', crew: CREW_5 });
    expect(story.order.facts.filter(({ kind }) => kind !== 'dispatched')).toMatchObject([
      { kind: 'arrived', crew: CREW_3, fits: false },
    ]);
    expect(takenFrom(story.order, CREW_3)).toMatchObject({ next: CREW_5, reason: '更近' });
  });

  test('recalling an order whose power is back does not take the power away', () => {
    const story = anOrder().reported('14:00').dispatched('14:05');
    story.record('restored', '15:00', { crew: CREW_3, extent: 'all' }).recalled('15:05');
    expect(story.order).toMatchObject({ stage: 'restored', crew: null });
  });

  test('an event of an unknown kind is noted as applied and changes nothing else', () => {
    const story = anOrder().reported('14:00');
    const unknown = recorded('noted', '14:10', { crew: null, text: 'x' }, { n: 9 });
    const after = fold(story.order, { ...unknown, event: { ...unknown.event, kind: 'teleported' } });
    expect(after).toEqual({ ...story.order, lastQ: 9, applied: [...story.order.applied, 'A7K-9'] });
  });

  test('an event about another order changes nothing', () => {
    const story = anOrder().reported('14:00');
    expect(fold(emptyOrder('C8T-4' as typeof ORDER), story.last)).toEqual(emptyOrder('C8T-4' as typeof ORDER));
  });

  test('I24 the same event twice counts once', () => {
    const story = anOrder().reported('14:00').dispatched('14:05').field('arrived', '14:31');
    const { order } = story;
    expect(fold(order, story.last)).toBe(order);
  });

  test('an alert is raised once, acknowledged by a person, and withdrawn even after it was closed out', () => {
    const story = anOrder().reported('14:00').dispatched('14:05');
    const raise = {
      rule: 'arrival',
      level: 'missed',
      epoch: 1,
      limit: 0,
      because: 'over',
      known: { heard: null, devices: [] },
    } as const;
    story.record('alertRaised', '14:46', { ...raise, known: { heard: null, devices: [] } }, { by: null });
    const alert = story.lastId;
    story.record('alertRaised', '14:47', { ...raise, known: { heard: null, devices: [] } }, { by: null });
    expect(story.order.alerts).toHaveLength(1);
    story.record('alertAcknowledged', '14:48', { alert, how: 'claimed' }, { by: CREWMAN });
    expect(story.order.alerts).toMatchObject([{ state: 'acknowledged', taken: { by: CREWMAN } }]);
    story.record('alertClosedOut', '14:50', { alert, because: 'arrived' }, { by: null });
    story.field('arrived', '14:21');
    story.record('alertWithdrawn', '16:10', { alert, fact: story.lastId, time: story.last.time }, { by: null });
    expect(story.order.alerts).toMatchObject([{ state: 'withdrawn' }]);
  });
});
