import { effect, type ReadonlySignal, signal } from '@preact/signals';

import type { Session } from '#shared/api/session.ts';

import type { PinRow, PinStore } from '../storage/pin-store.ts';

/** The lock of a tablet. It hides what is shown; what is recorded goes on to the centre, and nothing is ever erased. */
export type PinLock = {
  readonly locked: ReadonlySignal<boolean>;
  readonly hasPin: ReadonlySignal<boolean>;
  /** Minutes without a touch after which it locks; 0: never by itself. */
  readonly afterMin: ReadonlySignal<number>;
  /** Tries that are left before a wait. */
  readonly left: ReadonlySignal<number>;
  /** How long no try is taken, ms. */
  waitMs(): number;
  /** Counts as a try. The tablet is open after a right one. */
  unlock(pin: string): Promise<boolean>;
  /** False: it could not be stored, and there is the PIN that was there before. */
  setPin(pin: string): Promise<boolean>;
  removePin(): Promise<void>;
  lockAfter(minutes: number): void;
  lockNow(): void;
  readonly touched: () => void;
  /** Locks where nobody has touched the tablet for so long. */
  readonly look: () => void;
};

export const PIN_LENGTH = { least: 4, most: 6 } as const;
const TRIES = 5;
const WAIT_MS = 60_000;
const SALT_BYTES = 16;
/** A quarter of a second on a desk's computer, about one on a tablet: ten thousand PINs take hours. */
const PIN_ROUNDS = 600_000;

export type PinLockDeps = {
  readonly store: Pick<PinStore, 'write'>;
  /** What was kept when the page was opened: it begins locked. */
  readonly kept: PinRow | null;
  readonly session: ReadonlySignal<Session | null>;
  readonly hash: (pin: string, salt: Uint8Array<ArrayBuffer>, rounds: number) => Promise<Uint8Array>;
  readonly salt: (bytes: number) => Uint8Array<ArrayBuffer>;
  /** Wall clock, ms: it goes on while the tablet sleeps. */
  readonly now: () => number;
  readonly rounds?: number;
};

export function createPinLock({ store, kept, session, hash, salt, now, rounds = PIN_ROUNDS }: PinLockDeps): PinLock {
  const row = signal(kept);
  const locked = signal(kept !== null);
  const hasPin = signal(false);
  const afterMin = signal(0);
  const left = signal(TRIES);
  let touchedAt = now();

  effect(() => {
    hasPin.value = row.value !== null;
    afterMin.value = row.value?.afterMin ?? 0;
    left.value = TRIES - (row.value?.wrong ?? 0);
  });
  let writing: Promise<unknown> = Promise.resolve();
  const changeAfter = async (before: Promise<unknown>, to: (held: PinRow | null) => PinRow | null) => {
    await before;
    const next = to(row.peek());
    const stored = await store.write(next);
    if (stored) row.value = next;
    return stored;
  };
  /** One after the other, each from what the one before has kept. False: not stored, and nothing has changed. */
  const change = (to: (held: PinRow | null) => PinRow | null): Promise<boolean> => {
    const done = changeAfter(writing, to);
    writing = done;
    return done;
  };
  /** Holds in this page also where it cannot be stored. */
  const note = async (tries: Pick<PinRow, 'wrong' | 'waitUntil'>): Promise<void> => {
    const stored = await change((held) => held && { ...held, ...tries });
    if (!stored) row.value = row.value && { ...row.value, ...tries };
  };
  // A new enrolment code has let somebody in: whoever the PIN belonged to is not who works here now.
  effect(() => {
    const device = session.value?.device;
    if (!device || !row.value || row.value.device === device) return;
    row.value = null;
    locked.value = false;
    void change(() => null);
  });
  /** A clock that was set back must not make the wait longer. */
  const waitMs = (): number => Math.min(WAIT_MS, Math.max(0, (row.peek()?.waitUntil ?? 0) - now()));
  const look = (): void => {
    const after = row.peek()?.afterMin ?? 0;
    if (after > 0 && now() - touchedAt >= after * 60_000) locked.value = true;
  };

  return {
    locked,
    hasPin,
    afterMin,
    left,
    waitMs,
    look,
    async unlock(pin) {
      const held = row.peek();
      if (!held) return true;
      if (waitMs() > 0) return false;
      // Counted before it is checked: switching the tablet off meanwhile is a try too.
      const wrong = held.wrong + 1;
      await note(wrong < TRIES ? { wrong, waitUntil: 0 } : { wrong: 0, waitUntil: now() + WAIT_MS });
      const right = isSame(await hash(pin, held.salt, held.rounds), held.hash);
      if (right) {
        await note({ wrong: 0, waitUntil: 0 });
        touchedAt = now();
        locked.value = false;
      }
      return right;
    },
    async setPin(pin) {
      const device = session.peek()?.device;
      if (!device) return false;
      const fresh = salt(SALT_BYTES);
      const made = { device, salt: fresh, hash: await hash(pin, fresh, rounds), rounds };
      return change((held) => ({ ...made, wrong: 0, waitUntil: 0, afterMin: held?.afterMin ?? 0 }));
    },
    async removePin() {
      if (await change(() => null)) locked.value = false;
    },
    lockAfter(minutes) {
      void change((held) => held && { ...held, afterMin: minutes });
    },
    lockNow() {
      if (row.peek()) locked.value = true;
    },
    touched() {
      // The touch that wakes a tablet is not one that kept it open.
      look();
      touchedAt = now();
    },
  };
}

/** Takes as long whatever differs. */
const isSame = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.reduce((differs, byte, at) => differs | (byte ^ (b[at] ?? 0)), 0) === 0;
