import type { ReadonlySignal } from '@preact/signals';

import type { Session } from '#shared/api/session.ts';
import type { PersonId } from '#shared/ids.ts';

import { createPinLock, type PinLock } from '../../web/read/pin-lock.ts';
import type { PinRow } from '../../web/storage/pin-store.ts';

/** The tablet's lock with a PIN that is kept in this page only, hashed so quickly that nobody should; `pin`: it has one. */
export function createFakeLock(
  session: ReadonlySignal<Session | null>,
  {
    pin,
    pins = {},
    act = () => undefined,
    now = () => 0,
    hashing = () => undefined,
  }: {
    readonly pin?: string | undefined;
    /** Others on this tablet who have one. */
    readonly pins?: Readonly<Record<string, string>> | undefined;
    readonly act?: (person: PersonId) => void;
    readonly now?: () => number;
    /** Told what is kept while a PIN is checked. */
    readonly hashing?: (kept: PinRow | null) => void;
  } = {},
): PinLock & { readonly kept: () => PinRow | null } {
  const salt = new Uint8Array([1, 2, 3]);
  const device = session.peek()?.device ?? '';
  const own = session.peek()?.person.id ?? '';
  const rows = Object.entries({ ...pins, ...(pin === undefined ? {} : { [own]: pin }) }).map(
    ([person, text]): PinRow => ({
      person,
      device,
      salt,
      hash: quick(text, salt),
      rounds: 1,
      wrong: 0,
      waitUntil: 0,
      afterMin: 0,
    }),
  );
  let kept: PinRow | null = rows.find(({ person }) => person === own) ?? null;
  const lock = createPinLock({
    store: {
      write(person, row) {
        if (person === own) kept = row;
        return Promise.resolve(true);
      },
    },
    kept: rows,
    act,
    session,
    hash: (text, with_) => {
      hashing(kept);
      return Promise.resolve(quick(text, with_));
    },
    salt: () => salt,
    now,
    rounds: 1,
  });
  return { ...lock, kept: () => kept };
}

const quick = (text: string, salt: Uint8Array): Uint8Array =>
  new Uint8Array([...salt, ...new TextEncoder().encode(text)]);
