import { describe, expect, test } from 'vitest';

import { anOrder, CREW_3, CREW_5 } from '../../test/builders.ts';
import { decide, type Actor } from './decide.ts';
import { crewOperations, deskOperations, nextStep } from './operations.ts';

const desk: Actor = { role: 'dispatcher', crew: null, inUnit: true };

describe('what can be done with an order', () => {
  test('a crew has one next step at a time, in the order of the work', () => {
    const story = anOrder().reported('14:00').dispatched('14:05');
    const steps = [nextStep(story.order, CREW_3)];
    for (const kind of ['accepted', 'departed', 'arrived'] as const)
      steps.push(nextStep(story.field(kind, '14:10').order, CREW_3));
    story.record('restored', '15:00', { crew: CREW_3, extent: 'all' });
    steps.push(nextStep(story.order, CREW_3));
    expect(steps).toEqual(['accepted', 'departed', 'arrived', 'restored', 'signed']);
    expect(nextStep(story.field('submitted', '15:10').order, CREW_3)).toBeNull();
  });

  test('a forgotten departure is not asked for after the arrival', () => {
    const story = anOrder().reported('14:00').dispatched('14:05').field('accepted', '14:06').field('arrived', '14:20');
    expect(nextStep(story.order, CREW_3)).toBe('restored');
  });

  test('an order taken away leaves notes and signatures, and says why nothing else', () => {
    const story = anOrder().reported('14:00').dispatched('14:05').reassigned('14:20');
    const refusals = Object.fromEntries(crewOperations(story.order, CREW_3).map((one) => [one.name, one.refusal]));
    expect(refusals).toMatchObject({ arrived: 'takenAway', submitted: 'takenAway', noted: null, signed: null });
  });

  test('the desk cannot dispatch what a crew holds, nor recall what none holds', () => {
    const story = anOrder().reported('14:00');
    const refusal = (name: string) =>
      deskOperations(story.order, 'dispatcher').find((one) => one.name === name)?.refusal;
    expect([refusal('dispatch'), refusal('recall')]).toEqual([null, 'notWithThatCrew']);
    story.dispatched('14:05');
    expect([refusal('dispatch'), refusal('recall')]).toEqual(['alreadyWithCrew', null]);
  });

  test('a reassignment needs a reason and the crew that holds it', () => {
    const { order } = anOrder().reported('14:00').dispatched('14:05');
    const reassign = (from: typeof CREW_3, reason: string) =>
      decide(order, { kind: 'reassigned', data: { from, to: CREW_5, reason } }, desk);
    expect(reassign(CREW_3, ' ')).toEqual({ ok: false, error: 'reasonMissing' });
    expect(reassign(CREW_5, '近')).toEqual({ ok: false, error: 'notWithThatCrew' });
    expect(reassign(CREW_3, '近').ok).toBe(true);
  });

  test('a field fact is never refused to a crew that ever held the order', () => {
    const { order } = anOrder().reported('14:00').dispatched('14:05').reassigned('14:20');
    const arrive = { kind: 'arrived', data: { crew: CREW_3 } } as const;
    expect(decide(order, arrive, { role: 'crew', crew: CREW_3, inUnit: true }).ok).toBe(true);
    const stranger = { role: 'crew', crew: 'CRW-9' as typeof CREW_3, inUnit: true } as const;
    expect(decide(order, arrive, stranger)).toEqual({ ok: false, error: 'notAllowed' });
  });
});
