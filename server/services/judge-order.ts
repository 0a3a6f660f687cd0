import type { RulePack } from '#shared/event/rule-pack.ts';
import type { CrewId } from '#shared/ids.ts';
import type { Order } from '#shared/order/order.ts';
import { heardUpTo, knowledgeOf, type CrewDevices } from '#shared/sla/knowledge.ts';
import { nextLook, planAlerts, type Judged } from '#shared/sla/plan-alerts.ts';
import { stageClocks } from '#shared/sla/stage-clock.ts';
import { verdict } from '#shared/sla/verdict.ts';

import type { Judgement, NextLook } from '../store/overdue-store.ts';

type Knowing = {
  readonly pack: RulePack;
  readonly now: number;
  readonly devicesOf: (crew: CrewId, limit: number) => CrewDevices;
};

/** Every clock of an order against what is known of its crews: the alert events that follow, and the next look. */
export function judgeOrder(order: Order, { pack, now, devicesOf }: Knowing): Judgement {
  const judged = stageClocks(order, pack).map((clock): Judged => {
    const known = knowledgeOf(order, clock.limit, (crew) => devicesOf(crew, clock.limit));
    return { clock, verdict: verdict(clock, heardUpTo(known, now), now), known, now };
  });
  return {
    drafts: judged.flatMap((one) => planAlerts(order.alerts, one)),
    next: judged.map(nextOf).reduce(earlier, null),
  };
}

/** A clock whose crew is silent past its limit waits for news up to that limit. */
function nextOf(judged: Judged): NextLook | null {
  const { clock, verdict: found } = judged;
  const at = nextLook(judged);
  if (at !== null) return { at, waits: null };
  const silent = found.is === 'unknown' && found.why === 'silent' && !clock.ended;
  return silent ? { at: null, waits: clock.limit } : null;
}

function earlier(a: NextLook | null, b: NextLook | null): NextLook | null {
  if (!a || !b) return a ?? b;
  return { at: least(a.at, b.at), waits: least(a.waits, b.waits) };
}

const least = (a: number | null, b: number | null): number | null =>
  a === null || b === null ? (a ?? b) : Math.min(a, b);
