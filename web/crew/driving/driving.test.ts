import { expect, test } from 'vitest';

import type { Fix } from '../../read/client-context.ts';
import { afterFix, AT_REST, type Motion } from './driving.ts';

const DEGREE_M = 111_195;

/** A fix each second at a speed, as the device says it or (without) as the places tell. */
function drive(
  from: Motion,
  speeds: readonly number[],
  options: { readonly told: boolean; readonly acc?: number },
): Motion {
  let motion = from;
  let lat = motion.last?.lat ?? 25;
  let at = motion.last?.at ?? 0;
  for (const speed of speeds) {
    lat += speed / DEGREE_M;
    at += 1_000;
    const fix: Fix = { lat, lon: 121, at, acc: options.acc ?? 0, ...(options.told ? { speed } : {}) };
    motion = afterFix(motion, fix);
  }
  return motion;
}

const seconds = (n: number, speed: number): number[] => Array.from({ length: n }, () => speed);

test.each([true, false])('ten seconds above 10 km/h are driving, nine are not (speed told: %s)', (told) => {
  expect(drive(AT_REST, seconds(9, 8), { told }).driving).toBe(false);
  expect(drive(AT_REST, seconds(12, 8), { told }).driving).toBe(true);
});

test('a red light does not end it, half a minute of standing does', () => {
  const moving = drive(AT_REST, seconds(15, 12), { told: true });
  const light = drive(moving, seconds(20, 0), { told: true });
  expect(light.driving).toBe(true);
  expect(drive(drive(light, seconds(5, 12), { told: true }), seconds(25, 0), { told: true }).driving).toBe(true);
  expect(drive(light, seconds(12, 0), { told: true }).driving).toBe(false);
});

test('walking, and a fix that jumps within its own uncertainty, is not driving', () => {
  expect(drive(AT_REST, seconds(60, 1.5), { told: false }).driving).toBe(false);
  expect(drive(AT_REST, seconds(60, 8), { told: false, acc: 40 }).driving).toBe(false);
});

test('without a position nobody is driving', () => {
  const moving = drive(AT_REST, seconds(15, 12), { told: true });
  expect(afterFix(moving, null)).toEqual(AT_REST);
});
