import { expect, test } from 'vitest';

import { expected } from './expected.ts';
import type { Device, Fact, History, Ms, Pack, Rule, When } from './history.ts';

const minute = 60_000;
const arrival: Rule = {
  id: 'arrival',
  kind: 'target',
  origin: 'reported',
  stop: 'arrived',
  limitMs: { urban: 45 * minute, 'urban important': 30 * minute },
  warnShare: 0.8,
  pausedBy: ['switching'],
};
const pack: Pack = { rules: [arrival] };

const at = (est: Ms): When => ({ lo: est, hi: est, est, e: 0, grade: 'A', typed: false });
const reported: Fact = { known: 0, kind: 'reported', when: at(0), area: 'urban' };
const dispatched: Fact = { known: 5 * minute, kind: 'dispatched', crew: 'one', when: at(5 * minute) };

function verdicts(devices: readonly Device[], facts: readonly Fact[], minutes: readonly number[], rules = pack) {
  const history: History = { facts: [reported, dispatched, ...facts], crews: { one: devices } };
  const looks = minutes.map((time) => time * minute);
  return expected(history, rules, looks).map(({ judged }) => {
    const verdict = judged[0]?.verdict;
    if (verdict?.is === 'unknown') return verdict.why;
    return verdict?.is === 'missed' && !verdict.evidence ? 'missed, no evidence' : (verdict?.is ?? 'none');
  });
}

test('a lost device does not count while it is lost, counts when found, and is lost again', () => {
  const lost = [{ from: 60 * minute, until: 70 * minute }, { from: 80 * minute }];
  const told = verdicts([{ hearings: [], lost }], [], [59, 60, 69, 70, 79, 80]);
  const without = 'missed, no evidence';
  expect(told).toEqual(['silent', without, without, 'silent', 'silent', without]);
});

test('a lost device that is heard after all is evidence, and its arrival in time still proves', () => {
  const hearings = [{ learnedAt: 70 * minute, heardUpTo: 70 * minute }];
  const device: Device = { hearings, lost: [{ from: 60 * minute }] };
  expect(verdicts([device], [], [60, 70])).toEqual(['missed, no evidence', 'missed']);
  const when = at(40 * minute);
  const arrived: Fact = { known: 70 * minute, kind: 'reached', stage: 'arrived', by: 'tablet', when };
  expect(verdicts([device], [arrived], [60, 70])).toEqual(['missed, no evidence', 'met']);
});

test('one lost and one silent tablet: still silent, until the hours of the pack are over', () => {
  const devices: Device[] = [{ hearings: [], lost: [{ from: 0 }] }, { hearings: [] }];
  const rules = { rules: [{ ...arrival, giveUpMs: 60 * minute }] };
  expect(verdicts(devices, [], [46, 105, 106], rules)).toEqual(['silent', 'silent', 'missed, no evidence']);
});

test('a radio report that is late closes an unknown with evidence', () => {
  const when = { ...at(50 * minute), grade: 'C', typed: true } as const;
  const told: Fact = { known: 60 * minute, kind: 'reached', stage: 'arrived', by: 'radio', when };
  expect(verdicts([{ hearings: [] }], [told], [59, 60])).toEqual(['silent', 'missed']);
});

test('several rules on one order: each has its own origin, limit and alerts', () => {
  const named = (id: string, origin: string, stop: string): Rule => ({ ...arrival, id, origin, stop });
  const rules = {
    rules: [named('accept', 'dispatched', 'accepted'), arrival, named('restore', 'arrived', 'restored')],
  };
  const ceiling: Rule = { ...arrival, id: 'ceiling', kind: 'ceiling', limitMs: { urban: 60 * minute } };
  const reach = (stage: string, time: number): Fact => {
    return { known: time * minute, kind: 'reached', stage, by: 'tablet', when: at(time * minute) };
  };
  const facts = [reported, dispatched, reach('accepted', 10), reach('arrived', 50)];
  const crews = { one: [{ hearings: [{ learnedAt: 60 * minute, heardUpTo: 60 * minute }] }] };
  const [look] = expected({ facts, crews }, { rules: [...rules.rules, ceiling] }, [60 * minute]);
  expect(look?.judged.map(({ rule, clock, verdict }) => [rule, clock.limit.to / minute, verdict?.is])).toEqual([
    ['accept', 50, 'met'],
    ['arrival', 45, 'missed'],
    ['restore', 95, 'running'],
    ['ceiling', 60, 'met'],
  ]);
  expect(look?.alerts.map(({ rule, level, state }) => `${rule} ${level} ${state}`)).toEqual(['arrival missed quiet']);
});

test('an important customer is written into the area, and becoming one begins a new epoch', () => {
  const important: Fact = { known: 20 * minute, kind: 'areaChanged', area: 'urban important' };
  const looks = expected({ facts: [reported, important], crews: {} }, pack, [19 * minute, 31 * minute]);
  expect(looks.map(({ judged }) => judged[0]?.clock.limit.to)).toEqual([45 * minute, 30 * minute]);
  expect(looks[1]?.alerts).toMatchObject([{ level: 'missed', epoch: 2, state: 'standing' }]);
});

test('a merge closes out, taking it back goes on in the same epoch and raises nothing twice', () => {
  const merged: Fact = { known: 50 * minute, kind: 'ended' };
  const unmerged: Fact = { known: 60 * minute, kind: 'unmerged' };
  const facts = [reported, merged, unmerged];
  const looks = expected({ facts, crews: {} }, { rules: [{ ...arrival, escalateMs: [30 * minute] }] }, [
    46 * minute,
    50 * minute,
    60 * minute,
    90 * minute,
  ]);
  expect(looks.map(({ alerts }) => alerts.map(({ level, state }) => `${level} ${state}`))).toEqual([
    ['missed standing'],
    ['missed closedOut'],
    ['missed closedOut'],
    ['missed closedOut'],
  ]);
  expect(looks.map(({ judged }) => judged[0]?.verdict?.is)).toEqual(['missed', undefined, 'missed', 'missed']);
});

test('the pack in force at the report holds: the last in log order that begins with it or before', () => {
  const quicker = (minutes: number): Pack => ({ rules: [{ ...arrival, limitMs: { urban: minutes * minute } }] });
  const limitOf = (...froms: readonly Ms[]): Ms | undefined => {
    const activations = froms.map((from, at) => ({ known: from - 1, from, pack: quicker(at + 1) }));
    return expected({ facts: [reported], crews: {}, activations }, pack, [0])[0]?.judged[0]?.clock.limit.to;
  };
  expect(limitOf()).toBe(45 * minute);
  expect(limitOf(1)).toBe(45 * minute);
  expect(limitOf(0)).toBe(minute);
  expect(limitOf(-1, -2, 1)).toBe(2 * minute);
});

test('a leap day and a changed clock in summer are nothing: an instant is an instant', () => {
  const instants = [
    Date.UTC(2024, 1, 28, 23, 30),
    Date.UTC(2024, 1, 29, 23, 30),
    Date.UTC(2021, 2, 14, 9, 30),
    Date.UTC(2021, 10, 7, 8, 30),
    Date.UTC(2016, 11, 31, 23, 30),
  ];
  for (const start of instants) {
    const facts: Fact[] = [{ known: start, kind: 'reported', when: at(start), area: 'urban' }];
    const [before, after] = expected({ facts, crews: {} }, pack, [start + 45 * minute, start + 45 * minute + 1]);
    expect(before?.judged[0]?.verdict).toEqual({ is: 'running' });
    expect(after?.alerts.at(-1)).toMatchObject({ level: 'missed', since: start + 45 * minute });
  }
});
