import type { ClockReading, GpsFix } from '../time/clock-reading.ts';
import type { Mark, OutboxStorage, Wake } from './ports.ts';
import type { Timekeeper } from './time.ts';

const MINUTE = 60_000;
const JUMP_MS = 2_000;
/** Even stretches are two marks however long they are: this is weeks of a tablet that sleeps every few minutes. */
export const KEEP_MARKS = 14 * 8 * 60;

export const markOf = ({ wall, mono, page }: ClockReading, why: Mark['why']): Mark => ({ wall, mono, page, why });

export type Marks = {
  /** A fix whose time is not the wall clock's, with the clocks when it was asked for and when it came. */
  readonly keepFix: (fix: GpsFix) => void;
  readonly end: () => void;
};

/**
 * Writes down what the clocks show each minute and whenever they part: a sleep or a clock that was set look alike here,
 * and the next answer of the server tells which it was.
 */
export function keepMarks(storage: OutboxStorage, time: Timekeeper, wake: Wake): Marks {
  let last = time.reading();
  let cancel = (): void => undefined;
  const mark = (why: Mark['why'], more: Pick<Mark, 'fix'> = {}): void => {
    last = time.reading();
    // Read again inside the transaction, so that the order written down is the order that was. A mark that cannot be
    // stored widens a bound later; nothing else depends on it.
    const read = (): Mark => ({ ...markOf(time.reading(), why), ...more });
    void storage.mark(read, KEEP_MARKS).catch(() => undefined);
  };
  const jumped = (): boolean => {
    const now = time.reading();
    return Math.abs(now.wall - last.wall - (now.mono - last.mono)) > JUMP_MS;
  };
  const tick = (): void => {
    mark(jumped() ? 'wake' : 'minute');
    cancel = wake.after(MINUTE, tick);
  };
  const endWake = wake.onWake(() => mark('wake'));
  tick();
  return {
    keepFix: (fix) => mark('fix', { fix }),
    end() {
      cancel();
      endWake();
    },
  };
}
