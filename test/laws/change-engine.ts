import type { Fact, Order } from '#shared/order/order.ts';
import type { Judged } from '#shared/sla/judge.ts';
import type { CrewDevices } from '#shared/sla/knowledge.ts';
import type { AlertDraft } from '#shared/sla/plan-alerts.ts';
import type { StageClock } from '#shared/sla/stage-clock.ts';

import { ENGINE, type Engine } from './judging-engine.ts';

/** Engines that differ from the right one in a single place. */

export function knowing(see: (devices: CrewDevices) => CrewDevices): Engine {
  return {
    ...ENGINE,
    knowledgeOf: (order, limit, devicesOf) =>
      ENGINE.knowledgeOf(order, limit, (crew, upTo) => see(devicesOf(crew, upTo))),
  };
}

export const judging = (change: (clock: StageClock) => StageClock): Engine => ({
  ...ENGINE,
  verdict: (clock, known, now) => ENGINE.verdict(change(clock), known, now),
});

export const clocking = (change: (clock: StageClock) => StageClock): Engine => ({
  ...ENGINE,
  stageClocks: (order, pack) => ENGINE.stageClocks(order, pack).map(change),
});

type Rule = StageClock['rule'];

export const ruling = (change: (rule: Rule) => Rule): Engine => ({
  ...ENGINE,
  stageClocks: (order, pack) => ENGINE.stageClocks(order, { ...pack, rules: pack.rules.map(change) }),
});

export const seeing = (change: (order: Order) => Order): Engine => ({
  ...ENGINE,
  stageClocks: (order, pack) => ENGINE.stageClocks(change(order), pack),
});

export const telling = (change: (fact: Fact) => Fact): Engine =>
  seeing((order) => ({ ...order, facts: order.facts.map(change) }));

export function planning(planAlerts: Engine['planAlerts']): Engine {
  return { ...ENGINE, planAlerts };
}

export const drafting = (change: (draft: AlertDraft) => readonly AlertDraft[]): Engine =>
  planning((order, judged) => ENGINE.planAlerts(order, judged).flatMap(change));

export const withClock = (judged: Judged, change: Partial<StageClock>): Judged => ({
  ...judged,
  clock: { ...judged.clock, ...change },
});

export const withStop = (judged: Judged, change: Partial<NonNullable<StageClock['stop']>>): Judged =>
  judged.clock.stop ? withClock(judged, { stop: { ...judged.clock.stop, ...change } }) : judged;

export function loud(draft: AlertDraft): AlertDraft {
  if (draft.kind !== 'alertRaised') return draft;
  const { quiet: _, ...data } = draft.data;
  return { ...draft, data };
}
