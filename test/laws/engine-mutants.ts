import type { AlertDraft, Judged } from '#shared/sla/plan-alerts.ts';
import type { StageClock } from '#shared/sla/stage-clock.ts';

import { ENGINE, type Engine } from './judging-engine.ts';

/** Deliberately wrong engines, each wrong in one thing that would cost a crew or a customer dearly. */
export const MUTANTS: Readonly<Record<string, Engine>> = {
  'knows only the first device of a crew': {
    ...ENGINE,
    knowledgeOf: (order, limit, devicesOf) => ENGINE.knowledgeOf(order, limit, (crew) => devicesOf(crew).slice(0, 1)),
  },
  'knows only the crew that holds the order now': {
    ...ENGINE,
    knowledgeOf: (order, limit, devicesOf) =>
      ENGINE.knowledgeOf({ ...order, holdings: order.holdings.slice(-1) }, limit, devicesOf),
  },
  'forgets a crew that has no device': {
    ...ENGINE,
    knowledgeOf: (order, limit, devicesOf) => {
      const holdings = order.holdings.filter(({ crew }) => devicesOf(crew).length > 0);
      return ENGINE.knowledgeOf({ ...order, holdings }, limit, devicesOf);
    },
  },
  'takes silence for knowledge': { ...ENGINE, verdict: (clock, _heard, now) => ENGINE.verdict(clock, now, now) },
  'holds knowledge up to the limit for knowledge past it': {
    ...ENGINE,
    verdict: (clock, heard, now) => ENGINE.verdict(clock, heard === clock.limit ? heard + 1 : heard, now),
  },
  'has the limit pass one millisecond early': {
    ...ENGINE,
    verdict: (clock, heard, now) => ENGINE.verdict({ ...clock, limit: clock.limit - 1 }, heard, now),
  },
  'judges C by its estimate': {
    ...ENGINE,
    verdict: (clock, heard, now) => ENGINE.verdict(graded(clock, 'B'), heard, now),
  },
  'judges A and B by their bounds': {
    ...ENGINE,
    verdict: (clock, heard, now) => ENGINE.verdict(graded(clock, 'C'), heard, now),
  },
  'does not mind a stop before its origin': {
    ...ENGINE,
    verdict: (clock, heard, now) =>
      ENGINE.verdict({ ...clock, origin: { ...clock.origin, lo: 0, est: 0 } }, heard, now),
  },
  'never withdraws': planning((alerts, judged) =>
    ENGINE.planAlerts(alerts, judged).filter(({ kind }) => kind !== 'alertWithdrawn'),
  ),
  'withdraws on the word of a C or typed time': planning((alerts, judged) =>
    ENGINE.planAlerts(alerts, { ...judged, clock: graded(judged.clock, 'A') }),
  ),
  'raises again what has ended': planning((alerts, judged) =>
    ENGINE.planAlerts(
      alerts.filter(({ end }) => end === null),
      judged,
    ),
  ),
  'raises everything twice': planning((alerts, judged) =>
    ENGINE.planAlerts(alerts, judged).flatMap((one): AlertDraft[] => (one.kind === 'alertRaised' ? [one, one] : [one])),
  ),
  'raises a late breach loudly': planning((alerts, judged) => ENGINE.planAlerts(alerts, judged).map(loud)),
  'leaves standing what an ended order had': planning((alerts, judged) =>
    ENGINE.planAlerts(alerts, { ...judged, clock: { ...judged.clock, ended: false } }),
  ),
  'warns too late': planning((alerts, judged) =>
    ENGINE.planAlerts(alerts, { ...judged, clock: { ...judged.clock, warn: judged.clock.warn + 1 } }),
  ),
};

function planning(planAlerts: Engine['planAlerts']): Engine {
  return { ...ENGINE, planAlerts };
}

function graded(clock: StageClock, grade: 'A' | 'B' | 'C'): Judged['clock'] {
  if (!clock.stop) return clock;
  const { given: _, ...time } = clock.stop.time;
  return { ...clock, stop: { ...clock.stop, time: { ...time, grade } } };
}

function loud(draft: AlertDraft): AlertDraft {
  if (draft.kind !== 'alertRaised') return draft;
  const { quiet: _, ...data } = draft.data;
  return { ...draft, data };
}
