import {
  asDeviceId,
  mintWriter,
  subjectOf,
  type CrewId,
  type DeviceId,
  type EventId,
  type PersonId,
  type UnitId,
  type WriterId,
} from '#shared/ids.ts';

import type { Random } from '../device/random.ts';
import type { Own } from '../store/log-writer.ts';
import type { DeviceRow, Roster } from '../store/organisation.ts';

/** Writes the server's own events; gives their ids, in order. */
export type Record = (drafts: readonly Omit<Own, 'by'>[], by: PersonId | null) => Promise<readonly EventId[]>;

export type Newcomer = {
  readonly form: 'tablet' | 'desk';
  readonly unit: UnitId;
  readonly person: PersonId;
  readonly crew: CrewId | null;
  /** The device that the same browser was before. */
  readonly was?: DeviceId | null;
};

export type Enrolment = {
  /** Makes a device with its first outbox, and puts it into the crew if one is named. */
  readonly enrol: (who: Newcomer) => Promise<{ readonly device: DeviceId; readonly writer: WriterId }>;
  /** Registers a later outbox under the name it minted, or under another one if that is not to be had (I3). */
  readonly register: (device: DeviceRow, wanted: WriterId, by: PersonId) => Promise<WriterId>;
};

export function createEnrolment(deps: { roster: Roster; record: Record; random: Random }): Enrolment {
  const { roster, record, random } = deps;

  const free = async (base?: WriterId): Promise<WriterId> => {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const writer = mintWriter(random(3), base);
      if ((await roster.deviceOf(writer)) === null) return writer;
    }
    throw new Error('no free name for a writer was found');
  };

  return {
    enrol: async ({ form, unit, person, crew, was = null }) => {
      const writer = await free();
      const enrolled = { kind: 'deviceEnrolled', data: { writer, form, unit, person } } as const;
      const beside = [
        ...(was === null ? [] : [{ kind: 'tookOver', data: { device: was } } as const]),
        ...(crew === null ? [] : [{ kind: 'joinedCrew', data: { crew } } as const]),
      ].map((draft) => ({ subject: { begunBy: 0 }, draft }));
      const [id] = await record([{ subject: null, draft: enrolled }, ...beside], person);
      if (id === undefined) throw new Error('an enrolment was not recorded');
      return { device: asDeviceId(id), writer };
    },

    register: async (device, wanted, by) => {
      const owner = await roster.deviceOf(wanted);
      if (owner === device.id) return wanted;
      const [base] = device.writers;
      if (base === undefined) throw new Error(`device ${device.id} has no writer`);
      const fits = owner === null && wanted.length > base.length && wanted.startsWith(base);
      const writer = fits ? wanted : await free(base);
      const draft = { kind: 'writerRegistered', data: { writer } } as const;
      await record([{ subject: subjectOf('device', device.id), draft }], by);
      return writer;
    },
  };
}

const ATTEMPTS = 200;
