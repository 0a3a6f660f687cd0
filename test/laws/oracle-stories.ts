import fc from 'fast-check';

import type { Fact, Hearing, History, Ms, Pack, When } from '../oracle/history.ts';
import { MINUTE, START } from './world.ts';

export type AreaClass = 'urban' | 'rural' | 'remote';

/** `at`: server time at which it becomes known. What does not fit when its turn comes (a second dispatch …) is left out. */
export type Step =
  | { readonly do: 'dispatch'; readonly at: Ms; readonly crew: number; readonly lag: Ms }
  | { readonly do: 'reassign'; readonly at: Ms; readonly crew: number; readonly lag: Ms }
  | { readonly do: 'recall'; readonly at: Ms }
  | { readonly do: 'close'; readonly at: Ms }
  | { readonly do: 'arrive'; readonly at: Ms; readonly crew: number; readonly when: When };

/** One order as the event kinds of today can tell it: one report, no reopening, no change of area, no pause. */
export type Story = {
  readonly area: AreaClass;
  readonly report: When;
  readonly steps: readonly Step[];
  /** Per crew, per device. */
  readonly crews: readonly (readonly (readonly Hearing[])[])[];
  readonly looks: readonly Ms[];
};

const LIMIT_MIN = { urban: 45, rural: 90, remote: 120 } as const;

export const PACK: Pack = {
  rules: [
    {
      id: 'arrival',
      kind: 'target',
      origin: 'reported',
      stop: 'arrived',
      limitMs: { urban: 45 * MINUTE, rural: 90 * MINUTE, remote: 120 * MINUTE },
      warnShare: 0.8,
      pausedBy: [],
    },
  ],
};

/** Shrinks to few and simple steps. Instants crowd around the origin, the warning and the limit. */
export const aStory: fc.Arbitrary<Story> = fc
  .constantFrom<AreaClass>('urban', 'rural', 'remote')
  .chain((area) => {
    const moment = momentOf(LIMIT_MIN[area] * MINUTE);
    const hearing = fc
      .tuple(moment, moment)
      .map(([a, b]) => ({ learnedAt: Math.max(a, b), heardUpTo: Math.min(a, b) }));
    const fresh = moment.map((at) => ({ learnedAt: at, heardUpTo: at }));
    const device = fc.array(fc.oneof(hearing, fresh), { maxLength: 4 });
    const devices = fc.oneof(
      { weight: 3, arbitrary: fc.array(device, { minLength: 1, maxLength: 1 }) },
      { weight: 3, arbitrary: fc.array(device, { minLength: 2, maxLength: 3 }) },
      { weight: 1, arbitrary: fc.constant([]) },
    );
    return fc.record({
      area: fc.constant(area),
      report: fc.oneof(
        fc.constant(timeOf(START, { below: 0, above: 0, grade: 'A', typed: false })),
        fc.integer({ min: 0, max: 10 }).map((m) => {
          return timeOf(START, { below: m * MINUTE, above: m * MINUTE, grade: 'B', typed: false });
        }),
      ),
      steps: fc.array(stepOf(moment), { maxLength: 9 }),
      crews: fc.tuple(devices, devices, fc.constant([])),
      looks: fc.uniqueArray(moment, { minLength: 1, maxLength: 8 }).map((looks) => looks.toSorted((a, b) => a - b)),
    });
  })
  .map((story) => ({ ...story, steps: fitting(story.steps) }));

function momentOf(limit: Ms): fc.Arbitrary<Ms> {
  const edge = fc.tuple(fc.constantFrom(0, limit * 0.8, limit), fc.constantFrom(-1, 0, 1));
  return fc.oneof(
    { weight: 3, arbitrary: fc.integer({ min: 0, max: 40 }).map((fives) => START + fives * 5 * MINUTE) },
    { weight: 2, arbitrary: edge.map(([at, off]) => START + Math.max(0, at + off)) },
    { weight: 1, arbitrary: fc.integer({ min: limit - 6, max: limit + 60 }).map((ms) => START + ms) },
  );
}

function stepOf(moment: fc.Arbitrary<Ms>): fc.Arbitrary<Step> {
  const crew = fc.nat(2);
  const lag = fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { arbitrary: fc.nat(20 * MINUTE), weight: 1 });
  const width = (minutes: number) =>
    fc.oneof(
      fc.constant(0),
      fc.nat(minutes).map((m) => m * MINUTE),
    );
  const doubt = fc.oneof(
    fc.record({ below: width(0), above: fc.nat(60_000), grade: fc.constant('A' as const), typed: fc.constant(false) }),
    fc.record({ below: width(15), above: width(15), grade: fc.constant('B' as const), typed: fc.constant(false) }),
    fc.record({ below: width(60), above: width(60), grade: fc.constant('C' as const), typed: fc.constant(false) }),
    fc.record({ below: width(10), above: width(10), grade: fc.constant('C' as const), typed: fc.constant(true) }),
  );
  // A minute before the report, and its last millisecond, are possible too.
  const est = fc.oneof(
    { weight: 9, arbitrary: moment },
    { weight: 1, arbitrary: fc.constantFrom(START - MINUTE, START - 1) },
  );
  const arrive = fc.record({ est, doubt, at: moment, crew }).map(({ est: claimed, doubt: of, at, crew: by }): Step => {
    // A tap lies before the push that brought it.
    const when = timeOf(Math.min(claimed, at), of);
    return { do: 'arrive', at, crew: by, when: { ...when, hi: Math.min(when.hi, at) } };
  });
  return fc.oneof(
    { weight: 4, arbitrary: fc.record({ do: fc.constant('dispatch' as const), at: moment, crew, lag }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('recall' as const), at: moment }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('reassign' as const), at: moment, crew, lag }) },
    { weight: 5, arbitrary: arrive },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('close' as const), at: moment }) },
  );
}

type Doubt = Pick<When, 'grade' | 'typed'> & { readonly below: Ms; readonly above: Ms };

function timeOf(est: Ms, { below, above, grade, typed }: Doubt): When {
  return { lo: est - below, hi: est + above, est, e: Math.max(below, above), grade, typed };
}

/** In log order, without the commands the server would have refused. */
function fitting(steps: readonly Step[]): readonly Step[] {
  let holder: number | null = null;
  let closed = false;
  return steps
    .toSorted((a, b) => a.at - b.at)
    .filter((step) => {
      if (step.do === 'arrive') return true;
      if (closed) return false;
      if (step.do === 'close') {
        closed = true;
        return true;
      }
      if ((step.do === 'dispatch') !== (holder === null)) return false;
      if (step.do === 'reassign' && step.crew === holder) return false;
      holder = step.do === 'recall' ? null : step.crew;
      return true;
    });
}

/** The story in the oracle's words. */
export function historyOf(story: Story): History {
  const exactly = (at: Ms): When => timeOf(at, { below: 0, above: 0, grade: 'A', typed: false });
  const factOf = (step: Step): Fact => {
    const known = step.at;
    if (step.do === 'close') return { known, kind: 'ended' };
    if (step.do === 'recall') return { known, kind: 'recalled', when: exactly(known) };
    if (step.do === 'arrive') {
      return { known, kind: 'reached', stage: 'arrived', by: step.when.typed ? 'radio' : 'tablet', when: step.when };
    }
    const kind = step.do === 'dispatch' ? 'dispatched' : 'reassigned';
    return { known, kind, crew: String(step.crew), when: exactly(known - step.lag) };
  };
  const reported: Fact = { known: START, kind: 'reported', when: story.report, area: story.area };
  return {
    facts: [reported, ...story.steps.map(factOf)],
    crews: Object.fromEntries(
      story.crews.map((devices, crew) => [String(crew), devices.map((hearings) => ({ hearings }))]),
    ),
  };
}
