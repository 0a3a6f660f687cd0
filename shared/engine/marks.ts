import type { Clock, Mark, OutboxStorage, Wake } from './ports.ts';

const MINUTE = 60_000;
const JUMP_MS = 2_000;
/** Two weeks of a tablet that is awake eight hours a day. */
const KEEP = 14 * 8 * 60;

/**
 * Writes down what the clocks show each minute and whenever they part: a sleep or a clock that was set look alike here,
 * and the next answer of the server tells which it was. Gives back how to end it.
 */
export function keepMarks(storage: OutboxStorage, clock: Clock, wake: Wake): () => void {
  let last = { wall: clock.wall(), mono: clock.mono() };
  let cancel = (): void => undefined;
  const mark = (why: Mark['why']): void => {
    last = { wall: Math.round(clock.wall()), mono: clock.mono() };
    // A mark that cannot be stored widens a bound later; nothing else depends on it.
    void storage.mark({ ...last, page: clock.page, why }, KEEP).catch(() => undefined);
  };
  const jumped = (): boolean => Math.abs(clock.wall() - last.wall - (clock.mono() - last.mono)) > JUMP_MS;
  const tick = (): void => {
    mark(jumped() ? 'wake' : 'minute');
    cancel = wake.after(MINUTE, tick);
  };
  const endWake = wake.onWake(() => mark('wake'));
  tick();
  return () => {
    cancel();
    endWake();
  };
}
