import { hash } from 'node:crypto';

import type { Session, SignedIn } from '#shared/api/session.ts';
import type { DeviceId, PersonId, WriterId } from '#shared/ids.ts';

import type { Clock } from '../device/clock.ts';
import type { Random } from '../device/random.ts';
import type { Accounts, StoredSession } from '../store/accounts.ts';
import type { PersonRow, Roster } from '../store/organisation.ts';
import type { Asker } from './asker.ts';
import { earlierDevices } from './earlier-devices.ts';
import type { Enrolment } from './enrolment.ts';
import { unlessDiskFull } from './unless-disk-full.ts';

/** A session just opened: what to answer, and the secret to hand over once. */
export type Opened = { readonly signedIn: SignedIn; readonly token: string };

export type Sessions = {
  /** Who holds this token now, or null if it opens nothing (any more). */
  readonly who: (token: string) => Promise<Asker | null>;
  /** The device a token was given to, even if its session has ended: whoever shows it sits at that device. */
  readonly deviceShown: (token: string | null, form: StoredSession['form']) => Promise<DeviceId | null>;
  readonly describe: (asker: Asker) => Promise<Session>;
  /** Opens a session and ends the device's earlier one. */
  readonly open: (who: Opening) => Promise<Opened>;
  /**
   * One more person on the device that shows this token. Its session goes on, so a browser that dies before it has written
   * a new cookie down is still let in; where there is none any more, one is opened.
   */
  readonly join: (token: string, who: Opening) => Promise<Opened>;
  readonly signOut: (token: string) => Promise<void>;
  readonly registerWriter: (asker: Asker, wanted: WriterId) => Promise<WriterId>;
};

export type Opening = {
  readonly device: DeviceId;
  readonly person: PersonId;
  readonly form: 'tablet' | 'desk';
  readonly writer: WriterId;
};

type Deps = { accounts: Accounts; roster: Roster; enrolment: Enrolment; clock: Clock; random: Random };

const MINUTE = 60_000;
/** A desk not used for this long asks for the password again; a tablet stays enrolled until it is blocked. */
const IDLE_MS = { desk: 16 * 60 * MINUTE, tablet: Number.POSITIVE_INFINITY };
const USED_EVERY_MS = 5 * MINUTE;

export function createSessions({ accounts, roster, enrolment, clock, random }: Deps): Sessions {
  const current = async (token: string): Promise<StoredSession | null> => {
    const row = await accounts.sessionByToken(hashSecret(token));
    if (!row || row.endedAt !== null) return null;
    return clock() - row.usedAt > IDLE_MS[row.form] ? null : row;
  };

  const askerOf = async (row: Pick<StoredSession, 'device' | 'person' | 'form'>): Promise<Asker | null> => {
    const [device, person] = await Promise.all([roster.device(row.device), roster.person(row.person)]);
    if (!device || !person) return null;
    const crew = row.form === 'tablet' && device.crew !== null ? await roster.crew(device.crew) : null;
    return {
      device: device.id,
      form: row.form,
      writers: device.writers,
      earlier: await earlierDevices(roster, device),
      person: person.id,
      role: person.role,
      crew: crew?.id ?? null,
      unit: crew?.unit ?? person.unit,
      scope: row.form === 'tablet' ? `tablet:${device.id}` : `desk:${device.id}:${person.id}:${person.unit}`,
      blocked: device.blocked,
    };
  };

  const describe = async (asker: Asker): Promise<Session> => {
    const [person, unit] = await Promise.all([roster.person(asker.person), roster.unit(asker.unit)]);
    if (!person || !unit) throw new Error(`session of ${asker.device} names a person or unit that is not there`);
    const crew = asker.crew === null ? null : await roster.crew(asker.crew);
    const people = asker.form === 'tablet' ? await peopleOn(asker.device) : [];
    return {
      device: asker.device,
      form: asker.form,
      person: whoIs(person),
      ...(people.length > 1 ? { people } : {}),
      unit: { id: unit.id, name: unit.name },
      crew: crew && { id: crew.id, name: crew.name },
    };
  };

  const peopleOn = async (device: DeviceId) => {
    const found = await Promise.all((await accounts.peopleOn(device)).map((id) => roster.person(id)));
    return found.flatMap((person) => (person ? [whoIs(person)] : []));
  };

  const newToken = (): string => Buffer.from(random(32)).toString('base64url');
  const opened = async (token: string, { device, person, form, writer }: Opening): Promise<Opened> => {
    const asker = await askerOf({ device, person, form });
    if (!asker) throw new Error(`device ${device} or person ${person} is not in the log`);
    return { signedIn: { session: await describe(asker), writer }, token };
  };
  const open = async (who: Opening): Promise<Opened> => {
    const token = newToken();
    const { device, person, form } = who;
    await accounts.startSession({ tokenHash: hashSecret(token), device, person, form, madeAt: clock() });
    return opened(token, who);
  };

  return {
    describe,

    who: async (token) => {
      const row = await current(token);
      if (!row) return null;
      if (clock() - row.usedAt > USED_EVERY_MS) await unlessDiskFull(accounts.sessionUsed(row.tokenHash, clock()));
      return askerOf(row);
    },

    deviceShown: async (token, form) => {
      const row = token === null ? null : await accounts.sessionByToken(hashSecret(token));
      return row?.form === form ? row.device : null;
    },

    open,

    join: async (token, who) => {
      const row = await current(token);
      if (row?.device !== who.device) return open(who);
      const { device, person, form } = who;
      await accounts.addPerson({ tokenHash: hashSecret(newToken()), device, person, form, madeAt: clock() });
      return opened(token, who);
    },

    signOut: (token) => accounts.endSession(hashSecret(token), clock()),

    registerWriter: async (asker, wanted) => {
      const device = await roster.device(asker.device);
      if (!device) throw new Error(`device ${asker.device} is not in the log`);
      return enrolment.register(device, wanted, asker.person);
    },
  };
}

/** Secrets lie in the store only like this; they are long and random, so a plain hash is enough. */
export const hashSecret = (secret: string): string => hash('sha256', secret, 'hex');

const whoIs = ({ id, name, role }: PersonRow): Session['person'] => ({ id, name, role });
