import type { SignIn } from '#shared/api/session.ts';
import { ID_ALPHABET, type CrewId, type DeviceId, type PersonId, type WriterId } from '#shared/ids.ts';
import { err, ok, type Result } from '#shared/result.ts';

import type { Clock } from '../device/clock.ts';
import type { Random } from '../device/random.ts';
import type { Accounts } from '../store/accounts.ts';
import type { PersonRow, Roster } from '../store/organisation.ts';
import type { Enrolment } from './enrolment.ts';
import type { Passwords } from './passwords.ts';
import { hashSecret, type Opened, type Sessions } from './sessions.ts';
import type { Tries } from './tries.ts';

/** Where a try comes from: the network address, and the token the browser still holds, if any. */
export type From = { readonly address: string; readonly token: string | null };

export type SignInProblem = 'wrongCredentials' | 'tooManyTries' | 'busy' | 'deviceBlocked' | 'notAllowed';
export type EnrolProblem = 'codeUnknown' | 'codeUsed' | 'tooManyTries';

export type SignInDoor = {
  /** A desk, by name and password. A browser without a device of its own gets one. */
  readonly signIn: (what: SignIn, from: From) => Promise<Result<Opened, SignInProblem>>;
  /** A tablet, by its one-time code. */
  readonly enrol: (code: string, from: From) => Promise<Result<Opened, EnrolProblem>>;
  /** Gives a person a name and password to sign in with, new or instead of the old; what was open is closed. */
  readonly putLogin: (who: { person: PersonId; name: string; password: string }) => Promise<Result<void, 'nameTaken'>>;
  /** Whether somebody signs in under this name, however it is spelled. */
  readonly hasLogin: (name: string) => Promise<boolean>;
  /** A code as it is to be shown: ABCD-EFGH. It is kept only as a hash. */
  readonly makeCode: (what: { crew: CrewId; person: PersonId; forMs: number }) => Promise<string>;
};

type Deps = {
  accounts: Accounts;
  roster: Roster;
  enrolment: Enrolment;
  sessions: Sessions;
  passwords: Passwords;
  tries: Tries;
  clock: Clock;
  random: Random;
};

export function createSignIn(deps: Deps): SignInDoor {
  const { accounts, roster, enrolment, sessions, passwords, tries, clock, random } = deps;

  /** This browser's own device, if it shows that it is: by a token it was given, or by a person who was there before. */
  const ownDesk = async (writer: WriterId | null, person: PersonRow, shown: DeviceId | null) => {
    const id = writer === null ? null : await roster.deviceOf(writer);
    if (id === null || writer === null) return null;
    if (shown !== id && !(await accounts.wasSignedIn(id, person.id))) return null;
    const device = await roster.device(id);
    return device && { device: device.id, writer, blocked: device.blocked };
  };

  /**
   * The tablet that a code is typed in on, if it is in that crew already and somebody else's so far: one more works on it then.
   * Whoever is known there begins anew with another code, as on a tablet whose PIN is forgotten. So does a browser that was
   * signed out because a copy of it goes on as this tablet: else each would shut the other out for ever.
   */
  const sharedTablet = async (token: string, shown: DeviceId, code: { crew: CrewId; person: PersonId }) => {
    const device = await roster.device(shown);
    const [writer] = device?.writers ?? [];
    if (!device || writer === undefined || device.blocked || device.crew !== code.crew) return null;
    if (await accounts.wasSignedIn(device.id, code.person)) return null;
    if ((await sessions.who(token)) === null && (await accounts.isOpenOn(device.id))) return null;
    return { device: device.id, writer };
  };

  return {
    signIn: async ({ name, password, writer }, { address, token }) => {
      const shown = await sessions.deviceShown(token, 'desk');
      const account = `name ${loginName(name)}`;
      // A browser that is known is counted by itself: strangers cannot lock its people out, from one address or many.
      const keys = shown ? [`${account} at ${shown}`, `device ${shown}`] : [account, `address ${address}`];
      if (!tries.take(keys)) return err('tooManyTries');
      const login = await accounts.loginByName(loginName(name));
      const right = await passwords.check(password, login?.password ?? null);
      if (right === 'busy') {
        tries.giveBack(keys);
        return err('busy');
      }
      const person = right && login ? await roster.person(login.person) : null;
      if (!person) return err('wrongCredentials');
      tries.giveBack(keys);
      // A desk shows its whole unit; crews see their orders on an enrolled tablet.
      if (person.role === 'crew' || person.role === 'integration') return err('notAllowed');
      const own = await ownDesk(writer, person, shown);
      if (own?.blocked) return err('deviceBlocked');
      const desk = own ?? (await enrolment.enrol({ form: 'desk', unit: person.unit, person: person.id, crew: null }));
      return ok(await sessions.open({ device: desk.device, writer: desk.writer, person: person.id, form: 'desk' }));
    },

    enrol: async (code, { address, token }) => {
      const keys = [`codes from ${address}`];
      if (!tries.take(keys)) return err('tooManyTries');
      const taken = await accounts.takeCode(hashSecret(plainCode(code)), clock());
      if (!taken.ok) return taken;
      tries.giveBack(keys);
      const { crew: crewId, person } = taken.value;
      const crew = await roster.crew(crewId);
      if (!crew) throw new Error(`an enrolment code names crew ${crewId}, which is not there`);
      const was = await sessions.deviceShown(token, 'tablet');
      const shared = token === null || was === null ? null : await sharedTablet(token, was, { crew: crew.id, person });
      if (shared && token !== null) return ok(await sessions.join(token, { ...shared, person, form: 'tablet' }));
      // What this browser recorded as another tablet is still to be delivered, with the rights it was recorded with.
      const made = await enrolment.enrol({ form: 'tablet', unit: crew.unit, person, crew: crew.id, was });
      const opened = await sessions.open({ ...made, person, form: 'tablet' });
      // A copy of the browser must not go on as the one it was (I3).
      if (was !== null && token !== null) await sessions.signOut(token);
      return ok(opened);
    },

    putLogin: async ({ person, name, password }) => {
      const row = { person, name: loginName(name), password: await passwords.hash(password) };
      const put = await accounts.putLogin(row);
      if (put.ok) await accounts.endSessionsOf(person, clock());
      return put;
    },

    hasLogin: async (name) => (await accounts.loginByName(loginName(name))) !== null,

    makeCode: async ({ crew, person, forMs }) => {
      const code = [...random(CODE_LETTERS)].map((byte) => ID_ALPHABET[byte % ID_ALPHABET.length]).join('');
      await accounts.putCode({ codeHash: hashSecret(code), crew, person, endsAt: clock() + forMs });
      return `${code.slice(0, 4)}-${code.slice(4)}`;
    },
  };
}

const CODE_LETTERS = 8;

const loginName = (name: string): string => name.normalize('NFKC').trim().toLowerCase();

const plainCode = (code: string): string => code.replaceAll(/[\s-]/g, '').toUpperCase();
