import { asDeviceId, type CrewId } from '#shared/ids.ts';
import type { Order } from '#shared/order/order.ts';
import { judge, type Judged } from '#shared/sla/judge.ts';
import { leading } from '#shared/sla/leading.ts';
import { type Activation, packFor } from '#shared/sla/pack-for.ts';
import type { StageClock } from '#shared/sla/stage-clock.ts';
import type { Verdict } from '#shared/sla/verdict.ts';

/** `share`: part of the limit used up, 0 … 1. `soon`: the warning step of a running clock has been passed. */
export type LocalVerdict = {
  readonly clock: StageClock;
  readonly verdict: Verdict;
  readonly soon: boolean;
  readonly share: number;
};

/** Whose tablet, its time (server-corrected, ms) and the rule packs it knows of. */
export type Here = { readonly crew: CrewId; readonly now: number; readonly activations: readonly Activation[] };

/**
 * Each clock of an order as this tablet can judge it: it knows all its own crew did, and of crews that had the order
 * before nothing since they got it. None: the report has not come yet, or the order ended and nobody waits any more.
 */
export function localVerdicts(order: Order, { crew, now, activations }: Here): readonly LocalVerdict[] {
  const devicesOf = (of: CrewId) => (of === crew ? [{ device: asDeviceId(of), heard: now }] : []);
  return judge(order, packFor(activations, order), { now, devicesOf }).flatMap((one) => localOf(one) ?? []);
}

/** The clock that runs next, or what became of them. Null: there is none. */
export const localVerdict = (order: Order, here: Here): LocalVerdict | null => leading(localVerdicts(order, here));

function localOf({ clock, verdict, now }: Judged): LocalVerdict | null {
  if (!verdict) return null;
  return {
    clock,
    verdict,
    soon: verdict.is === 'running' && !verdict.paused && clock.rule.levels.soon !== undefined && now >= clock.warn.to,
    share: verdict.is === 'running' ? usedShare(clock, verdict.leftMs) : 1,
  };
}

const usedShare = ({ lengthMs }: StageClock, leftMs: number): number => Math.min(1, Math.max(0, 1 - leftMs / lengthMs));
