import { expect, test } from 'vitest';

import { fakeRandom } from '../device/fake-random.ts';
import { systemRandom } from '../device/random.ts';
import { createPasswords } from './passwords.ts';

const CHEAP = { logN: 10, r: 8, p: 1 };

test('the right password opens, a wrong one does not, and nobody has an empty account', async () => {
  const { hash, check } = createPasswords(systemRandom, CHEAP);
  const stored = await hash('晨光-7 Dämmerung');
  expect(await check('晨光-7 Dämmerung', stored)).toBe(true);
  expect(await check('晨光-7 dämmerung', stored)).toBe(false);
  expect(await check('', null)).toBe(false);
});

test('what is stored names its cost, so that a later server can still read it', async () => {
  const stored = await createPasswords(fakeRandom('salt'), CHEAP).hash('password');
  expect(stored).toMatch(/^scrypt\$10\$8\$1\$/);
  expect(stored).not.toContain('password');
  const later = createPasswords(fakeRandom('salt'), { ...CHEAP, logN: 11 });
  expect(await later.check('password', stored)).toBe(true);
});

test('two people with one password have nothing in common', async () => {
  const { hash } = createPasswords(fakeRandom('salts'), CHEAP);
  expect(await hash('same')).not.toBe(await hash('same'));
});

test('a damaged entry is a defect, not an open door', async () => {
  await expect(createPasswords(fakeRandom('x'), CHEAP).check('any', 'scrypt$10$8$1$$')).rejects.toThrow('damaged');
});

test('a flood is told to come back instead of filling the line', async () => {
  const { check } = createPasswords(fakeRandom('flood'), CHEAP);
  const answers = await Promise.all(Array.from({ length: 100 }, () => check('guess', null)));
  expect(answers.filter((answer) => answer === 'busy')).toHaveLength(100 - 34);
  expect(await check('guess', null)).toBe(false);
});
