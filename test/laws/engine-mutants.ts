import type { AlertDraft } from '#shared/sla/plan-alerts.ts';
import type { Verdict } from '#shared/sla/verdict.ts';

import {
  clocking,
  drafting,
  judging,
  knowing,
  loud,
  planning,
  ruling,
  seeing,
  telling,
  withClock,
  withStop,
} from './change-engine.ts';
import { ENGINE, type Engine } from './judging-engine.ts';

/** Deliberately wrong engines, each wrong in one thing that would cost a crew or a customer dearly. */
export const MUTANTS: Readonly<Record<string, Engine>> = {
  'knows only the first device of a crew': knowing((devices) => devices.slice(0, 1)),
  'waits for a lost device': knowing((devices) => devices.map((one) => ({ ...one, lost: false }))),
  'takes a lost device for heard': knowing((devices) => devices.filter(({ lost }) => lost !== true)),
  'knows only the crew that holds the order now': {
    ...ENGINE,
    knowledgeOf: (order, limit, devicesOf) =>
      ENGINE.knowledgeOf({ ...order, holdings: order.holdings.slice(-1) }, limit, devicesOf),
  },
  'forgets a crew that has no device': {
    ...ENGINE,
    knowledgeOf: (order, limit, devicesOf) => {
      const holdings = order.holdings.filter(({ crew }) => devicesOf(crew, limit).length > 0);
      return ENGINE.knowledgeOf({ ...order, holdings }, limit, devicesOf);
    },
  },
  'has a crew hold an order from the estimate on': {
    ...ENGINE,
    knowledgeOf: (order, limit, devicesOf) => {
      const holdings = order.holdings.map((one) => ({ ...one, from: { ...one.from, lo: one.from.est } }));
      return ENGINE.knowledgeOf({ ...order, holdings }, limit, devicesOf);
    },
  },
  'takes silence for knowledge': {
    ...ENGINE,
    verdict: (clock, known, now) => ENGINE.verdict(clock, { ...known, heard: now }, now),
  },
  'holds knowledge up to the limit for knowledge past it': {
    ...ENGINE,
    verdict: (clock, known, now) => {
      const heard = known.heard === clock.limit.to ? known.heard + 1 : known.heard;
      return ENGINE.verdict(clock, { ...known, heard }, now);
    },
  },
  'has the limit pass one millisecond early': judging((clock) => ({
    ...clock,
    limit: { ...clock.limit, to: clock.limit.to - 1 },
  })),
  'never gives up': judging((clock) => ({ ...clock, giveUp: Infinity })),
  'gives up a millisecond early': judging((clock) => ({ ...clock, giveUp: clock.giveUp - 1 })),
  'gives up a doubtful time': {
    ...ENGINE,
    verdict: (clock, known, now): Verdict | null => {
      const found = ENGINE.verdict(clock, known, now);
      const givesUp = found?.is === 'unknown' && now > clock.giveUp;
      return givesUp ? { is: 'missed', overMs: 0, evidence: false } : found;
    },
  },
  'takes a given-up silence for evidence': {
    ...ENGINE,
    verdict: (clock, known, now) => {
      const found = ENGINE.verdict(clock, known, now);
      return found?.is === 'missed' ? { ...found, evidence: true } : found;
    },
  },
  'judges C by its estimate': telling((fact) => ({ ...fact, time: { ...fact.time, grade: 'B', lo: fact.time.est } })),
  'judges A and B by their bounds': telling((fact) => ({ ...fact, time: { ...fact.time, grade: 'C' } })),
  'does not know what was typed': telling((fact) => {
    const { given: _, ...time } = fact.time;
    return { ...fact, time };
  }),
  'does not care what a person accepted': telling((fact) => {
    const { accepted: _, ...rest } = fact;
    return rest;
  }),
  'takes part of the customers for all': telling((fact) => {
    if (fact.kind === 'restored') return { ...fact, extent: 'all' };
    return fact.kind === 'contacted' ? { ...fact, reached: true } : fact;
  }),
  'does not mind a stop before its origin': clocking((clock) =>
    clock.stop?.says === 'beforeOrigin' ? { ...clock, stop: { ...clock.stop, says: 'inTime' } } : clock,
  ),
  'takes a doubtful origin for a point': clocking((clock) => {
    const off = clock.origin.est - clock.origin.to;
    return { ...clock, limit: { from: clock.limit.to + off, to: clock.limit.to + off } };
  }),
  'pauses for any reason': ruling((rule) => ({ ...rule, pausedBy: ['weather', 'safety', 'other'] })),
  'never pauses': ruling((rule) => ({ ...rule, pausedBy: [] })),
  'pauses a ceiling': ruling((rule) =>
    rule.kind === 'ceiling' ? { ...rule, kind: 'target', pausedBy: ['weather'] } : rule,
  ),
  'treats important customers like all others': ruling((rule) => {
    const { importantMin: _, ...rest } = rule;
    return rest;
  }),
  'ignores that a level is switched off': ruling((rule) => ({
    ...rule,
    levels: { soon: [], contact: [], missed: [] },
  })),
  'counts what was before a reopening': seeing((order) => ({ ...order, reopened: null })),
  'never begins a new epoch': seeing((order) => ({ ...order, epoch: 1 })),
  'judges by a pack before its time': {
    ...ENGINE,
    packFor: (activations, order) =>
      ENGINE.packFor(
        activations.map((one) => ({ ...one, from: 0 })),
        order,
      ),
  },
  'judges by the first pack that fits': {
    ...ENGINE,
    packFor: (activations, order) => ENGINE.packFor(activations.toReversed(), order),
  },
  'never withdraws': drafting((draft) => (draft.kind === 'alertWithdrawn' ? [] : [draft])),
  'never withdraws what was closed out': planning((order, judged) => {
    const ended = new Set(order.alerts.filter(({ end }) => end !== null).map(({ id }) => id));
    return ENGINE.planAlerts(order, judged).filter(
      (draft) => draft.kind !== 'alertWithdrawn' || !ended.has(draft.data.alert),
    );
  }),
  'withdraws on the word of any time': planning((order, judged) =>
    ENGINE.planAlerts(
      order,
      judged.map((one) => (one.verdict?.is === 'met' ? withStop(one, { proves: true }) : one)),
    ),
  ),
  'raises again what has ended': planning((order, judged) =>
    ENGINE.planAlerts({ ...order, alerts: order.alerts.filter(({ end }) => end === null) }, judged),
  ),
  'raises everything twice': drafting((draft) => (draft.kind === 'alertRaised' ? [draft, draft] : [draft])),
  'raises a late breach loudly': drafting((draft) => [loud(draft)]),
  'leaves standing what an ended order had': planning((order, judged) =>
    ENGINE.planAlerts(
      order,
      judged.filter(({ clock }) => !clock.ended),
    ),
  ),
  'leaves standing what an old epoch had': drafting((draft) =>
    draft.kind === 'alertClosedOut' && draft.data.because === 'newEpoch' ? [] : [draft],
  ),
  'warns too late': planning((order, judged) =>
    ENGINE.planAlerts(
      order,
      judged.map((one) => withClock(one, { warn: { ...one.clock.warn, to: one.clock.warn.to + 1 } })),
    ),
  ),
  'fetches somebody for what is attended': planning((order, judged) =>
    ENGINE.planAlerts({ ...order, alerts: order.alerts.map((one) => ({ ...one, taken: null })) }, judged),
  ),
  'takes a shelved alert for attended for ever': planning((order, judged) => {
    const alerts = order.alerts.map((one) => (one.taken ? { ...one, taken: { ...one.taken, until: null } } : one));
    return ENGINE.planAlerts({ ...order, alerts }, judged);
  }),
  'fetches somebody a millisecond early': planning((order, judged) =>
    ENGINE.planAlerts(
      order,
      judged.map((one) => ({ ...one, now: one.now + 1 })),
    ),
  ),
  'fetches somebody for a stage that was reached': planning((order, judged) => [
    ...ENGINE.planAlerts(order, judged),
    ...ENGINE.planAlerts(
      order,
      judged.flatMap((one) => (one.verdict?.is === 'unknown' ? [withClock(one, { stop: null })] : [])),
    ).filter((draft) => draft.kind === 'alertRaised' && draft.data.level === 'escalated1'),
  ]),
  'climbs one step a look': planning((order, judged) => {
    const drafts = ENGINE.planAlerts(order, judged);
    const isStep = (draft: AlertDraft): boolean => draft.kind === 'alertRaised' && draft.data.because === 'unattended';
    return drafts.filter((draft, index) => !isStep(draft) || drafts.findIndex(isStep) === index);
  }),
  'leaves escalations standing': planning((order, judged) => {
    const steps = new Set(order.alerts.filter(({ because }) => because === 'unattended').map(({ id }) => id));
    return ENGINE.planAlerts(order, judged).filter(
      (draft) => draft.kind !== 'alertClosedOut' || !steps.has(draft.data.alert),
    );
  }),
};
