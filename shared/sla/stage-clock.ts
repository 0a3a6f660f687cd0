import type { Rule, RulePack } from '../event/rule-pack.ts';
import type { EventId } from '../ids.ts';
import type { Fact, Order } from '../order/order.ts';
import { atOrBefore, type EventTime } from '../time/event-time.ts';

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
  return pack.rules.flatMap((rule) => {
    const minutes = rule.limitMin[report.area];
    if (minutes === undefined) return [];
    const span = minutes * MINUTE;
    const limit = reportedAt.est + span;
    return {
      rule: rule.id,
      epoch: order.epoch,
      origin: reportedAt,
      warn: reportedAt.est + span * rule.warnAt,
      limit,
      stop: stopOf(order.facts, limit),
      ended: order.closed !== null,
    };
  });
}

/**
 * The arrival that counts: a time that judges by its estimate (A, B) before one that judges by its bounds, what a clock
 * said before what somebody typed; among equals one in time proves it, one that may have been leaves it open, then the
 * earliest. Any crew's arrival keeps the promise, also one whose order was taken away meanwhile.
 */
function stopOf(facts: readonly Fact[], limit: number): StageClock['stop'] {
  const orderOf = ({ time }: Fact) => [doubtIn(time), ANSWER_RANK[atOrBefore(time, limit)], latest(time)] as const;
  const best = facts
    .filter((fact) => fact.kind === 'arrived')
    .toSorted((a, b) => {
      const [mine, theirs] = [orderOf(a), orderOf(b)];
      return mine[0] - theirs[0] || mine[1] - theirs[1] || mine[2] - theirs[2];
    })[0];
  return best ? { fact: best.id, time: best.time } : null;
}

const doubtIn = ({ given, grade }: EventTime): number => (given === 'typed' ? 2 : grade === 'C' ? 1 : 0);

const ANSWER_RANK = { yes: 0, unknown: 1, no: 2 } as const;

const latest = ({ grade, est, hi }: EventTime): number => (grade === 'C' ? hi : est);
