import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { at } from '../../test/builders.ts';
import { fakeMachine, type FakeMachine } from './fake-machine.ts';
import { createGuardedClock, JUMP_MS, type Anchor, type GuardedClock } from './guarded-clock.ts';

const HOUR = 3_600_000;
const START = at('12:00');

function running(start = START) {
  const machine = fakeMachine(start);
  return { machine, clock: createGuardedClock(machine, null) };
}

const error = (machine: FakeMachine, clock: GuardedClock): number => clock.now() - machine.trueTime();

describe('a clock that jumps', () => {
  test.each([HOUR, -HOUR, 2_500, -2_500])('by %i ms is held, and goes on as time does', (by) => {
    const { machine, clock } = running();
    machine.pass(1_000);
    machine.set(by);
    expect(error(machine, clock)).toBe(0);
    machine.pass(10 * 60_000);
    expect(error(machine, clock)).toBe(0);
    expect(clock.jump()).toEqual({ by, since: START + 1_000 });
  });

  test('and comes back by itself is no jump any more', () => {
    const { machine, clock } = running();
    machine.set(HOUR);
    expect(clock.jump()).not.toBeNull();
    machine.pass(60_000);
    machine.set(-HOUR);
    expect(clock.jump()).toBeNull();
    expect(error(machine, clock)).toBe(0);
  });

  test('is followed from when a person accepts it, forward and back', () => {
    for (const by of [HOUR, -HOUR]) {
      const { machine, clock } = running();
      machine.set(by);
      machine.pass(60_000);
      expect(clock.accept(by)).toBe(true);
      expect(clock.jump()).toBeNull();
      expect(clock.now()).toBe(machine.wall());
    }
  });

  test('is not accepted in place of another one, nor where there is none', () => {
    const { machine, clock } = running();
    expect(clock.accept(0)).toBe(false);
    machine.set(HOUR);
    expect(clock.accept(-HOUR)).toBe(false);
    expect(clock.accept(HOUR - JUMP_MS - 1)).toBe(false);
    expect(error(machine, clock)).toBe(0);
  });
});

describe('a clock that is corrected', () => {
  test.each([1_900, -1_900])('by %i ms is followed slowly, and never stands still', (by) => {
    const { machine, clock } = running();
    machine.set(by);
    const readings = Array.from({ length: 300 }, () => {
      machine.pass(1_000);
      return clock.now();
    });
    expect(clock.jump()).toBeNull();
    expect(error(machine, clock)).toBe(by);
    const steps = readings.slice(1).map((now, index) => now - readings[index]!);
    expect(Math.min(...steps)).toBeGreaterThanOrEqual(989);
    expect(Math.max(...steps)).toBeLessThanOrEqual(1_011);
  });

  test('again and again, faster than it can be followed, has jumped', () => {
    const { machine, clock } = running();
    for (let step = 0; step < 10; step += 1) {
      machine.pass(1_000);
      machine.set(500);
      clock.now();
    }
    expect(clock.jump()).not.toBeNull();
  });
});

describe('the machine', () => {
  test('slept: both clocks agree that time went on', () => {
    const { machine, clock } = running();
    machine.sleep(8 * HOUR);
    expect(Math.abs(error(machine, clock))).toBeLessThanOrEqual(10);
    expect(clock.jump()).toBeNull();
  });

  test('gives the process a false monotonic clock: the coarse one holds', () => {
    for (const by of [HOUR, -HOUR]) {
      const { machine, clock } = running();
      machine.fake(by);
      machine.set(by);
      machine.pass(90_000);
      expect(Math.abs(error(machine, clock))).toBeLessThanOrEqual(10);
      expect(clock.jump()?.by).toBeCloseTo(by, -2);
    }
  });
});

describe('the next process', () => {
  const kill = (machine: FakeMachine, last: Anchor): GuardedClock => createGuardedClock(machine, last);

  test('on the same run of the machine goes on in the middle of a jump', () => {
    const { machine, clock } = running();
    machine.set(HOUR);
    const last = clock.anchor();
    machine.pass(7_000);
    const next = kill(machine, last);
    expect(next.continued).toBe(true);
    expect(error(machine, next)).toBe(0);
    expect(next.jump()?.by).toBe(HOUR);
  });

  test('and all after it never run ahead, however coarse the clock that counts through sleep', () => {
    const { machine, clock } = running();
    machine.set(HOUR);
    let [next, last] = [clock, clock.anchor()];
    for (let kills = 0; kills < 300; kills += 1) {
      machine.pass(1_234.567);
      last = next.anchor();
      machine.pass(777.9);
      next = kill(machine, last);
    }
    expect(error(machine, next)).toBeLessThanOrEqual(0);
    expect(error(machine, next)).toBeGreaterThan(-2);
  });

  test('after a reboot believes the clock, but never one before what was', () => {
    const { machine, clock } = running();
    machine.pass(60_000);
    const last = clock.anchor();
    machine.reboot(120_000);
    expect(error(machine, kill(machine, last))).toBe(0);
    machine.set(-HOUR);
    const next = kill(machine, last);
    expect(next.continued).toBe(false);
    expect(next.now()).toBe(last.at);
    expect(next.jump()?.by).toBe(120_000 - HOUR);
    next.notBefore(last.at + 1_500);
    expect(next.now()).toBe(last.at + 1_500);
  });

  test('in a container that counts its own uptime knows that it began anew', () => {
    const { machine, clock } = running();
    const last = clock.anchor();
    machine.pass(10 * 60_000);
    // Down for a while, and up again for longer than it had been before.
    const contained = { ...machine, boot: machine.boot, up: () => 9_000 };
    expect(createGuardedClock(contained, last).continued).toBe(false);
  });

  test('on a machine that does not name its runs counts as after a reboot', () => {
    const { machine, clock } = running();
    const last = { ...clock.anchor(), boot: null };
    expect(createGuardedClock({ ...machine, boot: null }, last).continued).toBe(false);
  });
});

describe('whatever happens', () => {
  type Step = { readonly does: 'pass' | 'sleep' | 'set' | 'fake' | 'kill'; readonly ms: number };
  const steps: fc.Arbitrary<Step[]> = fc.array(
    fc.oneof(
      fc.record({ does: fc.constantFrom('pass' as const, 'sleep' as const), ms: fc.integer({ min: 0, max: HOUR }) }),
      fc.record({
        does: fc.constantFrom('set' as const, 'fake' as const),
        ms: fc.oneof(fc.integer({ min: -2 * HOUR, max: 2 * HOUR }), fc.integer({ min: -3_000, max: 3_000 })),
      }),
      fc.record({ does: fc.constant('kill' as const), ms: fc.integer({ min: 0, max: 10_000 }) }),
    ),
    { maxLength: 30 },
  );

  /** Plays it and gives the first thing that is wrong, or null. `make`: the clock under test, or a control. */
  function play(script: readonly Step[], make: typeof createGuardedClock): string | null {
    const machine = fakeMachine(START);
    let clock = make(machine, null);
    let before = clock.now();
    let small = 0;
    for (const { does, ms } of script) {
      if (does === 'kill') {
        const last = clock.anchor();
        machine.pass(ms);
        clock = make(machine, last);
      } else machine[does](ms);
      if (does === 'set' && Math.abs(ms) <= JUMP_MS) small += Math.abs(ms);
      // Two coarse looks a step, and what the fine clock may lose before anybody notices.
      const allowed = JUMP_MS + small + script.length * 1_520;
      const now = clock.now();
      if (now < before - (does === 'kill' ? 20 : 0)) return `ran back by ${before - now} ms after ${does} ${ms}`;
      if (Math.abs(now - machine.trueTime()) > allowed) return `wrong by ${now - machine.trueTime()} ms`;
      const off = Math.abs(machine.wall() - now);
      if (off > JUMP_MS + 1 && clock.jump() === null) return `says nothing of ${off} ms`;
      before = now;
    }
    return null;
  }

  test('server time stays true, never runs back while a process lives, and every jump is told', () => {
    const holds = fc.property(steps, (script) => {
      expect(play(script, createGuardedClock)).toBeNull();
    });
    fc.assert(holds, { numRuns: 5_000 });
  });

  test.each<[string, typeof createGuardedClock]>([
    ['the wall clock alone', (readings) => stand(() => readings.wall(), readings)],
    ['the fine clock alone', (readings) => stand(() => START + readings.awake() - 5_000, readings)],
    ['a guard that a restart forgets', (readings) => createGuardedClock(readings, null)],
  ])('control: %s is caught', (_, make) => {
    const found = fc.check(
      fc.property(steps, (script) => play(script, make) === null),
      { numRuns: 2_000, seed: 1 },
    );
    expect(found.failed).toBe(true);
  });

  function stand(now: () => number, readings: Parameters<typeof createGuardedClock>[0]): GuardedClock {
    const anchor = (): Anchor => ({ boot: readings.boot, up: readings.up(), awake: readings.awake(), at: now() });
    return { now, jump: () => null, accept: () => false, notBefore: () => {}, anchor, continued: false };
  }
});
