import type { PersonId } from '#shared/ids.ts';
import { err, ok } from '#shared/result.ts';

import type { Accounts, StoredCode, StoredLogin, StoredSession } from '../accounts.ts';
import type { Postgres } from './connection.ts';

export function createAccounts({ write, read }: Postgres): Accounts {
  return {
    putLogin: ({ person, name, password }) =>
      write(async (ask) => {
        const rows = await ask(
          `insert into login values ($1, $2, $3) on conflict (person) do update set name = $2, password = $3
            where not exists (select 1 from login other where other.name = $2 and other.person <> $1) returning 1`,
          person,
          name,
          password,
        ).catch((error: unknown) => {
          if (isTaken(error)) return null;
          throw error;
        });
        if (rows === null) {
          // Nothing more can be asked in this transaction; there was nothing else in it.
          return err('nameTaken' as const);
        }
        return rows.length === 1 ? ok(undefined) : err('nameTaken');
      }),
    loginByName: (name) =>
      read(async (ask) => (await ask<StoredLogin>('select * from login where name = $1', name))[0] ?? null),
    startSession: ({ tokenHash, device, person, form, madeAt }) =>
      write(async (ask) => {
        await ask('update session set ended_at = $2 where device = $1 and ended_at is null', device, madeAt);
        await ask('insert into session values ($1, $2, $3, $4, $5, $5, null)', tokenHash, device, person, form, madeAt);
      }),
    addPerson: ({ tokenHash, device, person, form, madeAt }) =>
      write(
        async (ask) =>
          void (await ask(
            'insert into session values ($1, $2, $3, $4, $5, $5, $5)',
            tokenHash,
            device,
            person,
            form,
            madeAt,
          )),
      ),
    sessionByToken: (tokenHash) =>
      read(
        async (ask) => (await ask<StoredSession>('select * from session where token_hash = $1', tokenHash))[0] ?? null,
      ),
    sessionUsed: (tokenHash, at) =>
      write(async (ask) => void (await ask('update session set used_at = $2 where token_hash = $1', tokenHash, at))),
    endSession: (tokenHash, at) =>
      write(
        async (ask) =>
          void (await ask(
            'update session set ended_at = $2 where token_hash = $1 and ended_at is null',
            tokenHash,
            at,
          )),
      ),
    endSessionsOf: (person, at) =>
      write(
        async (ask) =>
          void (await ask('update session set ended_at = $2 where person = $1 and ended_at is null', person, at)),
      ),
    wasSignedIn: (device, person) =>
      read(
        async (ask) =>
          (await ask('select 1 from session where device = $1 and person = $2 limit 1', device, person)).length > 0,
      ),
    isOpenOn: (device) =>
      read(
        async (ask) =>
          (await ask('select 1 from session where device = $1 and ended_at is null limit 1', device)).length > 0,
      ),
    peopleOn: (device) =>
      read(async (ask) => {
        const rows = await ask<{ person: PersonId }>(
          'select person from session where device = $1 group by person order by min(made_at), person',
          device,
        );
        return rows.map(({ person }) => person);
      }),
    putCode: ({ codeHash, crew, person, endsAt }) =>
      write(
        async (ask) =>
          void (await ask('insert into enrol_code values ($1, $2, $3, $4)', codeHash, crew, person, endsAt)),
      ),
    takeCode: (codeHash, now) =>
      write(async (ask) => {
        const [row] = await ask<StoredCode & { usedAt: number | null }>(
          'select * from enrol_code where code_hash = $1 and ends_at > $2 for update',
          codeHash,
          now,
        );
        if (!row) return err('codeUnknown');
        if (row.usedAt !== null) return err('codeUsed');
        await ask('update enrol_code set used_at = $2 where code_hash = $1', codeHash, now);
        return ok(row);
      }),
  };
}

const isTaken = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === '23505';
