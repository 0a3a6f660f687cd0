import { type OrderId, OrderId as OrderIdSchema } from '#shared/ids.ts';

/** What is recorded on a page of its own, because it needs more than a tap. */
export const ACTS = ['contacted', 'diagnosed', 'explained', 'suspended', 'materialsUsed', 'returned', 'noted'] as const;
export type ActName = (typeof ACTS)[number];

const PLAIN = ['map', 'messages', 'outbox', 'enrol', 'shift', 'guide', 'pin'] as const;
const OF_ORDER = ['order', 'sign', 'readOut'] as const;

/** Where in the app we are. It lies in the address, so that the tablet's back key works. */
export type Place =
  | { readonly at: 'today' | (typeof PLAIN)[number] }
  | { readonly at: (typeof OF_ORDER)[number]; readonly order: OrderId }
  | { readonly at: 'act'; readonly order: OrderId; readonly act: ActName };

/** The place an address fragment names; anything else is today's orders. */
export function placeOf(fragment: string): Place {
  const [at, id, name] = fragment.replace(/^#?\/?/, '').split('/');
  const plain = PLAIN.find((one) => one === at);
  if (plain) return { at: plain };
  const order = OrderIdSchema.safeParse(id);
  if (!order.success) return { at: 'today' };
  const ofOrder = OF_ORDER.find((one) => one === at);
  if (ofOrder) return { at: ofOrder, order: order.data };
  const act = at === 'act' ? ACTS.find((one) => one === name) : undefined;
  return act ? { at: 'act', order: order.data, act } : { at: 'today' };
}

export function fragmentOf(place: Place): string {
  if (place.at === 'act') return `#/act/${place.order}/${place.act}`;
  if ('order' in place) return `#/${place.at}/${place.order}`;
  return place.at === 'today' ? '#/' : `#/${place.at}`;
}
