import { setImmediate } from 'node:timers/promises';

import { expect, test } from 'vitest';

import { createAdmission } from './admission.ts';

const LIMITS = { places: 4, kept: 1, line: 20 };

/** Works that end when they are told to, in the order in which they began. */
function aServer() {
  const admission = createAdmission(LIMITS);
  const begun: string[] = [];
  const ends: (() => void)[] = [];
  const come = (form: 'tablet' | 'desk', name: string) =>
    admission.admit(form, () => {
      begun.push(name);
      return new Promise<string>((resolve) => {
        ends.push(() => resolve(name));
      });
    });
  const end = async (): Promise<void> => {
    ends.shift()?.();
    await setImmediate();
    await setImmediate();
  };
  return { admission, begun, ends, come, end };
}

const names = (form: string, count: number): string[] => Array.from({ length: count }, (_, index) => `${form}${index}`);

test('tablets that come back at once take all places but the one that is kept for desks', async () => {
  const { begun, come } = aServer();
  for (const name of names('tablet', 10)) void come('tablet', name);
  await setImmediate();
  expect(begun).toEqual(names('tablet', 3));
  void come('desk', 'desk0');
  await setImmediate();
  expect(begun).toEqual([...names('tablet', 3), 'desk0']);
});

test('whoever would wait too long is told at once; everybody who waits gets in', async () => {
  const { admission, begun, come, end } = aServer();
  const all = names('tablet', 30).map((name) => come('tablet', name));
  await setImmediate();
  expect(admission.waiting()).toBe(LIMITS.line);
  for (let count = 0; count < 30; count += 1) await end();
  const answers = await Promise.all(all);
  expect(answers.filter((answer) => !answer.ok)).toHaveLength(7);
  expect(begun).toEqual(names('tablet', 23));
  expect(admission.waiting()).toBe(0);
});

test('a desk goes before tablets that wait, but never starves them', async () => {
  const { begun, come, end } = aServer();
  for (const name of names('tablet', 6)) void come('tablet', name);
  for (const name of names('desk', 12)) void come('desk', name);
  await setImmediate();
  for (let count = 0; count < 18; count += 1) await end();
  expect(begun).toHaveLength(18);
  const later = begun.slice(4);
  expect(later.slice(0, 4).filter((name) => name.startsWith('desk')).length).toBeGreaterThanOrEqual(3);
  expect(later.indexOf('tablet3')).toBeLessThan(6);
});

test('a place is free again also after a work that failed', async () => {
  const admission = createAdmission({ places: 1, kept: 0, line: 5 });
  await expect(admission.admit('tablet', () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  expect(await admission.admit('tablet', () => Promise.resolve(7))).toEqual({ ok: true, value: 7 });
});
