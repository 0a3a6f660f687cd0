import { createDatabase } from './database.ts';

/**
 * The PIN of this tablet, as far as it is kept: salt and slow hash, never the PIN. `device`: whose enrolment it belongs
 * to. `wrong`: tries since the last right one or the last wait; `waitUntil`: wall clock, ms.
 */
export type PinRow = {
  readonly device: string;
  readonly salt: Uint8Array<ArrayBuffer>;
  readonly hash: Uint8Array;
  readonly rounds: number;
  readonly wrong: number;
  readonly waitUntil: number;
  readonly afterMin: number;
};

export type PinStore = { read(): Promise<PinRow | null>; write(row: PinRow | null): Promise<boolean> };

/** In a database of its own: nothing that is recorded hangs on it. What cannot be read is no PIN. */
export function createPinStore(name: string): PinStore {
  const db = createDatabase<{ pin: PinRow & { readonly key: 'pin' } }>(name, { pin: 'key' });
  return {
    read: () => db.read(['pin'], (access) => access.get('pin', 'pin')).then((row) => row ?? null, nothing),
    write: (row) =>
      db
        .write(['pin'], async (access) => {
          if (row) await access.put('pin', { ...row, key: 'pin' });
          else await access.remove('pin', 'pin');
        })
        .then(
          () => true,
          () => false,
        ),
  };
}

const nothing = (): null => null;
