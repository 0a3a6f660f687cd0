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
import type { LogStore } from '../store/log-store.ts';
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

type Deps = {
  readonly roster: Pick<Roster, 'deviceOf'>;
  readonly record: LogStore['record'];
  readonly random: Random;
};

export function createEnrolment({ roster, record, random }: Deps): Enrolment {
  /** Gives a name away if nobody has it yet; empty: somebody has. Both in one transaction, for two may want it at once. */
  const give = (name: WriterId, drafts: readonly Own[]): Promise<readonly EventId[]> =>
    record((view) => (view.deviceOf(name) === null ? drafts : []));

  const giveAny = async (base: WriterId | undefined, draftsFor: (name: WriterId) => readonly Own[]) => {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const writer = mintWriter(random(3), base);
      const [id] = await give(writer, draftsFor(writer));
      if (id !== undefined) return { id, writer };
    }
    throw new Error('no free name for a writer was found');
  };

  return {
    enrol: async ({ form, unit, person, crew, was = null }) => {
      const beside = [
        ...(was === null ? [] : [{ kind: 'tookOver', data: { device: was } } as const]),
        ...(crew === null ? [] : [{ kind: 'joinedCrew', data: { crew } } as const]),
      ].map((draft) => ({ subject: { begunBy: 0 }, draft, by: person }));
      const { id, writer } = await giveAny(undefined, (name) => {
        const draft = { kind: 'deviceEnrolled', data: { writer: name, form, unit, person } } as const;
        return [{ subject: null, draft, by: person }, ...beside];
      });
      return { device: asDeviceId(id), writer };
    },

    register: async ({ id, writers }, wanted, by) => {
      if ((await roster.deviceOf(wanted)) === id) return wanted;
      const [base] = writers;
      if (base === undefined) throw new Error(`device ${id} has no writer`);
      const draftsFor = (writer: WriterId): readonly Own[] => [
        { subject: subjectOf('device', id), draft: { kind: 'writerRegistered', data: { writer } }, by },
      ];
      const fits = wanted.length > base.length && wanted.startsWith(base);
      if (fits && (await give(wanted, draftsFor(wanted))).length > 0) return wanted;
      // Another page of this device may have asked for it, too.
      if ((await roster.deviceOf(wanted)) === id) return wanted;
      return (await giveAny(base, draftsFor)).writer;
    },
  };
}

const ATTEMPTS = 200;
