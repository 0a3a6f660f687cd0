import { describe, expect, test } from 'vitest';

import { expected } from './expected.ts';
import type { Device, Fact, History, Level, Ms, Rule, When } from './history.ts';

// Everything in minutes from the report; the limit is 45.
const arrival: Rule = {
  id: 'arrival',
  kind: 'target',
  origin: 'reported',
  stop: 'arrived',
  limitMs: { urban: 45, 'urban important': 30 },
  warnShare: 0.8,
  pausedBy: ['switching'],
  escalateMs: [10, 20, 30],
};

const at = (est: number): When => ({ lo: est, hi: est, est, e: 0, grade: 'A', typed: false });
const graded = (grade: 'A' | 'B' | 'C', lo: number, hi: number): When => ({ ...at(40), lo, hi, grade });
const reported: Fact = { known: 0, kind: 'reported', when: at(0), area: 'urban' };
const dispatched: Fact = { known: 5, kind: 'dispatched', crew: 'one', when: at(5) };
const ended = (known: Ms): Fact => ({ known, kind: 'ended' });
const arrived = (known: Ms, when: When): Fact => {
  return { known, kind: 'reached', id: `arrived ${known}`, stage: 'arrived', by: 'tablet', when };
};
const timeAccepted = (known: Ms, fact: string): Fact => ({ known, kind: 'timeAccepted', fact });
const acknowledged = (known: Ms, level: Level, until?: Ms): Fact => {
  const named = { known, kind: 'acknowledged', rule: 'arrival', level, epoch: 1 } as const;
  return until === undefined ? named : { ...named, until };
};
const heard = (...times: readonly Ms[]): Device => ({
  hearings: times.map((time) => ({ learnedAt: time, heardUpTo: time })),
});

type Case = { facts: readonly Fact[]; devices?: readonly Device[]; rule?: Partial<Rule>; looks: readonly Ms[] };

/** What each look left, in words. A crew without devices was never heard. */
function story({ facts, devices = [], rule = {}, looks }: Case): readonly string[] {
  const history: History = { facts: [reported, ...facts], crews: { one: devices } };
  const pack = { rules: [{ ...arrival, ...rule }] };
  return expected(history, pack, looks).map(({ alerts }) =>
    alerts.map(({ level, epoch, state }) => `${level}${epoch > 1 ? ` of ${epoch}` : ''} ${state}`).join(', '),
  );
}

function lastOf(told: Omit<Case, 'looks'>, ...looks: readonly Ms[]): string | undefined {
  return story({ ...told, looks }).at(-1);
}

describe('proof', () => {
  const missed = { devices: [heard(46)], rule: { escalateMs: [] } };

  test('an A withdraws whatever its bounds, a B only with its upper bound in time', () => {
    const after = (when: When) => lastOf({ ...missed, facts: [dispatched, arrived(70, when)] }, 46, 70);
    expect(after(graded('A', 30, 60))).toBe('missed withdrawn');
    expect(after(graded('B', 30, 45))).toBe('missed withdrawn');
    expect(after(graded('B', 30, 46))).toBe('missed standing');
    expect(after({ ...graded('B', 30, 45), typed: true })).toBe('missed standing');
  });

  test('a B that reaches over the limit is met, and asks nobody to call', () => {
    const facts = [dispatched, arrived(70, graded('B', 30, 60))];
    expect(lastOf({ facts, rule: { escalateMs: [] } }, 46, 70)).toBe('contact closedOut');
  });

  test('a time a person accepted is its estimate, whatever the grade, typed or not', () => {
    for (const when of [graded('C', 0, 70), { ...graded('C', 0, 70), typed: true }, graded('B', 30, 60)]) {
      const facts = [dispatched, arrived(70, when), timeAccepted(80, 'arrived 70')];
      const looks = story({ ...missed, facts, looks: [46, 79, 80] });
      expect(looks[1]?.startsWith('missed standing')).toBe(true);
      expect(looks[2]?.startsWith('missed withdrawn')).toBe(true);
    }
    const late = { ...graded('C', 0, 70), est: 50 };
    const facts = [dispatched, arrived(70, late), timeAccepted(80, 'arrived 70')];
    expect(lastOf({ facts, devices: [heard(46)] }, 46, 79, 80)).toContain('missed closedOut');
  });

  test('an accepted time ranks with the sure ones: accepted in time wins over an A that is late', () => {
    const facts = [dispatched, arrived(60, at(50)), arrived(70, graded('C', 0, 70)), timeAccepted(80, 'arrived 70')];
    expect(lastOf({ ...missed, facts }, 46, 70, 80)).toBe('missed withdrawn');
  });

  test('the time of another fact that was accepted proves nothing', () => {
    const facts = [dispatched, arrived(70, graded('C', 0, 40)), timeAccepted(80, 'arrived 71')];
    expect(lastOf({ ...missed, facts }, 46, 80)).toBe('missed standing');
  });

  test('an accepted arrival begins the restoration clock at its estimate', () => {
    const facts = [arrived(70, graded('C', 0, 70)), timeAccepted(80, 'arrived 70')];
    const restore = { ...arrival, id: 'restore', origin: 'arrived', stop: 'restored', limitMs: { urban: 180 } };
    const limits = expected({ facts: [reported, ...facts], crews: {} }, { rules: [restore] }, [79, 80]).map(
      ({ judged }) => judged[0]?.clock.limit,
    );
    expect(limits).toEqual([
      { from: 180, to: 250 },
      { from: 220, to: 220 },
    ]);
  });
});

describe('escalation', () => {
  test('each step is raised once, strictly after its time', () => {
    const looks = story({ facts: [], rule: { levels: ['missed'] }, looks: [46, 55, 56, 60, 66, 76, 90] });
    const [first, second, third] = ['escalated1 standing', 'escalated2 standing', 'escalated3 standing'];
    expect(looks).toEqual([
      'missed standing',
      'missed standing',
      `missed standing, ${first}`,
      `missed standing, ${first}`,
      `missed standing, ${first}, ${second}`,
      `missed standing, ${first}, ${second}, ${third}`,
      `missed standing, ${first}, ${second}, ${third}`,
    ]);
  });

  test('after an outage one look raises what stands and every step that is past, each from its own time', () => {
    const [look] = expected({ facts: [reported, dispatched], crews: {} }, { rules: [arrival] }, [70]);
    expect(look?.alerts.map(({ level, since, raisedAt }) => [level, since, raisedAt])).toEqual([
      ['contact', 45, 70],
      ['escalated1', 55, 70],
      ['escalated2', 65, 70],
    ]);
  });

  test('who has it keeps it from climbing; who shelved it does until then', () => {
    expect(lastOf({ facts: [acknowledged(50, 'missed')] }, 46, 100)).toBe('missed standing');
    expect(lastOf({ facts: [acknowledged(50, 'missed', 70)] }, 46, 69)).toBe('missed standing');
    expect(lastOf({ facts: [acknowledged(50, 'missed', 70)] }, 46, 70)).toContain('escalated2 standing');
    const again = [acknowledged(50, 'missed'), acknowledged(52, 'missed', 54)];
    expect(lastOf({ facts: again }, 46, 56)).toContain('escalated1 standing');
    expect(lastOf({ facts: again.toReversed() }, 46, 56)).toBe('missed standing');
  });

  test('an acknowledgement of something else, or from before it was raised, says nothing', () => {
    expect(lastOf({ facts: [acknowledged(50, 'soon')] }, 36, 46, 56)).toContain('escalated1 standing');
    expect(lastOf({ facts: [acknowledged(45, 'missed')] }, 46, 56)).toContain('escalated1 standing');
  });

  test('of contact and missed one without a keeper is enough', () => {
    const facts = [dispatched, acknowledged(50, 'contact')];
    const devices: Device[] = [{ hearings: [{ learnedAt: 60, heardUpTo: 60 }] }];
    expect(lastOf({ facts, devices }, 46, 59)).toBe('contact standing');
    expect(lastOf({ facts, devices }, 46, 59, 60)).toBe('contact closedOut, missed standing, escalated1 standing');
  });

  test('nothing climbs once the stage is reached, however unsurely, or the order ended', () => {
    const unsure = [dispatched, arrived(50, graded('C', 30, 60))];
    expect(lastOf({ facts: unsure }, 46, 100)).toBe('contact standing');
    expect(lastOf({ facts: [ended(50)] }, 46, 100)).toBe('missed closedOut');
  });

  test('a proof withdraws escalations too, also those closed out', () => {
    const facts = [dispatched, arrived(70, at(40))];
    expect(lastOf({ facts }, 46, 56, 70)).toBe('contact withdrawn, escalated1 withdrawn');
    const over = [dispatched, ended(60), arrived(70, at(40))];
    expect(lastOf({ facts: over }, 46, 56, 60)).toBe('contact closedOut, escalated1 closedOut');
    expect(lastOf({ facts: over }, 46, 56, 60, 70)).toBe('contact closedOut, escalated1 withdrawn');
  });

  test('in time but unsure: escalations stay with missed, and close with contact', () => {
    const facts = [dispatched, arrived(70, graded('B', 30, 60))];
    expect(lastOf({ facts, devices: [heard(46)] }, 46, 56, 70)).toBe('missed standing, escalated1 standing');
    expect(lastOf({ facts }, 46, 56, 70)).toBe('contact closedOut, escalated1 closedOut');
  });

  test('reached late, ended and a new epoch close them out', () => {
    const late = [arrived(70, at(50))];
    expect(lastOf({ facts: late }, 46, 56, 70)).toBe('missed closedOut, escalated1 closedOut');
    expect(lastOf({ facts: [ended(60)] }, 46, 56, 60)).toBe('missed closedOut, escalated1 closedOut');
    const important: Fact = { known: 60, kind: 'areaChanged', area: 'urban important' };
    expect(lastOf({ facts: [important] }, 46, 56, 60)).toBe(
      'missed closedOut, escalated1 closedOut, missed of 2 standing, escalated1 of 2 standing, escalated2 of 2 standing',
    );
  });

  test('a level switched off is not raised, and then nothing climbs from it', () => {
    const facts = [dispatched];
    expect(lastOf({ facts, rule: { levels: ['soon', 'missed'] } }, 36, 100)).toBe('soon closedOut');
    expect(lastOf({ facts, devices: [heard(50)], rule: { levels: ['missed'] } }, 36, 50)).toBe('missed standing');
    expect(lastOf({ facts: [arrived(50, at(50))], rule: { levels: ['soon', 'contact'] } }, 50)).toBe('');
  });
});
