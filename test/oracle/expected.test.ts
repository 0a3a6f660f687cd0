import { describe, expect, test } from 'vitest';

import { expected } from './expected.ts';
import type { Device, Fact, History, Pack, When } from './history.ts';

// Everything in minutes from the report; the limit is 45.
const pack: Pack = {
  rules: [
    {
      id: 'arrival',
      kind: 'target',
      origin: 'reported',
      stop: 'arrived',
      limitMs: { urban: 45, rural: 90 },
      warnShare: 0.8,
      pausedBy: ['switching'],
    },
    {
      id: 'ceiling',
      kind: 'ceiling',
      origin: 'reported',
      stop: 'arrived',
      limitMs: { urban: 60 },
      warnShare: 1,
      pausedBy: ['switching'],
    },
  ],
};

const at = (est: number): When => ({ lo: est, hi: est, est, e: 0, grade: 'A', typed: false });
const doubtful = (lo: number, hi: number): When => ({ lo, hi, est: lo, e: 0, grade: 'C', typed: false });
const reported: Fact = { known: 0, kind: 'reported', when: at(0), area: 'urban' };
const dispatched: Fact = { known: 5, kind: 'dispatched', crew: 'one', when: at(5) };
const arrived = (known: number, when: When): Fact => ({ known, kind: 'reached', stage: 'arrived', by: 'tablet', when });
const heard = (...times: readonly number[]): Device => ({
  hearings: times.map((time) => ({ learnedAt: time, heardUpTo: time })),
});

function looks(facts: readonly Fact[], devices: readonly Device[], lookTimes: readonly number[]): readonly string[] {
  const history: History = { facts: [reported, ...facts], crews: { one: devices } };
  return expected(history, pack, lookTimes).map(({ judged, alerts }) => {
    const verdict = judged.find(({ rule }) => rule === 'arrival')?.verdict;
    const words = verdict?.is === 'unknown' ? `unknown(${verdict.why})` : (verdict?.is ?? 'no verdict');
    const own = alerts.filter(({ rule }) => rule === 'arrival');
    return [words, ...own.map(({ level, epoch, state }) => `${level}${epoch} ${state}`)].join(', ');
  });
}

describe('the oracle, by hand', () => {
  test('a crew that was heard and did not arrive has missed, at 45 it had not yet', () => {
    expect(looks([dispatched], [heard(30, 46)], [20, 36, 45, 46])).toEqual([
      'running',
      'running, soon1 standing',
      'running, soon1 standing',
      'missed, soon1 closedOut, missed1 standing',
    ]);
  });

  test('heard up to the limit is not past it', () => {
    const facts = [dispatched];
    expect(looks(facts, [heard(45)], [50])).toEqual(['unknown(silent), contact1 standing']);
  });

  test('nobody held it: everything is known', () => {
    expect(looks([], [], [46])).toEqual(['missed, missed1 standing']);
  });

  test('a crew that got it at the limit did not hold it before', () => {
    expect(looks([{ ...dispatched, known: 45, when: at(45) }], [heard()], [46])).toEqual(['missed, missed1 standing']);
  });

  test('a second tablet that was not heard leaves it unknown, and its arrival withdraws', () => {
    const facts = [dispatched, arrived(70, at(40))];
    expect(looks(facts, [heard(50), heard(30)], [50, 70])).toEqual([
      'unknown(silent), contact1 standing',
      'met, contact1 withdrawn',
    ]);
  });

  test('a crew without a device, though recalled, leaves it unknown', () => {
    const facts: Fact[] = [dispatched, { known: 6, kind: 'recalled', when: at(6) }];
    expect(looks(facts, [], [50])).toEqual(['unknown(silent), contact1 standing']);
  });

  test('a missed that later proves wrong is withdrawn, by a doubtful time it is not', () => {
    expect(looks([dispatched, arrived(70, at(45))], [heard(46)], [46, 70])[1]).toBe('met, missed1 withdrawn');
    expect(looks([dispatched, arrived(70, doubtful(30, 45))], [heard(46)], [46, 70])[1]).toBe('met, missed1 standing');
    const typed = arrived(70, { ...at(30), typed: true });
    expect(looks([dispatched, typed], [heard(46)], [46, 70])[1]).toBe('met, missed1 standing');
  });

  test('bounds over the limit say unknown(clock), an estimate does not care about them', () => {
    expect(looks([dispatched, arrived(70, doubtful(30, 46))], [heard(70)], [70])).toEqual([
      'unknown(clock), contact1 standing',
    ]);
    const graded = arrived(70, { ...doubtful(30, 60), grade: 'A' });
    expect(looks([dispatched, graded], [heard(70)], [70])).toEqual(['met']);
  });

  test('a breach found out late is raised quietly, one that stood is closed out', () => {
    expect(looks([dispatched, arrived(70, at(50))], [heard(70)], [70])).toEqual(['missed, missed1 quiet']);
    expect(looks([dispatched, arrived(70, at(50))], [heard(46)], [46, 70])[1]).toBe('missed, missed1 closedOut');
  });

  test('a late arrival is no breach while a second tablet may hold an earlier one, unless it was told by radio', () => {
    expect(looks([dispatched, arrived(70, at(50))], [heard(70), heard(30)], [70])).toEqual([
      'unknown(silent), contact1 standing',
    ]);
    const told = arrived(70, { ...doubtful(50, 60), typed: true });
    expect(looks([dispatched, told], [heard(30)], [60, 70])[1]).toBe('missed, contact1 closedOut, missed1 quiet');
  });

  test('a stop before its origin is unknown(clock)', () => {
    expect(looks([arrived(10, at(-1))], [], [10])).toEqual(['unknown(clock), contact1 standing']);
    expect(looks([arrived(10, at(0))], [], [10])).toEqual(['met']);
    expect(looks([arrived(10, doubtful(-5, 5))], [], [10])).toEqual(['met']);
  });

  test('a changed area class and a reopening begin a new epoch and close out the old', () => {
    const changed: Fact = { known: 50, kind: 'areaChanged', area: 'rural' };
    expect(looks([changed], [], [46, 50, 91])).toEqual([
      'missed, missed1 standing',
      'running, missed1 closedOut',
      'missed, missed1 closedOut, missed2 standing',
    ]);
    const over: Fact[] = [arrived(30, at(30)), { known: 40, kind: 'ended' }];
    const reopened: Fact = { known: 100, kind: 'reopened', when: at(100) };
    expect(looks([...over, reopened], [], [41, 136, 146])).toEqual([
      'met',
      'running, soon2 standing',
      'missed, soon2 closedOut, missed2 standing',
    ]);
  });

  test('the end closes out', () => {
    expect(looks([{ known: 50, kind: 'ended' }], [], [46, 50])[1]).toBe('no verdict, missed1 closedOut');
    expect(looks([{ known: 40, kind: 'ended' }], [], [39, 50])[1]).toBe('no verdict, soon1 closedOut');
  });

  test('a permitted reason pauses the target and never the ceiling', () => {
    const suspend = (reason: string): Fact => ({ known: 10, kind: 'suspended', reason, when: at(10) });
    const resumed: Fact = { known: 30, kind: 'resumed', when: at(30) };
    const limits = (reason: string) =>
      expected({ facts: [reported, suspend(reason), resumed], crews: {} }, pack, [30])[0]?.judged.map(
        ({ clock }) => clock.limit.to,
      );
    expect(limits('switching')).toEqual([65, 60]);
    expect(limits('lunch')).toEqual([45, 60]);
  });

  test('a lost device, or silence given up, is missed without evidence', () => {
    const history: History = {
      facts: [reported, dispatched],
      crews: { one: [{ hearings: [], lost: [{ from: 60 }] }] },
    };
    const verdicts = expected(history, pack, [59, 60]).map(({ judged }) => judged[0]?.verdict);
    expect(verdicts).toEqual([
      { is: 'unknown', why: 'silent' },
      { is: 'missed', evidence: false },
    ]);
  });
});
