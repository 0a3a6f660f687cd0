import type { EventId } from '../ids.ts';
import type { Fact, Order } from '../order/order.ts';
import type { EventTime } from '../time/event-time.ts';
import type { Rule, RulePack } from './rule-pack.ts';

/** One rule's clock on one order. `limit`, `warn`: server time, ms. `stop`: the fact that stopped it, if any has come. */
export type StageClock = {
  readonly rule: Rule['id'];
  readonly epoch: number;
  readonly origin: EventTime;
  readonly warn: number;
  readonly limit: number;
  readonly stop: { readonly fact: EventId; readonly time: EventTime } | null;
  /** The order ended without a stop: nobody waits for one any more. */
  readonly ended: boolean;
};

const MINUTE = 60_000;

/** The clocks that run or ran on an order under a rule pack. */
export function stageClocks(order: Order, pack: RulePack): readonly StageClock[] {
  const { report, reportedAt } = order;
  if (!report || !reportedAt) return [];
  return pack.rules.map((rule) => {
    const span = rule.limitMin[report.area] * MINUTE;
    return {
      rule: rule.id,
      epoch: order.epoch,
      origin: reportedAt,
      warn: reportedAt.est + span * rule.warnAt,
      limit: reportedAt.est + span,
      stop: stopOf(order.facts),
      ended: order.closed !== null,
    };
  });
}

/**
 * The arrival that counts: what a crew's own clock says before what somebody typed, a better grade before a worse one,
 * then the earliest. Any crew's arrival keeps the promise, also one whose order was taken away meanwhile.
 */
function stopOf(facts: readonly Fact[]): StageClock['stop'] {
  const best = facts.filter((fact) => fact.kind === 'arrived').toSorted(byTrust)[0];
  return best ? { fact: best.id, time: best.time } : null;
}

const byTrust = (a: Fact, b: Fact): number =>
  Number(a.time.given === 'typed') - Number(b.time.given === 'typed') ||
  GRADE_RANK[a.time.grade] - GRADE_RANK[b.time.grade] ||
  a.time.est - b.time.est;

const GRADE_RANK = { A: 0, B: 1, C: 2 } as const;
