import { createDatabase } from './database.ts';

/**
 * A person's PIN on this tablet, as far as it is kept: salt and slow hash, never the PIN. `device`: the enrolment it belongs
 * to. `wrong`: tries since the last right one or the last wait; `waitUntil`: wall clock, ms.
 */
export type PinRow = {
  readonly person: string;
  readonly device: string;
  readonly salt: Uint8Array<ArrayBuffer>;
  readonly hash: Uint8Array;
  readonly rounds: number;
  readonly wrong: number;
  readonly waitUntil: number;
  readonly afterMin: number;
};

/** `write` null: that person has none any more. */
export type PinStore = {
  read(): Promise<readonly PinRow[]>;
  write(person: string, row: PinRow | null): Promise<boolean>;
};

/** In a database of its own: nothing that is recorded hangs on it. What cannot be read is no PIN. */
export function createPinStore(name: string): PinStore {
  const db = createDatabase<{ pin: PinRow & { readonly key: string } }>(name, { pin: 'key' });
  return {
    read: () => db.read(['pin'], (access) => access.all('pin')).catch(() => []),
    write: (person, row) =>
      db
        .write(['pin'], async (access) => {
          if (row) await access.put('pin', { ...row, key: person });
          else await access.remove('pin', person);
        })
        .then(
          () => true,
          () => false,
        ),
  };
}
