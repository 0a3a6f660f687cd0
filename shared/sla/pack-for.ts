import type { RulePack } from '../event/rule-pack.ts';
import type { Order } from '../order/order.ts';
import { STATE_GRID } from './packs/state-grid.ts';

/** A pack put in force: orders reported from `from` on (server time, ms) are judged by it. */
export type Activation = { readonly from: number; readonly pack: RulePack };

/**
 * The pack an order's clocks run under, for as long as it lives: the last one activated, in log order, whose time had
 * come when the order was first reported. Without one, the default.
 */
export function packFor(activations: readonly Activation[], { reportedAt }: Pick<Order, 'reportedAt'>): RulePack {
  const found = reportedAt ? activations.findLast(({ from }) => from <= reportedAt.est) : undefined;
  return found?.pack ?? STATE_GRID;
}
