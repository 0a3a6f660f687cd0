import { expect, test } from 'vitest';

import { fakeClock } from '../device/fake-clock.ts';
import { createTries } from './tries.ts';

const MINUTE = 60_000;
const many = (times: number, work: () => boolean) => Array.from({ length: times }, work).filter(Boolean).length;

test('ten guesses in fifteen minutes, however many at once, and ten more after them', () => {
  const clock = fakeClock(0);
  const tries = createTries(clock);
  expect(many(500, () => tries.take(['name anna']))).toBe(10);
  clock.advance(15 * MINUTE);
  expect(many(500, () => tries.take(['name anna']))).toBe(10);
});

test('the window slides: guesses at its end still count after it would have begun anew', () => {
  const clock = fakeClock(0);
  const tries = createTries(clock);
  clock.advance(14 * MINUTE);
  expect(many(10, () => tries.take(['a']))).toBe(10);
  clock.advance(2 * MINUTE);
  expect(tries.take(['a'])).toBe(false);
});

test('one full key is enough to refuse, and a refusal costs the others nothing', () => {
  const tries = createTries(fakeClock(0));
  many(10, () => tries.take(['address 1']));
  expect(many(50, () => tries.take(['address 1', 'name anna']))).toBe(0);
  expect(many(50, () => tries.take(['address 2', 'name anna']))).toBe(10);
});

test('people who know their password are not counted', () => {
  const tries = createTries(fakeClock(0));
  for (let shift = 0; shift < 100; shift += 1) {
    expect(tries.take(['address'])).toBe(true);
    tries.giveBack(['address']);
  }
});

test('inventing ever new names does not make old guesses forgotten', () => {
  const clock = fakeClock(0);
  const tries = createTries(clock);
  many(10, () => tries.take(['name anna']));
  for (let name = 0; name < 60_000; name += 1) tries.take([`invented ${name}`]);
  expect(tries.take(['name anna'])).toBe(false);
  expect(tries.take(['name bert'])).toBe(false);
  clock.advance(15 * MINUTE);
  expect(tries.take(['name bert'])).toBe(true);
});
