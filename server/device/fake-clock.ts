import type { Clock } from './clock.ts';

export type FakeClock = Clock & { readonly advance: (ms: number) => void };

/** A clock that moves only when told. */
export function fakeClock(start: number): FakeClock {
  let now = start;
  return Object.assign(() => now, {
    advance: (ms: number) => {
      now += ms;
    },
  });
}
