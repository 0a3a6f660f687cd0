import type { Rule, RuleStop } from '#shared/event/rule-pack.ts';
import type { Activation } from '#shared/sla/pack-for.ts';
import { STATE_GRID } from '#shared/sla/packs/state-grid.ts';

import type { Hearing, Level, Ms, When } from '../oracle/history.ts';
import type { Draw } from './draw.ts';
import { fitting } from './fitting-steps.ts';
import { aPack } from './oracle-packs.ts';
import { MINUTE } from './world.ts';

export type AreaClass = { readonly area: 'urban' | 'rural' | 'remote'; readonly class: 'ordinary' | 'important' };

/** `at`: server time at which it comes into the log. What would have been refused is not among them. */
export type Step = { readonly at: Ms } & (
  | { readonly do: 'dispatch' | 'reassign'; readonly crew: number; readonly when: When }
  | { readonly do: 'recall' | 'close' | 'cancel' | 'endAtIntake' | 'merge' | 'unmerge' }
  | ({ readonly do: 'amend' } & AreaClass)
  | { readonly do: 'reopen'; readonly when: When }
  | ({ readonly do: 'reach' } & Reach)
  /** A person accepts the time of the reach of that name, whenever that came. */
  | { readonly do: 'acceptTime'; readonly of: string }
  | { readonly do: 'suspend'; readonly reason: 'weather' | 'safety' | 'other'; readonly when: When }
  | { readonly do: 'resume'; readonly when: When }
  | ({ readonly do: 'acknowledge' } & Acknowledging)
);

/** `whole` false: power back for a part, a call nobody answered, a finding without a time. */
export type Reach = {
  readonly id: string;
  readonly stage: Exclude<RuleStop, 'dispatched'>;
  readonly crew: number;
  readonly when: When;
  readonly radio: boolean;
  readonly whole: boolean;
};

export type Acknowledging = {
  readonly rule: string;
  readonly level: Level;
  readonly epoch: number;
  readonly until: Ms | undefined;
};

export type Device = {
  readonly hearings: readonly Hearing[];
  readonly lost: readonly { readonly from: Ms; readonly until?: Ms }[];
};

/** One order, as any of its events can tell it. */
export type Story = {
  readonly start: Ms;
  readonly report: AreaClass & { readonly when: When };
  readonly activations: readonly (Activation & { readonly known: Ms })[];
  readonly steps: readonly Step[];
  /** Per crew. */
  readonly crews: readonly (readonly Device[])[];
  readonly looks: readonly Ms[];
};

/** An ordinary day, the nights on which clocks are changed, the end of a leap day, the end of a year. */
const STARTS = [
  '2026-11-21T08:00:00Z',
  '2026-03-29T00:40:00Z',
  '2026-10-25T00:40:00Z',
  '2028-02-29T23:30:00Z',
  '2028-02-28T23:30:00Z',
  '2026-12-31T15:40:00Z',
].map((text) => Date.parse(text));

const HOUR = 60 * MINUTE;

/** A story from a row of choices; its instants crowd around what the rules make important. */
export function storyOf(draw: Draw): Story {
  const start = draw.pick(STARTS);
  const activations = activationsOf(draw, start);
  const moment = createMoments(draw, start, activations);
  const when = doubted(draw, draw.once(5) ? start - draw.below(10) * MINUTE : start, start);
  const report = { area: draw.pick(['urban', 'rural', 'remote'] as const), class: aClass(draw), when };
  const count = draw.below(11);
  const rules = rulesOf(activations);
  const steps = Array.from({ length: count }, (_, index) => aStep(draw, { moment, index, rules }));
  const devices = draw.pick([1, 1, 2, 3, 0, 2]);
  const crews = [manyOf(devices, () => aDevice(draw, moment)), manyOf(draw.below(3), () => aDevice(draw, moment)), []];
  const looks = manyOf(1 + draw.below(8), moment).filter((at) => at >= start);
  return {
    start,
    report,
    activations,
    steps: fitting(
      steps.toSorted((a, b) => a.at - b.at),
      report,
    ),
    crews,
    // What is acknowledged has been raised by a look before.
    looks: [...new Set([...looks, start + 200 * MINUTE])]
      .filter((look) => !steps.some(({ do: what, at }) => what === 'acknowledge' && at === look))
      .toSorted((a, b) => a - b),
  };
}

const manyOf = <T>(count: number, make: () => T): T[] => Array.from({ length: count }, make);

const aClass = (draw: Draw): AreaClass['class'] => (draw.once(4) ? 'important' : 'ordinary');

/** Put in force before or while the report comes in; never for a time that has passed. */
function activationsOf(draw: Draw, start: Ms): Story['activations'] {
  return manyOf(draw.pick([1, 1, 1, 0, 2]), () => {
    const known = start - draw.pick([60, 10, 1, 0, -5]) * MINUTE;
    return { known, from: known + draw.pick([0, 0, 1, 10]) * MINUTE, pack: aPack(draw) };
  });
}

const rulesOf = (activations: Story['activations']): readonly Rule[] =>
  activations.length > 0 ? activations.flatMap(({ pack }) => pack.rules) : STATE_GRID.rules;

/** Instants on a coarse grid, at what rules make important after the report or another instant, and a millisecond beside. */
function createMoments(draw: Draw, start: Ms, activations: Story['activations']): () => Ms {
  const lengths = [...new Set(rulesOf(activations).flatMap(lengthsOf))];
  const giveUps = activations.map(({ pack }) => pack.silenceHours * HOUR);
  const anchors = [start];
  return () => {
    const kind = draw.below(8);
    const made =
      kind < 3
        ? start + draw.below(48) * 5 * MINUTE
        : (draw.once(2) ? draw.pick(anchors) : start) +
          (kind < 7 ? draw.pick(lengths) : 0) +
          (draw.once(6) ? draw.pick([0, ...giveUps]) : 0) +
          draw.pick([0, 1, -1, 0]);
    if (anchors.length < 8) anchors.push(made);
    return Math.max(start, made);
  };
}

function lengthsOf({ limitMin, importantMin, warnAt, escalate }: Rule): readonly Ms[] {
  return [...Object.values(limitMin), ...Object.values(importantMin ?? {})].flatMap((minutes = 0) =>
    [minutes, minutes * warnAt, ...escalate.map(({ afterMin }) => minutes + afterMin)].map((one) => one * MINUTE),
  );
}

type Making = { readonly moment: () => Ms; readonly index: number; readonly rules: readonly Rule[] };

const REACHES: readonly Reach['stage'][] = [
  'arrived',
  'restored',
  'accepted',
  'departed',
  'contacted',
  'etr',
  'submitted',
  'visited',
];

function aStep(draw: Draw, { moment, index, rules }: Making): Step {
  const at = moment();
  switch (draw.pick(STEP_KINDS)) {
    case 'reach': {
      const stage = draw.once(2) ? draw.pick(REACHES) : draw.pick(rules).stop;
      const when = doubted(draw, draw.once(12) ? at - HOUR : Math.min(at, moment()), at);
      const radio = when.typed || draw.once(10);
      const named = {
        id: `f${index}`,
        stage: stage === 'dispatched' ? 'arrived' : stage,
        crew: draw.below(3),
      } as const;
      return { do: 'reach', at, ...named, when, radio, whole: !draw.once(8) };
    }
    case 'dispatch': {
      const when = draw.once(3) ? doubted(draw, draw.once(2) ? at : at - draw.below(20) * MINUTE, at) : exactly(at);
      return { do: draw.once(3) ? 'reassign' : 'dispatch', at, crew: draw.below(3), when };
    }
    case 'recall':
      return { do: 'recall', at };
    case 'end':
      return { do: draw.pick(['close', 'merge', 'cancel', 'endAtIntake'] as const), at };
    case 'unend':
      return draw.once(2) ? { do: 'unmerge', at } : { do: 'reopen', at, when: exactly(at - draw.pick([0, 0, MINUTE])) };
    case 'amend':
      return { do: 'amend', at, area: draw.pick(['rural', 'urban', 'remote'] as const), class: aClass(draw) };
    case 'acceptTime':
      return { do: 'acceptTime', at, of: `f${draw.below(10)}` };
    case 'suspend': {
      const when = doubted(draw, draw.once(3) ? at - draw.below(20) * MINUTE : at, at);
      return { do: 'suspend', at, reason: draw.pick(['weather', 'weather', 'safety', 'other'] as const), when };
    }
    case 'resume':
      return { do: 'resume', at, when: doubted(draw, draw.once(3) ? at - draw.below(20) * MINUTE : at, at) };
    case 'acknowledge': {
      const level = draw.pick(['missed', 'contact', 'soon', 'escalated1'] as const);
      const until = draw.pick([undefined, moment(), at + (1 + draw.below(12)) * 5 * MINUTE]);
      return { do: 'acknowledge', at, rule: draw.pick(rules).id, level, epoch: draw.once(8) ? -1 : 0, until };
    }
  }
}

/** What a drawn step does, with how often of all. */
const WEIGHTS = {
  reach: 6,
  dispatch: 4,
  acknowledge: 2,
  acceptTime: 2,
  suspend: 2,
  resume: 1,
  amend: 1,
  end: 1,
  unend: 1,
  recall: 1,
} as const;
type StepKind = keyof typeof WEIGHTS;
const STEP_KINDS = Object.entries(WEIGHTS).flatMap(([kind, weight]) =>
  Array.from({ length: weight }, () => kind as StepKind),
);

/** A time around `est`, known no later than it came in. */
function doubted(draw: Draw, est: Ms, known: Ms): When {
  const below = draw.pick([0, 1, 5, 15, 60]) * MINUTE;
  const above = draw.pick([0, 1, 5, 15, 60]) * MINUTE;
  const [grade, typed] = draw.pick(DOUBTS);
  const small = grade === 'A' ? draw.below(60_000) : null;
  const lo = est - (small ?? below);
  const hi = Math.max(est, Math.min(known, est + (small === null ? above : 60_000 - small)));
  return { lo, hi, est, e: small === null ? Math.max(below, above) : draw.pick([0, 20_000]), grade, typed };
}

const DOUBTS = [
  ['A', false],
  ['B', false],
  ['C', false],
  ['C', true],
  ['B', false],
  ['C', false],
  ['A', false],
  ['B', true],
] as const;

const exactly = (at: Ms): When => ({ lo: at, hi: at, est: at, e: 0, grade: 'A', typed: false });

function aDevice(draw: Draw, moment: () => Ms): Device {
  const hearings = manyOf(draw.below(5), (): Hearing => {
    const [one, other] = [moment(), draw.once(2) ? moment() : null];
    return other === null
      ? { learnedAt: one, heardUpTo: one }
      : { learnedAt: Math.max(one, other), heardUpTo: Math.min(one, other) };
  });
  if (!draw.once(4)) return { hearings, lost: [] };
  const from = moment();
  return { hearings, lost: [draw.once(2) ? { from, until: Math.max(from, moment()) } : { from }] };
}
