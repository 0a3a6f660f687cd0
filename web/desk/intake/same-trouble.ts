import type { Point } from '#shared/event/parts.ts';
import { isLive, type Order } from '#shared/order/order.ts';

import { metresBetween } from '../typed-point.ts';

/** What is typed so far that can name a customer or a place. */
export type Asked = {
  readonly phone: string;
  readonly account: string;
  readonly address: string;
  readonly point: Point | null;
};

export type SameReason = 'account' | 'phone' | 'address' | 'near';

/** A live order that may be the same trouble. `metres`: how far apart, where both places are known. */
export type SameTrouble = {
  readonly order: Order;
  readonly reasons: readonly SameReason[];
  readonly metres: number | null;
};

const NEAR_METRES = 150;
const OFFERED = 4;
const STRENGTH: { readonly [R in SameReason]: number } = { account: 8, phone: 4, address: 2, near: 1 };

/** Live orders of the same account, phone or address, or close by; what says most first, then the newest. */
export function sameTrouble(asked: Asked, orders: Iterable<Order>): readonly SameTrouble[] {
  const found: SameTrouble[] = [];
  for (const order of orders) {
    if (!isLive(order) || !order.report) continue;
    const { customer, address, point } = order.report;
    const metres = asked.point && point ? metresBetween(asked.point, point) : null;
    const reasons: SameReason[] = [];
    if (sameDigits(asked.account, customer?.account, 4)) reasons.push('account');
    if (sameDigits(asked.phone, customer?.phone, 7)) reasons.push('phone');
    if (sameWords(asked.address, address)) reasons.push('address');
    if (metres !== null && metres <= NEAR_METRES) reasons.push('near');
    if (reasons.length > 0) found.push({ order, reasons, metres });
  }
  return found
    .toSorted(
      (a, b) => strengthOf(b) - strengthOf(a) || (b.order.reportedAt?.est ?? 0) - (a.order.reportedAt?.est ?? 0),
    )
    .slice(0, OFFERED);
}

const strengthOf = ({ reasons }: SameTrouble): number => reasons.reduce((sum, reason) => sum + STRENGTH[reason], 0);

/** Numbers however they are grouped; shorter ones name too many. */
function sameDigits(a: string, b: string | undefined, atLeast: number): boolean {
  const plain = (text: string): string =>
    text
      .normalize('NFKC')
      .replaceAll(/[^\p{L}\p{N}]/gu, '')
      .toLowerCase();
  return b !== undefined && plain(a).length >= atLeast && plain(a) === plain(b);
}

function sameWords(a: string, b: string): boolean {
  const plain = (text: string): string => text.normalize('NFKC').replaceAll(/\s|号/gu, '').toLowerCase();
  return plain(a).length >= 3 && plain(a) === plain(b);
}
