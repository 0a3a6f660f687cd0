import { asDeviceId, type CrewId } from '#shared/ids.ts';
import type { Order } from '#shared/order/order.ts';
import { judgeClock } from '#shared/sla/judge.ts';
import { STATE_GRID } from '#shared/sla/packs/state-grid.ts';
import { arrivalClock, type StageClock } from '#shared/sla/stage-clock.ts';
import type { Verdict } from '#shared/sla/verdict.ts';

/** `share`: part of the limit used up, 0 … 1. `soon`: the warning step of a running clock has been passed. */
export type LocalVerdict = {
  readonly clock: StageClock;
  readonly verdict: Verdict;
  readonly soon: boolean;
  readonly share: number;
};

/**
 * The arrival clock as this tablet can judge it: it knows all its own crew did, and of crews that had the order
 * before nothing since they got it. Null: the report has not come yet, or the order ended and nobody waits any more.
 */
export function localVerdict(order: Order, crew: CrewId, now: number): LocalVerdict | null {
  const clock = arrivalClock(order, STATE_GRID);
  if (!clock) return null;
  const devicesOf = (of: CrewId) => (of === crew ? [{ device: asDeviceId(of), heard: now }] : []);
  const { verdict } = judgeClock(order, clock, { now, devicesOf });
  if (!verdict) return null;
  const span = clock.limit.to - clock.origin.est;
  return {
    clock,
    verdict,
    soon: verdict.is === 'running' && now >= clock.warn.to,
    share: Math.min(1, Math.max(0, (now - clock.origin.est) / span)),
  };
}
