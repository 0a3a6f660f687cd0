import type { Area, CustomerClass, Point } from '../event/parts.ts';
import type { UnitId } from '../ids.ts';
import type { Order } from './order.ts';

/** Who reported an order and from where, as far as the report says; null: it does not. */
export type CallerSaid = {
  readonly account: string | null;
  readonly name: string | null;
  readonly phone: string | null;
  readonly address: string;
  readonly area: Area | null;
  readonly customerClass: CustomerClass | null;
  readonly point: Point | null;
  readonly transformer: string | null;
  readonly feeder: string | null;
  readonly unit: UnitId;
};

export function callerOf({ report }: Pick<Order, 'report'>): CallerSaid | null {
  if (!report) return null;
  const { customer, supply, unit, address, area, customerClass, point } = report;
  return {
    account: customer?.account ?? null,
    name: customer?.name ?? null,
    phone: customer?.phone ?? null,
    address,
    area,
    customerClass: customerClass ?? null,
    point: point ?? null,
    transformer: supply?.transformer ?? null,
    feeder: supply?.feeder ?? null,
    unit,
  };
}
