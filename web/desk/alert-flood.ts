/** Alerts of this long are what a seat is asked to bear, ms. */
export const LOAD_WINDOW_MS = 10 * 60_000;
/** More than this in ten minutes is a flood (EEMUA 191). */
export const FLOOD = 10;
/** A flood is over when fewer than this came in ten minutes, for ten minutes. */
const CALM = 5;
const CALM_FOR_MS = 10 * 60_000;

/**
 * Whether a seat is in a flood `at` a moment, by when its alerts were raised (ms, in any order). It begins at once and
 * ends late, so that the list does not change its shape with every alert more or less.
 */
export function isFlood(raised: readonly number[], at: number): boolean {
  const times = raised.filter((time) => time <= at).sort((a, b) => a - b);
  let flood = false;
  /** Since when the load has been low, while it is a flood. */
  let calmSince: number | null = null;
  let first = 0;
  const endIfCalm = (now: number): void => {
    if (flood && calmSince !== null && now - calmSince >= CALM_FOR_MS) flood = false;
  };
  /** Those that leave the window before `now`, each at its own moment. */
  const leaveUntil = (now: number, last: number): void => {
    for (
      let time = times[first];
      time !== undefined && first < last && time + LOAD_WINDOW_MS <= now;
      time = times[first]
    ) {
      endIfCalm(time + LOAD_WINDOW_MS);
      first += 1;
      if (flood && last - first < CALM) calmSince ??= time + LOAD_WINDOW_MS;
    }
    endIfCalm(now);
  };
  for (const [index, time] of times.entries()) {
    leaveUntil(time, index);
    const load = index + 1 - first;
    if (load >= CALM) calmSince = null;
    if (load > FLOOD) flood = true;
  }
  leaveUntil(at, times.length);
  return flood;
}
