import type { Knowledge } from '../event/alert.ts';
import type { CrewId, DeviceId } from '../ids.ts';
import type { Order } from '../order/order.ts';

/** What is known of the devices of one crew: up to when each was heard completely (server time, ms). */
export type CrewDevices = readonly { readonly device: DeviceId; readonly heard: number }[];

/**
 * Knowledge of an order up to its limit: the least of all devices of all crews that held it before the limit (I25).
 * A crew without a device can only be asked: it counts as unheard since it got the order.
 * `heard` null: no crew held it, so nothing can be on the way.
 */
export function knowledgeOf(order: Order, limit: number, devicesOf: (crew: CrewId) => CrewDevices): Knowledge {
  const held = order.holdings.filter((holding) => holding.fromAt < limit);
  const devices: Knowledge['devices'] = [];
  for (const crew of new Set(held.map((holding) => holding.crew))) {
    const known = devicesOf(crew);
    for (const { device, heard } of known) devices.push({ crew, device, heard });
    if (known.length === 0) devices.push({ crew, device: null, heard: firstHeld(held, crew) });
  }
  return { heard: devices.length === 0 ? null : Math.min(...devices.map((one) => one.heard)), devices };
}

/** Knowledge as a time to compare: everything (up to now) is known where no crew held the order. */
export const heardUpTo = (known: Knowledge, now: number): number => known.heard ?? now;

const firstHeld = (held: Order['holdings'], crew: CrewId): number =>
  Math.min(...held.filter((holding) => holding.crew === crew).map((holding) => holding.fromAt));
