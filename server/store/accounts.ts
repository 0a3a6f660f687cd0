import { and, eq, gt, isNull, sql } from 'drizzle-orm';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';

import type { CrewId, DeviceId, PersonId } from '#shared/ids.ts';
import { err, ok, type Result } from '#shared/result.ts';

import { slot, type Connection } from './connection.ts';
import { enrolCode, login, session } from './schema-accounts.ts';
import { whole } from './whole.ts';

export type StoredLogin = { readonly person: PersonId; readonly name: string; readonly password: string };

export type StoredSession = {
  readonly tokenHash: string;
  readonly device: DeviceId;
  readonly person: PersonId;
  readonly form: 'tablet' | 'desk';
  readonly madeAt: number;
  readonly usedAt: number;
  readonly endedAt: number | null;
};

export type StoredCode = {
  readonly codeHash: string;
  readonly crew: CrewId;
  readonly person: PersonId;
  readonly endsAt: number;
};

/** Logins, sessions and enrolment codes. Each function is one transaction. */
export type Accounts = {
  /** Makes a person's login, or gives it another name and password. */
  readonly putLogin: (row: StoredLogin) => Promise<Result<void, 'nameTaken'>>;
  readonly loginByName: (name: string) => Promise<StoredLogin | null>;
  /** A device has one session at a time: its others end. */
  readonly startSession: (row: Omit<StoredSession, 'usedAt' | 'endedAt'>) => Promise<void>;
  /** Also a session that has ended; what it still proves is for the caller to say. */
  readonly sessionByToken: (tokenHash: string) => Promise<StoredSession | null>;
  readonly sessionUsed: (tokenHash: string, at: number) => Promise<void>;
  readonly endSession: (tokenHash: string, at: number) => Promise<void>;
  readonly endSessionsOf: (person: PersonId, at: number) => Promise<void>;
  /** Has this person ever been signed in on this device? */
  readonly wasSignedIn: (device: DeviceId, person: PersonId) => Promise<boolean>;
  /** Does anybody have an open session on this device? */
  readonly isOpenOn: (device: DeviceId) => Promise<boolean>;
  /** One more person has come in on this device; its session stays as it is. */
  readonly addPerson: (row: Omit<StoredSession, 'usedAt' | 'endedAt'>) => Promise<void>;
  /** Everybody who ever signed in on this device, in the order they first did. */
  readonly peopleOn: (device: DeviceId) => Promise<readonly PersonId[]>;
  readonly putCode: (row: StoredCode) => Promise<void>;
  /** Uses a code up. Of two at once, one gets it. */
  readonly takeCode: (codeHash: string, now: number) => Promise<Result<StoredCode, 'codeUnknown' | 'codeUsed'>>;
};

export function createAccounts({ db, write, grouped, prepared }: Connection): Accounts {
  return {
    putLogin: (row) =>
      whole(() =>
        write(() => {
          const other = db.select().from(login).where(eq(login.name, row.name)).get();
          if (other && other.person !== row.person) return err('nameTaken');
          db.insert(login)
            .values(row)
            .onConflictDoUpdate({ target: login.person, set: { name: row.name, password: row.password } })
            .run();
          return ok(undefined);
        }),
      ),
    loginByName: (name) => whole(() => db.select().from(login).where(eq(login.name, name)).get() ?? null),
    startSession: (row) =>
      whole(() =>
        write(() => {
          db.update(session)
            .set({ endedAt: row.madeAt })
            .where(and(eq(session.device, row.device), isNull(session.endedAt)))
            .run();
          db.insert(session)
            .values({ ...row, usedAt: row.madeAt, endedAt: null })
            .run();
        }),
      ),
    addPerson: (row) =>
      whole(() => {
        write(() =>
          db
            .insert(session)
            .values({ ...row, usedAt: row.madeAt, endedAt: row.madeAt })
            .run(),
        );
      }),
    sessionByToken: (tokenHash) => whole(() => prepared(sessionOf).get({ tokenHash }) ?? null),
    sessionUsed: (tokenHash, at) => grouped(() => void prepared(useSession).run({ tokenHash, at })),
    endSession: (tokenHash, at) =>
      whole(() => {
        const open = and(eq(session.tokenHash, tokenHash), isNull(session.endedAt));
        write(() => db.update(session).set({ endedAt: at }).where(open).run());
      }),
    endSessionsOf: (person, at) =>
      whole(() => {
        const open = and(eq(session.person, person), isNull(session.endedAt));
        write(() => db.update(session).set({ endedAt: at }).where(open).run());
      }),
    wasSignedIn: (device, person) => whole(() => prepared(anySession).get({ device, person }) !== undefined),
    isOpenOn: (device) => whole(() => prepared(openSession).get({ device }) !== undefined),
    peopleOn: (device) =>
      whole(() =>
        prepared(everybodyOn)
          .all({ device })
          .map(({ person }) => person),
      ),
    putCode: (row) =>
      whole(() => {
        write(() => db.insert(enrolCode).values(row).run());
      }),
    takeCode: (codeHash, now) =>
      whole(() =>
        write(() => {
          const row = db
            .select()
            .from(enrolCode)
            .where(and(eq(enrolCode.codeHash, codeHash), gt(enrolCode.endsAt, now)))
            .get();
          if (!row) return err('codeUnknown');
          if (row.usedAt !== null) return err('codeUsed');
          db.update(enrolCode).set({ usedAt: now }).where(eq(enrolCode.codeHash, codeHash)).run();
          return ok(row);
        }),
      ),
  };
}

const sessionOf = (db: BetterSQLite3Database) =>
  db
    .select()
    .from(session)
    .where(eq(session.tokenHash, slot('tokenHash')))
    .prepare();

const everybodyOn = (db: BetterSQLite3Database) =>
  db
    .select({ person: session.person })
    .from(session)
    .where(eq(session.device, slot('device')))
    .groupBy(session.person)
    .orderBy(sql`min(${session.madeAt})`, session.person)
    .prepare();

const useSession = (db: BetterSQLite3Database) =>
  db
    .update(session)
    .set({ usedAt: slot('at') })
    .where(eq(session.tokenHash, slot('tokenHash')))
    .prepare();

const openSession = (db: BetterSQLite3Database) =>
  db
    .select({ device: session.device })
    .from(session)
    .where(and(eq(session.device, slot('device')), isNull(session.endedAt)))
    .limit(1)
    .prepare();

const anySession = (db: BetterSQLite3Database) =>
  db
    .select({ device: session.device })
    .from(session)
    .where(and(eq(session.device, slot('device')), eq(session.person, slot('person'))))
    .limit(1)
    .prepare();
