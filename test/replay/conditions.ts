import type { Chance } from '../../server/demo/chance.ts';

/** Minutes of a good and of a bad stretch, by turns, at least and at most. */
export type Rhythm = { readonly good: readonly [number, number]; readonly bad: readonly [number, number] };

/** What a tablet has to live with; null: never. Clocks in ms. */
export type Conditions = {
  readonly coverage: Rhythm | null;
  readonly sleep: Rhythm | null;
  /** How far its wall clock is off, and how much further after somebody has set it. */
  readonly clockOff: number;
  readonly clockSet: { readonly at: number; readonly by: number } | null;
  /** The share of its requests whose answer is lost on the way. */
  readonly answersLost: number;
  /** The share of wakes at which the page is opened anew. */
  readonly reloads: number;
  /** For some hours nobody knows where it is. */
  readonly lost: { readonly at: number; readonly forMs: number } | null;
};

const HOUR = 3_600_000;

/** A tablet in the country: a third of the time without coverage, half of it asleep, one clock in three wrong. */
export function roughConditions(chance: Chance, begin: number): Conditions {
  return {
    coverage: { good: [10, 150], bad: [3, 90] },
    sleep: { good: [3, 40], bad: [3, 60] },
    clockOff: chance.happens(0.33) ? Math.round(chance.between(-3, 3) * HOUR) : 0,
    clockSet: chance.happens(0.2)
      ? { at: begin + chance.between(1, 40) * HOUR, by: Math.round(chance.between(-1, 1) * HOUR) }
      : null,
    answersLost: 0.03,
    reloads: 0.1,
    lost: chance.happens(0.15)
      ? { at: begin + chance.between(2, 30) * HOUR, forMs: chance.between(0.5, 5) * HOUR }
      : null,
  };
}
