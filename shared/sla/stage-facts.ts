import type { Rule, RuleStop } from '../event/rule-pack.ts';
import type { EventId } from '../ids.ts';
import type { Fact, Order } from '../order/order.ts';
import { spanOf, type Timed } from './span.ts';

/** One fact that reaches a stage. */
export type Reached = Timed & { readonly fact: EventId };

/**
 * The facts by which a stage is reached in the order's present turn, in log order: after a reopening only those logged
 * since, and not surely from before it.
 */
export function reachedBy(order: Order, stage: RuleStop | Exclude<Rule['origin'], 'reported'>): readonly Reached[] {
  const { reopened } = order;
  const since = reopened ? spanOf({ time: reopened.time, accepted: false }).from : -Infinity;
  return order.facts
    .slice(reopened?.facts ?? 0)
    .filter((fact) => isOf(fact, stage))
    .map(({ id, time, accepted }) => ({ fact: id, time, accepted: accepted !== undefined }))
    .filter((one) => spanOf(one).to >= since);
}

/** Power that is back for a part, a call nobody answered or a finding without a time do not reach the stage. */
function isOf(fact: Fact, stage: Parameters<typeof reachedBy>[1]): boolean {
  switch (stage) {
    case 'restored':
      return fact.kind === 'restored' && fact.extent === 'all';
    case 'contacted':
    case 'visited':
      return fact.kind === stage && fact.reached === true;
    case 'etr':
      return (fact.kind === 'etrSet' || fact.kind === 'diagnosed') && fact.etr !== undefined;
    default:
      return fact.kind === stage;
  }
}
