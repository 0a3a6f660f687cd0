import type { Rule } from '#shared/event/rule-pack.ts';
import type { Order } from '#shared/order/order.ts';
import { judge } from '#shared/sla/judge.ts';
import { nextLook } from '#shared/sla/next-look.ts';
import { planAlerts } from '#shared/sla/plan-alerts.ts';

import type { Judge, Judgement } from '../store/overdue-store.ts';

type JudgingBy = Parameters<Judge>[1] & { readonly now: number };

/**
 * Every clock of an order that may raise something, against what is known of its crews: the alert events that follow,
 * and the next look.
 */
export function judgeOrder(order: Order, { pack, now, devicesOf }: JudgingBy): Judgement {
  const judged = judge(order, { ...pack, rules: pack.rules.filter(mayRaise) }, { now, devicesOf });
  return { drafts: planAlerts(order, judged), next: nextLook(order, judged) };
}

/** The others are computed for reports and screens alone. */
const mayRaise = ({ levels }: Rule): boolean =>
  levels.soon !== undefined || levels.contact !== undefined || levels.missed !== undefined;
