import { LIMITS } from './limits.ts';

/**
 * Milliseconds to wait after `failures` failed attempts in a row: full jitter under a doubling ceiling.
 * `random` in [0, 1). `afterMs`: what the server asked for at least; everybody was asked the same, so it is not shortened to it.
 */
export function backoff(failures: number, random: number, afterMs = 0): number {
  const ceiling = Math.min(LIMITS.backoffCeilingMs, 1_000 * 2 ** Math.min(failures, 20));
  return afterMs + Math.round(random * ceiling);
}
