import { asDeviceId, type CrewId, type DeviceId } from '#shared/ids.ts';
import type { Order } from '#shared/order/order.ts';
import type { DevicesOf } from '#shared/sla/knowledge.ts';
import type { Activation } from '#shared/sla/pack-for.ts';
import type { Live } from '#shared/sync/protocol.ts';

import type { Device, Organisation } from '../read/client-context.ts';

/** Up to when each crew was heard completely (server time, ms); a crew that is missing has never been heard. */
export type Heard = ReadonlyMap<CrewId, number>;

/** A device that may bring news of an order. `heard`: up to when it was heard completely, ms. */
export type KnownDevice = { readonly device: Device; readonly crew: CrewId; readonly heard: number };

/** All that the desk knows at one moment. `at`: that moment, server time, ms. */
export type Known = {
  readonly at: number;
  readonly heard: Heard;
  readonly activations: readonly Activation[];
  /** What crews, devices and rule packs there are; another object when any of it changed. */
  readonly org: Organisation;
  readonly devicesOf: (order: Order) => DevicesOf;
  /** The devices of the crews that have or had an order, as far as this desk sees them. */
  readonly devicesAround: (order: Order) => readonly KnownDevice[];
};

type Told = { readonly live: Live; readonly org: Organisation; readonly at: number };

export function knownAt({ live, org, at }: Told): Known {
  const heard: Heard = new Map(live.heard.map((one) => [one.crew, one.heard]));
  const byDevice = live.devices ? new Map(live.devices.map((one) => [one.device, one.heard])) : null;
  const members = membersOf(org);

  const around = (order: Order, crew: CrewId, limit: number): readonly KnownDevice[] => {
    const since = Math.min(...order.holdings.filter((held) => held.crew === crew).map((held) => held.fromQ ?? 0));
    return (members.get(crew) ?? []).flatMap((device) => {
      const upTo = byDevice?.get(device.id);
      return upTo !== undefined && wasThere(device, crew, { since, limit })
        ? [{ device, crew, heard: Math.min(upTo, at) }]
        : [];
    });
  };

  return {
    at,
    heard,
    activations: org.activations,
    org,
    devicesOf: (order) => (crew, limit) => {
      if (!byDevice) return crewAsDevice(heard, crew, at);
      return around(order, crew, limit).map((one) => ({
        device: one.device.id,
        heard: one.heard,
        lost: one.device.lost !== null,
      }));
    },
    devicesAround: (order) =>
      [...new Set(order.holdings.map(({ crew }) => crew))].flatMap((crew) => around(order, crew, at)),
  };
}

/** The centre told only of the crew as a whole: it stands for its devices. */
function crewAsDevice(heard: Heard, crew: CrewId, at: number) {
  const upTo = heard.get(crew);
  return upTo === undefined ? [] : [{ device: asDeviceId(crew), heard: Math.min(upTo, at) }];
}

/** With the crew at some time between it got the order (`since`, a position) and the limit (ms): as the centre counts. */
const wasThere = (device: Device, of: CrewId, { since, limit }: { since: number; limit: number }): boolean =>
  device.memberships.some(({ crew, fromAt, toQ }) => crew === of && fromAt <= limit && (toQ === null || toQ > since));

function membersOf({ devices }: Organisation): ReadonlyMap<CrewId, readonly Device[]> {
  const members = new Map<CrewId, Map<DeviceId, Device>>();
  for (const device of devices.values())
    for (const { crew } of device.memberships)
      members.set(crew, (members.get(crew) ?? new Map<DeviceId, Device>()).set(device.id, device));
  return new Map([...members].map(([crew, found]) => [crew, [...found.values()]]));
}
