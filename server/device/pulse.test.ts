import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';

import { startPulse } from './pulse.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
afterEach(() => void vi.useRealTimers());

/** What was done when, ms since the start. `next`: what each look says, then nothing any more. */
function pulse(next: readonly (number | null)[] = []) {
  const waits = [...next];
  const did: string[] = [];
  const start = performance.now();
  const at = (what: string): void => void did.push(`${what} ${Math.round(performance.now() - start)}`);
  const errors: unknown[] = [];
  const running = startPulse({
    beat: () => Promise.resolve(at('beat')),
    look: () => {
      at('look');
      return Promise.resolve(waits.shift() ?? null);
    },
    onError: (error) => void errors.push(error),
  });
  onTestFinished(() => running.stop());
  return { did, errors, running };
}

describe('a pulse', () => {
  test('beats at once and then each second', async () => {
    const { did } = pulse();
    await vi.advanceTimersByTimeAsync(2_500);
    expect(did.filter((what) => what.startsWith('beat'))).toEqual(['beat 0', 'beat 1000', 'beat 2000']);
  });

  test('looks when the next thing is due, and at what is due soon together', async () => {
    const { did } = pulse([320, 1, 7, -5]);
    await vi.advanceTimersByTimeAsync(990);
    expect(did).toEqual(['beat 0', 'look 0', 'look 320', 'look 370', 'look 420', 'look 470']);
  });

  test('waits no longer than a second for something far away', async () => {
    const { did } = pulse([3_600_000, 3_600_000]);
    await vi.advanceTimersByTimeAsync(1_100);
    expect(did).toEqual(['beat 0', 'look 0', 'beat 1000', 'look 1000']);
  });

  test('does nothing any more when it is stopped', async () => {
    const { did, running } = pulse([10, 10, 10]);
    await running.stop();
    await vi.advanceTimersByTimeAsync(3_000);
    expect(did).toEqual(['beat 0', 'look 0']);
  });

  test('goes on after a failure of either', async () => {
    const errors: string[] = [];
    let looks = 0;
    const failing = (what: string) => (): Promise<never> => Promise.reject(new Error(what));
    const running = startPulse({
      beat: failing('beat'),
      look: () => {
        looks += 1;
        return failing('look')();
      },
      onError: (error) => void errors.push(error instanceof Error ? error.message : 'other'),
    });
    onTestFinished(() => running.stop());
    await vi.advanceTimersByTimeAsync(1_100);
    expect(errors).toEqual(['beat', 'look', 'beat', 'look']);
    expect(looks).toBe(2);
  });

  test('a slow beat is not doubled, nor made up for', async () => {
    const did: number[] = [];
    const running = startPulse({
      beat: () => {
        did.push(performance.now());
        return new Promise((resolve) => {
          setTimeout(resolve, 3_300);
        });
      },
      look: () => Promise.resolve(null),
      onError: () => {},
    });
    await vi.advanceTimersByTimeAsync(7_000);
    expect(did.slice(1).map((at) => Math.round(at - did[0]!))).toEqual([3_350, 6_700]);
    const stopped = running.stop();
    await vi.advanceTimersByTimeAsync(4_000);
    await stopped;
  });
});
