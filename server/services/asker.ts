import type { Role } from '#shared/event/organisation.ts';
import type { CrewId, DeviceId, PersonId, UnitId, WriterId } from '#shared/ids.ts';

import type { DeviceRow } from '../store/organisation.ts';

/**
 * Who asks, as the server knows it from the session; made only by the sessions service, anew for each request.
 * `writers`: every outbox registered on this device. `earlier`: the devices that this browser was before, whose work it
 * may still hold, latest first. `scope`: names what a sync position belongs to.
 */
export type Asker = {
  readonly device: DeviceId;
  readonly form: 'tablet' | 'desk';
  readonly writers: readonly WriterId[];
  readonly earlier: readonly DeviceRow[];
  readonly person: PersonId;
  readonly role: Role;
  readonly crew: CrewId | null;
  readonly unit: UnitId;
  readonly scope: string;
  readonly blocked: boolean;
};

/** The device that writes under this name, of those that the asker is or was; null: somebody else's. */
export function speakerOf(
  { device, writers, blocked, earlier }: Pick<Asker, 'device' | 'writers' | 'blocked' | 'earlier'>,
  writer: WriterId,
): { readonly device: DeviceId; readonly blocked: boolean } | null {
  if (writers.includes(writer)) return { device, blocked };
  const one = earlier.find((known) => known.writers.includes(writer));
  return one ? { device: one.id, blocked: one.blocked } : null;
}
