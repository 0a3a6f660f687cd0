import { computed, effect, type ReadonlySignal, signal } from '@preact/signals';

import type { Session } from '#shared/api/session.ts';
import type { PersonId } from '#shared/ids.ts';

import type { PinRow, PinStore } from '../storage/pin-store.ts';

/**
 * The lock of a tablet. It hides what is shown; what is recorded goes on to the centre, and nothing is ever erased. Of several
 * people on it each has a PIN of their own, or none: then they come in while it is open.
 */
export type PinLock = {
  readonly locked: ReadonlySignal<boolean>;
  /** Whoever works here now has one. */
  readonly hasPin: ReadonlySignal<boolean>;
  /** Whose PIN is asked for. */
  readonly asks: ReadonlySignal<PersonId | null>;
  knows(person: PersonId): boolean;
  /** This person wants to work here: their PIN is asked for, or they come in where nobody has to be asked. */
  change(to: PersonId): void;
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
  /** What was kept when the page was opened: it begins locked for whoever has a PIN. */
  readonly kept: readonly PinRow[];
  /** From now on this one works here. */
  readonly act: (person: PersonId) => void;
  readonly session: ReadonlySignal<Session | null>;
  readonly hash: (pin: string, salt: Uint8Array<ArrayBuffer>, rounds: number) => Promise<Uint8Array>;
  readonly salt: (bytes: number) => Uint8Array<ArrayBuffer>;
  /** Wall clock, ms: it goes on while the tablet sleeps. */
  readonly now: () => number;
  readonly rounds?: number;
};

export function createPinLock(deps: PinLockDeps): PinLock {
  const { store, kept, act, session, hash, salt, now, rounds = PIN_ROUNDS } = deps;
  const rows = signal<ReadonlyMap<string, PinRow>>(new Map(kept.map((row) => [row.person, row])));
  const locked = signal(kept.length > 0);
  const wanted = signal<PersonId | null>(null);
  const asks = computed(() => wanted.value ?? session.value?.person.id ?? null);
  const row = computed(() => rows.value.get(asks.value ?? '') ?? null);
  const own = computed(() => rows.value.get(session.value?.person.id ?? '') ?? null);
  const hasPin = computed(() => own.value !== null);
  const afterMin = computed(() => own.value?.afterMin ?? 0);
  const left = computed(() => TRIES - (row.value?.wrong ?? 0));
  let touchedAt = now();

  const show = (person: string, next: PinRow | null): void => {
    const others = [...rows.peek()].filter(([id]) => id !== person);
    rows.value = new Map(next ? [...others, [person, next]] : others);
  };
  let writing: Promise<unknown> = Promise.resolve();
  type Change = (held: PinRow | null) => PinRow | null;
  const changeAfter = async (before: Promise<unknown>, person: string, to: Change): Promise<boolean> => {
    await before;
    const next = to(rows.peek().get(person) ?? null);
    const stored = await store.write(person, next);
    if (stored) show(person, next);
    return stored;
  };
  /** One after the other, each from what the one before has kept. False: not stored, and nothing has changed. */
  const change = (person: string, to: Change): Promise<boolean> => {
    const done = changeAfter(writing, person, to);
    writing = done;
    return done;
  };
  const me = (): string => session.peek()?.person.id ?? '';
  /** Holds in this page also where it cannot be stored. */
  const note = async (person: string, tries: Pick<PinRow, 'wrong' | 'waitUntil'>): Promise<void> => {
    const stored = await change(person, (held) => held && { ...held, ...tries });
    const held = rows.peek().get(person);
    if (!stored && held) show(person, { ...held, ...tries });
  };
  // A new enrolment code has let somebody in: PINs of an earlier enrolment are nobody's who works here now.
  effect(() => {
    const device = session.value?.device;
    for (const [person, held] of device ? rows.value : []) {
      if (held.device === device) continue;
      show(person, null);
      void change(person, () => null);
    }
  });
  // Whoever came in by a code, and has no PIN yet, is not kept out by that of others.
  effect(() => {
    if (session.value && own.value === null && wanted.peek() === null) locked.value = false;
  });
  /** A clock that was set back must not make the wait longer. */
  const waitMs = (): number => Math.min(WAIT_MS, Math.max(0, (row.peek()?.waitUntil ?? 0) - now()));
  const look = (): void => {
    const after = own.peek()?.afterMin ?? 0;
    if (after > 0 && now() - touchedAt >= after * 60_000) locked.value = true;
  };

  return {
    locked,
    hasPin,
    afterMin,
    left,
    asks,
    waitMs,
    look,
    knows: (person) => rows.value.has(person),
    change(person) {
      if (person === me()) {
        wanted.value = null;
        // Without a PIN it was locked only to let the other one in.
        if (!own.peek()) locked.value = false;
      } else if (rows.peek().has(person)) {
        wanted.value = person;
        locked.value = true;
      } else if (!locked.peek()) act(person);
    },
    async unlock(pin) {
      const held = row.peek();
      const person = asks.peek();
      if (!held || person === null) return true;
      if (waitMs() > 0) return false;
      // Counted before it is checked: switching the tablet off meanwhile is a try too.
      const wrong = held.wrong + 1;
      await note(person, wrong < TRIES ? { wrong, waitUntil: 0 } : { wrong: 0, waitUntil: now() + WAIT_MS });
      const right = isSame(await hash(pin, held.salt, held.rounds), held.hash);
      if (right) {
        await note(person, { wrong: 0, waitUntil: 0 });
        touchedAt = now();
        if (person !== me()) act(person);
        wanted.value = null;
        locked.value = false;
      }
      return right;
    },
    async setPin(pin) {
      const device = session.peek()?.device;
      const person = me();
      if (!device) return false;
      const fresh = salt(SALT_BYTES);
      const made = { person, device, salt: fresh, hash: await hash(pin, fresh, rounds), rounds };
      return change(person, (held) => ({ ...made, wrong: 0, waitUntil: 0, afterMin: held?.afterMin ?? 0 }));
    },
    async removePin() {
      if (await change(me(), () => null)) locked.value = false;
    },
    lockAfter(minutes) {
      void change(me(), (held) => held && { ...held, afterMin: minutes });
    },
    lockNow() {
      if (own.peek()) locked.value = true;
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
