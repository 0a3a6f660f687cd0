import { type OrderId, OrderId as OrderIdSchema } from '#shared/ids.ts';

/** Where in the app we are. It lies in the address, so that the tablet's back key works. */
export type Place =
  | { readonly at: 'today' | 'map' | 'outbox' | 'enrol' }
  | { readonly at: 'order' | 'sign'; readonly order: OrderId };

/** The place an address fragment names; anything else is today's orders. */
export function placeOf(fragment: string): Place {
  const [at, id] = fragment.replace(/^#?\/?/, '').split('/');
  if (at === 'map' || at === 'outbox' || at === 'enrol') return { at };
  if (at === 'order' || at === 'sign') {
    const order = OrderIdSchema.safeParse(id);
    if (order.success) return { at, order: order.data };
  }
  return { at: 'today' };
}

export const fragmentOf = (place: Place): string =>
  'order' in place ? `#/${place.at}/${place.order}` : place.at === 'today' ? '#/' : `#/${place.at}`;
