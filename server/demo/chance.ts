/** Repeatable chance: the same seed draws the same demonstration. */
export type Chance = {
  /** In [0, 1). */
  readonly unit: () => number;
  readonly between: (low: number, high: number) => number;
  /** Whole number, both ends included. */
  readonly whole: (low: number, high: number) => number;
  readonly happens: (share: number) => boolean;
  readonly pick: <T>(list: readonly T[]) => T;
  /** Time to the next of events that come independently, `perHour` on average, ms. */
  readonly gapMs: (perHour: number) => number;
  /** A stream of its own, so that drawing more in one place changes nothing in another. */
  readonly branch: (name: string) => Chance;
};

export function createChance(seed: string): Chance {
  let state = seedOf(seed);
  const unit = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const whole = (low: number, high: number): number => low + Math.floor(unit() * (high - low + 1));
  return {
    unit,
    between: (low, high) => low + unit() * (high - low),
    whole,
    happens: (share) => unit() < share,
    pick: (list) => {
      const picked = list[whole(0, list.length - 1)];
      if (picked === undefined) throw new Error('nothing to pick from');
      return picked;
    },
    gapMs: (perHour) => (-Math.log(1 - unit()) / perHour) * 3_600_000,
    branch: (name) => createChance(`${seed}/${name}`),
  };
}

/** FNV-1a: any text to 32 bits. */
function seedOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const letter of text) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193);
  return hash;
}
