import type { EventId } from '#shared/ids.ts';
import { asDeviceId, eventId, type CrewId } from '#shared/ids.ts';
import { fold } from '#shared/order/fold.ts';
import { emptyOrder, type Alert, type Order } from '#shared/order/order.ts';
import type { Judged } from '#shared/sla/judge.ts';
import { knowledgeOf, type CrewDevices } from '#shared/sla/knowledge.ts';
import { nextLook } from '#shared/sla/next-look.ts';
import { packFor } from '#shared/sla/pack-for.ts';
import { planAlerts, type AlertDraft } from '#shared/sla/plan-alerts.ts';
import { stageClocks } from '#shared/sla/stage-clock.ts';
import { verdict } from '#shared/sla/verdict.ts';
import { exactly } from '#shared/time/event-time.ts';

import { ORDER, writer } from '../builders.ts';
import type { Device, Story } from './oracle-stories.ts';
import { CREWS, startLog, writeReport, writeStep } from './story-events.ts';

/** The engine's own functions; a mutant replaces one. */
export type Engine = {
  readonly packFor: typeof packFor;
  readonly stageClocks: typeof stageClocks;
  readonly knowledgeOf: typeof knowledgeOf;
  readonly verdict: typeof verdict;
  readonly planAlerts: typeof planAlerts;
  readonly nextLook: typeof nextLook;
};

export const ENGINE: Engine = { packFor, stageClocks, knowledgeOf, verdict, planAlerts, nextLook };

export type EngineLook = {
  readonly at: number;
  readonly judged: readonly Judged[];
  readonly alerts: readonly Alert[];
  /** What this look wrote. */
  readonly drafts: readonly AlertDraft[];
};

/** Plays the story as real events: folded, judged and planned at each look, the plan folded in again. */
export function play(story: Story, engine: Engine = ENGINE): readonly EngineLook[] {
  const log = startLog();
  let order = fold(emptyOrder(ORDER), writeReport(log, story));
  const ids = new Map<string, EventId>();
  let next = 0;
  return story.looks.map((now) => {
    for (let step = story.steps[next]; step && step.at <= now; step = story.steps[next]) {
      const event = writeStep(log, step, { order, ids });
      if (event) order = fold(order, event);
      next += 1;
    }
    const judged = judgeStory(story, order, { now, engine });
    const drafts = engine.planAlerts(order, judged);
    order = drafts.reduce<Order>((state, { kind, data }) => fold(state, log(kind, exactly(now), data)), order);
    return { at: now, judged, alerts: order.alerts, drafts };
  });
}

/** The order's clocks at `now`, with what the story lets be known by then. */
export function judgeStory(
  story: Story,
  order: Order,
  { now, engine }: { readonly now: number; readonly engine: Engine },
): readonly Judged[] {
  const activations = story.activations.filter(({ known }) => known <= now);
  return engine.stageClocks(order, engine.packFor(activations, order)).map((clock): Judged => {
    const known = engine.knowledgeOf(order, clock.limit.to, (crew) => devicesAt(story, crew, now));
    return { clock, known, now, verdict: engine.verdict(clock, known, now) };
  });
}

/** What the table of contacts would say at `now`: nobody was heard before the order was made. */
function devicesAt({ crews }: Story, crew: CrewId, now: number): CrewDevices {
  return (crews[CREWS.indexOf(crew)] ?? []).map((device, index) => {
    const known = device.hearings.filter(({ learnedAt }) => learnedAt <= now).map(({ heardUpTo }) => heardUpTo);
    return { device: DEVICES[index]!, heard: Math.max(0, ...known), lost: isLost(device, now) };
  });
}

const DEVICES = [1, 2, 3].map((n) => asDeviceId(eventId(writer('DEV'), n)));

const isLost = ({ lost }: Device, now: number): boolean =>
  lost.some(({ from, until }) => from <= now && (until === undefined || now < until));
