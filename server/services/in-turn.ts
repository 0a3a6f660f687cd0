import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';

/**
 * Works, then rests for that share of the time it took: room for everybody else who is served here, or who waits for the
 * lock elsewhere. `ms`: how long the work took.
 */
export async function inTurn<T>(
  restingShare: number,
  work: () => Promise<T>,
): Promise<{ readonly done: T; readonly ms: number }> {
  const started = performance.now();
  const done = await work();
  const ms = performance.now() - started;
  await pause(ms * restingShare);
  return { done, ms };
}
