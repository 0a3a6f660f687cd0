import type { Draft } from '#shared/event/catalog.ts';

import { bringOrders, type NewOrder } from '../services/bring-orders.ts';
import type { LogStore } from '../store/log-store.ts';
import type { Chance } from './chance.ts';
import { anyAddress, type Address, type City } from './city/city.ts';
import { customerReport } from './customers.ts';
import type { Company } from './populate.ts';

export type EarlierDays = {
  readonly log: LogStore;
  readonly city: City;
  readonly chance: Chance;
  readonly company: Pick<Company, 'crews' | 'unitOf'>;
  /** When the visitor comes in. */
  readonly opening: number;
};

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAYS = 6;
const PER_DAY = 18;
const AT_ONCE = 50;

/** Calm days before the storm, brought in as from an older system, so that the reports have something to compare. */
export async function bringEarlierDays(days: EarlierDays): Promise<void> {
  const orders = Array.from({ length: DAYS * PER_DAY }, (_, index) => earlierOrder(days, index));
  for (let from = 0; from < orders.length; from += AT_ONCE)
    await bringOrders(days.log, orders.slice(from, from + AT_ONCE));
}

function earlierOrder({ city, chance: all, company, opening }: EarlierDays, index: number): NewOrder {
  const chance = all.branch(`order ${index}`);
  const address = anyAddress(city, chance);
  const crews = company.crews.filter(({ quarter, forVisitor }) => quarter === address.quarter && !forVisitor);
  const crew = chance.pick(crews).id;
  const begun = opening - 4 * HOUR - (index / PER_DAY) * 24 * HOUR - chance.between(0, 40 * MINUTE);
  const steps = stepsOf(address, chance);
  const at = (minutes: number) => ({ at: Math.round(begun + minutes * MINUTE), source: 'import' as const });
  const report = customerReport(city, chance, address, 'house');
  const since: Draft[] = [
    { kind: 'dispatched', data: { crew, at: at(steps.dispatched) } },
    { kind: 'accepted', data: { crew, at: at(steps.accepted) } },
    { kind: 'departed', data: { crew, at: at(steps.departed) } },
    { kind: 'arrived', data: { crew, at: at(steps.arrived) } },
    { kind: 'restored', data: { crew, extent: 'all', at: at(steps.restored) } },
    { kind: 'submitted', data: { crew, at: at(steps.submitted) } },
    { kind: 'closed', data: { outcome: 'restored', at: at(steps.closed) } },
    { kind: 'archived', data: {} },
  ];
  const [system, key] = ['旧系统', `${index + 1}`];
  const unit = company.unitOf(address.quarter);
  const source = { system, key };
  return {
    system,
    key,
    reported: { kind: 'reported', data: { ...report, unit, channel: 'import', at: at(0), source } },
    since,
  };
}

/** Minutes after the report. In town most arrive within 45, in the country within 90. */
function stepsOf({ area }: Address, chance: Chance) {
  const dispatched = chance.between(1, 6);
  const accepted = dispatched + chance.between(0.5, 4);
  const departed = accepted + chance.between(1, 8);
  const arrived = departed + (area === 'urban' ? chance.between(8, 36) : chance.between(20, 80));
  const restored = arrived + chance.between(12, 70) * (chance.happens(0.06) ? 3 : 1);
  const submitted = restored + chance.between(1, 8);
  const closed = submitted + chance.between(5, 60);
  return { dispatched, accepted, departed, arrived, restored, submitted, closed };
}
