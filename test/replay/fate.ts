import type { Chance } from '../../server/demo/chance.ts';

/** What becomes of an order, drawn once when it is opened. Minutes, each counted from the one before. */
export type Fate = {
  /** By index; the second gets it if it is reassigned. */
  readonly crews: readonly [number, number];
  readonly dispatchedAfter: number | null;
  readonly acceptedAfter: number;
  readonly departedAfter: number;
  readonly arrivedAfter: number | null;
  /** The second tap comes so many seconds after the first. */
  readonly confirmedAfter: number;
  /** Counted from the dispatch: the desk thinks again. */
  readonly change: { readonly after: number; readonly is: 'reassigned' | 'recalled' } | null;
  /** Counted from the arrival. */
  readonly suspended: { readonly after: number; readonly forMin: number } | null;
  /** The desk hears of the arrival by radio when the tablet cannot be used. */
  readonly radio: boolean;
};

/** Most arrive, some of them late; some are never sent out; now and then the desk thinks again. */
export function drawFate(chance: Chance, crews: number): Fate {
  const first = chance.whole(0, crews - 1);
  return {
    crews: [first, (first + chance.whole(1, Math.max(1, crews - 1))) % crews],
    dispatchedAfter: chance.happens(0.06) ? null : chance.between(0.5, 12),
    acceptedAfter: chance.between(0.3, 4),
    departedAfter: chance.between(0.3, 4),
    arrivedAfter: chance.happens(0.08) ? null : chance.happens(0.6) ? chance.between(1, 25) : chance.between(20, 80),
    confirmedAfter: chance.happens(0.85) ? chance.between(1, 6) : chance.between(30, 1_800),
    change: chance.happens(0.08)
      ? { after: chance.between(4, 45), is: chance.happens(0.7) ? 'reassigned' : 'recalled' }
      : null,
    suspended: chance.happens(0.05) ? { after: chance.between(1, 20), forMin: chance.between(5, 50) } : null,
    radio: chance.happens(0.4),
  };
}
