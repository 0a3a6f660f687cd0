import type { Caller, CallerAnswer } from '#shared/api/customers.ts';
import type { OrderId } from '#shared/ids.ts';
import { beginsSo, type CallerField, lookupKey } from '#shared/order/caller-keys.ts';
import { callerOf } from '#shared/order/caller-of.ts';
import type { Order } from '#shared/order/order.ts';

/** Somebody who may be calling. `order`: the earlier report that knows it; null: a customer. */
export type PossibleCaller = {
  readonly id: string;
  readonly caller: Caller;
  readonly order: { readonly id: OrderId; readonly reportedAt: number } | null;
};

const OFFERED = 8;
const ORDERS = 3;

/** Customers first, each once however many lists have them; an earlier report of a customer who is there already says nothing more. */
export function possibleCallers({ customers, orders }: CallerAnswer): readonly PossibleCaller[] {
  const known: Caller[] = [];
  const listed = customers.flatMap((caller, index): PossibleCaller[] => {
    if (known.some(({ account }) => account === caller.account)) return [];
    known.push(caller);
    return [{ id: `customer ${index}`, caller, order: null }];
  });
  const earlier = orders.flatMap(({ order, reportedAt, caller }): PossibleCaller[] => {
    if (known.some((one) => isSame(one, caller))) return [];
    known.push(caller);
    return [{ id: order, caller, order: { id: order, reportedAt } }];
  });
  return [...listed, ...earlier].slice(0, OFFERED);
}

/** From what lies here, for as long as the centre is not reached: the newest reports that name somebody so. */
export function callersHere(orders: Iterable<Order>, field: CallerField, typed: string): CallerAnswer {
  const key = lookupKey(field, typed);
  if (key === null) return { customers: [], orders: [] };
  const found: CallerAnswer['orders'] = [];
  for (const order of orders) {
    const caller = callerOf(order);
    if (caller && beginsSo(field, caller[field], key))
      found.push({ order: order.id, reportedAt: order.reportedAt?.est ?? 0, caller });
  }
  const newest = found.toSorted((a, b) => b.reportedAt - a.reportedAt).slice(0, ORDERS);
  return { customers: [], orders: newest };
}

const isSame = (a: Caller, b: Caller): boolean =>
  (a.account !== null && a.account === b.account) ||
  (a.phone !== null && a.phone === b.phone) ||
  (a.address === b.address && a.name === b.name);
