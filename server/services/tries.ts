import type { Clock } from '../device/clock.ts';

export type Tries = {
  /** Takes one try under each key, or says no if any of them has had its ten in the last fifteen minutes. */
  readonly take: (keys: readonly string[]) => boolean;
  /** It was no guess: gives the try back. */
  readonly giveBack: (keys: readonly string[]) => void;
};

const WINDOW_MS = 15 * 60_000;
const PER_WINDOW = 10;
const KEYS_AT_MOST = 50_000;
const SWEEP_MS = 60_000;

/** Counts guesses. A try is taken before it is checked, so that many at once count as many. */
export function createTries(clock: Clock): Tries {
  const taken = new Map<string, number[]>();

  const recent = (key: string): number[] => (taken.get(key) ?? []).filter((at) => at > clock() - WINDOW_MS);

  let swept = Number.NEGATIVE_INFINITY;

  /** At most once a minute: a flood must not make us walk through its own traces at each guess. */
  const forgetOld = (): void => {
    if (clock() - swept < SWEEP_MS) return;
    swept = clock();
    for (const key of taken.keys()) if (recent(key).length === 0) taken.delete(key);
  };

  return {
    take: (keys) => {
      if (taken.size + keys.length > KEYS_AT_MOST) forgetOld();
      // Full of fresh guesses: a flood. Saying no is safe, forgetting would not be.
      if (taken.size + keys.length > KEYS_AT_MOST) return false;
      if (keys.some((key) => recent(key).length >= PER_WINDOW)) return false;
      for (const key of keys) taken.set(key, [...recent(key), clock()]);
      return true;
    },
    giveBack: (keys) => {
      for (const key of keys) taken.set(key, recent(key).slice(0, -1));
    },
  };
}
