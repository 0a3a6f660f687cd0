import type { Role } from '#shared/event/organisation.ts';
import type { CrewId, DeviceId, PersonId, UnitId, WriterId } from '#shared/ids.ts';

/**
 * Who asks, as the server knows it from the session; made only by the sessions service, anew for each request.
 * `writers`: every outbox registered on this device. `scope`: names what a sync position belongs to.
 */
export type Asker = {
  readonly device: DeviceId;
  readonly form: 'tablet' | 'desk';
  readonly writers: readonly WriterId[];
  readonly person: PersonId;
  readonly role: Role;
  readonly crew: CrewId | null;
  readonly unit: UnitId;
  readonly scope: string;
  readonly blocked: boolean;
};
