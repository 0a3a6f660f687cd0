import type { OrderView } from '../read/client-context.ts';
import type { Heard } from './known.ts';

export type Delivery = 'notDelivered' | 'delivered';

/**
 * Whether a dispatch lies on the crew's tablet: its device asked for news after the centre had the dispatch.
 * Null: nothing was dispatched, or the crew has answered and the question is settled.
 */
export function deliveryOf({ order, events }: OrderView, heard: Heard): Delivery | null {
  if (order.crew === null || order.stage !== 'dispatched') return null;
  const { fromQ } = order.holdings.at(-1) ?? { fromQ: null };
  const received = events.find(({ recorded }) => recorded.q !== null && recorded.q === fromQ)?.recorded.rcv ?? null;
  if (received === null) return 'notDelivered';
  return (heard.get(order.crew) ?? Number.NEGATIVE_INFINITY) >= received ? 'delivered' : 'notDelivered';
}
