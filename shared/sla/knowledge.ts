import type { Knowledge } from '../event/alert.ts';
import type { CrewId, DeviceId } from '../ids.ts';
import type { Holding, Order } from '../order/order.ts';
import { spanOf } from './span.ts';

/**
 * What is known of the devices of one crew: up to when each was heard completely (server time, ms), and whether it was
 * declared lost.
 */
export type CrewDevices = readonly { readonly device: DeviceId; readonly heard: number; readonly lost?: boolean }[];

/** The devices of a crew that may bring news up to a limit. */
export type DevicesOf = (crew: CrewId, limit: number) => CrewDevices;

/**
 * Knowledge of an order up to its limit: the least of all devices of all crews that may have held it before (I25).
 * A crew without a device can only be asked: it counts as unheard since it got the order. A lost device is listed and
 * does not count. `heard` null: nothing that counts can be on the way.
 */
export function knowledgeOf(order: Order, limit: number, devicesOf: DevicesOf): Knowledge {
  const held = order.holdings.filter((holding) => heldFrom(holding) < limit);
  const devices: Knowledge['devices'] = [];
  for (const crew of new Set(held.map((holding) => holding.crew))) {
    const known = devicesOf(crew, limit);
    for (const { device, heard, lost } of known) devices.push({ crew, device, heard, ...(lost ? { lost } : {}) });
    if (known.length === 0) devices.push({ crew, device: null, heard: firstHeld(held, crew) });
  }
  return { heard: least(devices.filter(({ lost }) => !lost)), devices };
}

/** Knowledge as a time to compare: everything (up to now) is known where nothing can be on the way. */
export const heardUpTo = (known: Knowledge, now: number): number => known.heard ?? now;

/** The same with lost devices: only what was heard from all of them is evidence. */
export const evidenceUpTo = (known: Knowledge, now: number): number => least(known.devices) ?? now;

const least = (devices: Knowledge['devices']): number | null =>
  devices.length === 0 ? null : Math.min(...devices.map(({ heard }) => heard));

const heldFrom = ({ from }: Holding): number => spanOf({ time: from, accepted: false }).from;

const firstHeld = (held: Order['holdings'], crew: CrewId): number =>
  Math.min(...held.filter((holding) => holding.crew === crew).map(heldFrom));
