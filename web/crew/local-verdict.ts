import type { CrewId } from '#shared/ids.ts';
import type { Order } from '#shared/order/order.ts';
import { knowledgeOf } from '#shared/sla/knowledge.ts';
import { STATE_GRID } from '#shared/sla/rule-pack.ts';
import { type StageClock, stageClocks } from '#shared/sla/stage-clock.ts';
import { type Verdict, verdict } from '#shared/sla/verdict.ts';

/** `share`: part of the limit used up, 0 … 1. `soon`: the warning step of a running clock has been passed. */
export type LocalVerdict = {
  readonly clock: StageClock;
  readonly verdict: Verdict;
  readonly soon: boolean;
  readonly share: number;
};

/**
 * The arrival clock as this tablet can judge it: it knows all its own crew did, and of crews that had the order
 * before nothing since they got it. Null: the report has not come yet.
 */
export function localVerdict(order: Order, crew: CrewId, now: number): LocalVerdict | null {
  const clock = stageClocks(order, STATE_GRID)[0];
  if (!clock) return null;
  const known = knowledgeOf(order, clock.limit, () => []);
  const others = known.devices.filter((device) => device.crew !== crew);
  const heard = others.length === 0 ? now : Math.min(...others.map((device) => device.heard));
  const is = verdict(clock, heard, now);
  const span = clock.limit - clock.origin.est;
  return {
    clock,
    verdict: is,
    soon: is.is === 'running' && now >= clock.warn,
    share: Math.min(1, Math.max(0, (now - clock.origin.est) / span)),
  };
}
