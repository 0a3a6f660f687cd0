import { describe, expect, test } from 'vitest';

import { anOrder, CREW_3, CREW_5, DISPATCHER, writer } from '../../test/builders.ts';
import { asOrderId, eventId } from '../ids.ts';
import { crewRefusal, decide, type Actor } from './decide.ts';
import { crewOperations, deskOperations, nextStep } from './operations.ts';
import { openUrges, takenFrom } from './order.ts';

const desk: Actor = { role: 'dispatcher', crew: null, inUnit: true };

describe('what can be done with an order', () => {
  test('a crew has one next step at a time, in the order of the work', () => {
    const story = anOrder().reported('14:00').dispatched('14:05');
    const steps = [nextStep(story.order, CREW_3)];
    for (const kind of ['accepted', 'departed', 'arrived'] as const)
      steps.push(nextStep(story.field(kind, '14:10').order, CREW_3));
    story.record('restored', '15:00', { crew: CREW_3, extent: 'all' });
    steps.push(nextStep(story.order, CREW_3));
    expect(steps).toEqual(['accepted', 'departed', 'arrived', 'diagnosed', 'signed']);
    expect(nextStep(story.field('submitted', '15:10').order, CREW_3)).toBeNull();
  });

  test('a forgotten departure is not asked for after the arrival', () => {
    const story = anOrder().reported('14:00').dispatched('14:05').field('accepted', '14:06').field('arrived', '14:20');
    expect(nextStep(story.order, CREW_3)).toBe('diagnosed');
    story.record('diagnosed', '14:25', { crew: CREW_3, cause: '熔丝熔断' });
    expect(nextStep(story.order, CREW_3)).toBe('restored');
  });

  test('work that rests goes on first; whoever arrives or restores has gone on without saying so', () => {
    const story = anOrder().reported('14:00').dispatched('14:05').field('accepted', '14:06');
    story.record('suspended', '14:10', { crew: CREW_3, reason: 'weather' });
    expect(nextStep(story.order, CREW_3)).toBe('resumed');
    expect(crewRefusal(story.order, 'suspended', CREW_3)).toBe('alreadyDone');
    story.record('resumed', '14:30', { crew: CREW_3 });
    expect(nextStep(story.order, CREW_3)).toBe('departed');
    story.record('suspended', '14:40', { crew: CREW_3, reason: 'switching' }).field('arrived', '14:50');
    expect(nextStep(story.order, CREW_3)).toBe('diagnosed');
  });

  test('an order given back by its crew is nobody’s, says why, and keeps what was done', () => {
    const story = anOrder().reported('14:00').dispatched('14:05').field('accepted', '14:06').field('departed', '14:10');
    story.record('returned', '14:20', { crew: CREW_3, reason: 'noAccess', note: '路断了' });
    const { order } = story;
    expect([order.crew, order.stage]).toEqual([null, 'reported']);
    expect(takenFrom(order, CREW_3)).toMatchObject({ next: null, returned: 'noAccess', reason: '路断了' });
    expect(nextStep(order, CREW_3)).toBeNull();
    expect(decide(order, { kind: 'dispatched', data: { crew: CREW_5 } }, desk).ok).toBe(true);
  });

  test('a return by a crew that no longer has the order takes it from nobody', () => {
    const story = anOrder().reported('14:00').dispatched('14:05').reassigned('14:20');
    story.record('returned', '14:30', { crew: CREW_3, reason: 'tooFar' });
    expect(story.order.crew).toBe(CREW_5);
  });

  test('an urge is open until that urge is answered; no clock moves by it', () => {
    const story = anOrder().reported('14:00').dispatched('14:05').field('accepted', '14:06');
    expect(crewRefusal(story.order, 'urgeAnswered', CREW_3)).toBe('alreadyDone');
    story.record('urged', '14:09', { level: 'leader', words: '客户二次来电' }, { by: DISPATCHER });
    const urge = story.lastId;
    story.record('urged', '14:12', { level: 'director' }, { by: DISPATCHER });
    expect(openUrges(story.order).map(({ words }) => words)).toEqual(['客户二次来电', undefined]);
    story.record('urgeAnswered', '14:13', { crew: CREW_3, urge, answer: 'tenMinutes' });
    expect(openUrges(story.order)).toHaveLength(1);
    expect(story.order.epoch).toBe(1);
  });

  test('an order taken away leaves notes and signatures, and says why nothing else', () => {
    const story = anOrder().reported('14:00').dispatched('14:05').reassigned('14:20');
    const refusals = Object.fromEntries(crewOperations(story.order, CREW_3).map((one) => [one.name, one.refusal]));
    expect(refusals).toMatchObject({ arrived: 'takenAway', submitted: 'takenAway', noted: null, signed: null });
  });

  test('what ended can be taken up again, and what was merged by itself; what runs cannot', () => {
    const refusals = (story: ReturnType<typeof anOrder>) => {
      const all = deskOperations(story.order, 'dispatcher');
      const of = (name: string) => all.find((one) => one.name === name)?.refusal;
      return [of('reopen'), of('unmerge'), of('cancel'), of('endAtIntake')];
    };
    const story = anOrder().reported('14:00');
    expect(refusals(story)).toEqual(['notClosed', 'notMerged', null, null]);
    story.dispatched('14:05');
    expect(refusals(story)).toEqual(['notClosed', 'notMerged', null, 'stillWithCrew']);
    story.record('cancelled', '14:10', { reason: 'r' });
    expect(refusals(story)).toEqual([null, 'notMerged', 'alreadyClosed', 'alreadyClosed']);
    const into = asOrderId(eventId(writer('N3M'), 9));
    const merged = anOrder().reported('14:00').record('merged', '14:10', { into, reason: 'r' });
    expect(refusals(merged)).toEqual([null, null, 'alreadyClosed', 'alreadyClosed']);
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
