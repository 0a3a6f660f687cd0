import type { CrewId, DeviceId } from '#shared/ids.ts';
import type { Order } from '#shared/order/order.ts';
import type { CrewDevices } from '#shared/sla/knowledge.ts';

import type { Member } from './log-tables.ts';

/** `fromQ`: the position at which the crew got the order. `limit`: news up to then count, server time, ms. */
type CrewThen = { readonly crew: CrewId; readonly fromQ: number; readonly limit: number };

/**
 * The devices that may bring news of what a crew did up to a limit on an order it held: those that were in the crew
 * then. Each was heard as far as the least of its outboxes. Reads each crew once, so it is good for one transaction.
 */
export function devicesOfCrews(
  everInCrew: (crew: CrewId) => readonly Member[],
): (order: Order, crew: CrewId, limit: number) => CrewDevices {
  const members = new Map<CrewId, readonly Member[]>();
  const membersOf = (id: CrewId): readonly Member[] => {
    const known = members.get(id) ?? everInCrew(id);
    members.set(id, known);
    return known;
  };
  const devicesOf = ({ crew, fromQ, limit }: CrewThen): CrewDevices => {
    const heard = new Map<DeviceId, CrewDevices[number]>();
    for (const { device: by, fromAt, toQ, heard: upTo, lost } of membersOf(crew))
      if (fromAt <= limit && (toQ === null || toQ > fromQ)) heard.set(by, { device: by, heard: upTo, lost });
    return [...heard.values()];
  };
  return (order, crew, limit) => devicesOf({ crew, fromQ: firstHeld(order, crew), limit });
}

/** The position from which a crew's devices may bring news of an order. */
const firstHeld = (order: Order, crew: CrewId): number =>
  Math.min(...order.holdings.filter((held) => held.crew === crew).map((held) => held.fromQ ?? 0));
