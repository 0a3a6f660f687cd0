import type { DataOf, Kind } from '#shared/event/catalog.ts';
import type { Recorded } from '#shared/event/envelope.ts';
import { asDeviceId, eventId, orderSubject, type CrewId } from '#shared/ids.ts';
import { fold } from '#shared/order/fold.ts';
import { emptyOrder, type Alert, type Order } from '#shared/order/order.ts';
import { heardUpTo, knowledgeOf, type CrewDevices } from '#shared/sla/knowledge.ts';
import { planAlerts, type AlertDraft } from '#shared/sla/plan-alerts.ts';
import { STATE_GRID } from '#shared/sla/rule-pack.ts';
import { stageClocks, type StageClock } from '#shared/sla/stage-clock.ts';
import { verdict, type Verdict } from '#shared/sla/verdict.ts';
import { exactly, type EventTime } from '#shared/time/event-time.ts';

import { CREW_3, CREW_5, ORDER, UNIT, writer } from '../builders.ts';
import type { When } from '../oracle/history.ts';
import type { Step, Story } from './oracle-stories.ts';
import { START } from './world.ts';

/** The engine's own functions; a mutant replaces one. */
export type Engine = {
  readonly stageClocks: typeof stageClocks;
  readonly knowledgeOf: typeof knowledgeOf;
  readonly verdict: typeof verdict;
  readonly planAlerts: typeof planAlerts;
};

export const ENGINE: Engine = { stageClocks, knowledgeOf, verdict, planAlerts };

export type EngineLook = {
  readonly at: number;
  readonly judged: readonly { readonly clock: StageClock; readonly verdict: Verdict }[];
  readonly alerts: readonly Alert[];
  /** What this look wrote. */
  readonly drafts: readonly AlertDraft[];
};

/** Plays the story as real events: folded, judged and planned at each look, the plan folded in again. */
export function play(story: Story, engine: Engine = ENGINE): readonly EngineLook[] {
  const log = startLog();
  const steps = [...story.steps];
  let order = fold(emptyOrder(ORDER), log('reported', timeOf(story.report), reportIn(story)));
  let holder: CrewId | null = null;
  return story.looks.map((now) => {
    while (steps[0] && steps[0].at <= now) {
      const step = steps.shift()!;
      order = fold(order, eventOf(log, step, holder));
      if (step.do === 'recall') holder = null;
      if (step.do === 'dispatch' || step.do === 'reassign') holder = CREWS[step.crew]!;
    }
    const judged = engine.stageClocks(order, STATE_GRID).map((clock) => {
      const known = engine.knowledgeOf(order, clock.limit, (crew) => devicesAt(story, crew, now));
      return { clock, known, now, verdict: engine.verdict(clock, heardUpTo(known, now), now) };
    });
    const drafts = judged.flatMap((one) => engine.planAlerts(order.alerts, one));
    order = drafts.reduce<Order>((state, { kind, data }) => fold(state, log(kind, exactly(now), data)), order);
    return { at: now, judged, alerts: order.alerts, drafts };
  });
}

const CREWS: readonly CrewId[] = [CREW_3, CREW_5, eventId(writer('CRW'), 7) as string as CrewId];

type Log = <K extends Kind>(kind: K, time: EventTime, data: DataOf<K>) => Recorded;

function startLog(): Log {
  let n = 0;
  return (kind, time, data) => {
    n += 1;
    const clock = { wall: time.est, mono: 0, page: 'test' };
    const event = {
      writer: writer('A7K'),
      n,
      subject: orderSubject(ORDER),
      kind,
      v: 1,
      data,
      by: null,
      seen: null,
      clock,
    };
    return { event, hash: '0'.repeat(64), q: n, rcv: time.est, time };
  };
}

function reportIn({ area }: Story): DataOf<'reported'> {
  return { unit: UNIT, address: '幸福路18号', area, channel: 'phone' };
}

function eventOf(log: Log, step: Step, holder: CrewId | null): Recorded {
  if (step.do === 'close') return log('closed', exactly(step.at), { outcome: 'noFault' });
  if (step.do === 'recall') return log('recalled', exactly(step.at), { crew: holder!, reason: '有误' });
  const crew = CREWS[step.crew]!;
  if (step.do === 'arrive') {
    return log('arrived', timeOf(step.when), { crew, ...(step.when.typed ? { radio: true as const } : {}) });
  }
  const time = exactly(step.at - step.lag);
  if (step.do === 'dispatch') return log('dispatched', time, { crew });
  return log('reassigned', time, { from: holder!, to: crew, reason: '更近' });
}

function timeOf({ typed, ...time }: When): EventTime {
  return typed ? { ...time, given: 'typed' } : time;
}

/** What the table of contacts would say at `now`: nobody was heard before the order was made. */
function devicesAt(story: Story, crew: CrewId, now: number): CrewDevices {
  const devices = story.crews[CREWS.indexOf(crew)] ?? [];
  return devices.map((hearings, index) => {
    const known = hearings.filter(({ learnedAt }) => learnedAt <= now).map(({ heardUpTo: upTo }) => upTo);
    return { device: asDeviceId(eventId(writer('DEV'), index + 1)), heard: Math.max(START - 1, ...known) };
  });
}
