import { signal } from '@preact/signals';
import { expect, test, vi } from 'vitest';

import type { Session } from '#shared/api/session.ts';
import { asDeviceId, eventId } from '#shared/ids.ts';

import { writer } from '../../test/builders.ts';
import { SESSION } from '../../test/crew/fake-client.ts';
import { createFakeLock } from '../../test/crew/fake-lock.ts';

const PIN = '2468';

function locked(afterMin = 0) {
  const session = signal<Session | null>(SESSION);
  const clock = { ms: 1_000_000 };
  const lock = createFakeLock(session, { pin: PIN, now: () => clock.ms });
  if (afterMin > 0) lock.lockAfter(afterMin);
  return { session, clock, lock };
}

test('a tablet without a PIN never locks', () => {
  const lock = createFakeLock(signal<Session | null>(SESSION));
  lock.lockNow();
  expect([lock.hasPin.value, lock.locked.value]).toEqual([false, false]);
});

test('with a PIN the page begins locked; the right one opens it, another does not', async () => {
  const { lock } = locked();
  expect(lock.locked.value).toBe(true);
  expect(await lock.unlock('2469')).toBe(false);
  expect([lock.locked.value, lock.left.value]).toEqual([true, 4]);
  expect(await lock.unlock(PIN)).toBe(true);
  expect([lock.locked.value, lock.left.value]).toEqual([false, 5]);
});

test('after five wrong tries none is taken for a minute, not even the right one; then it goes on', async () => {
  const { lock, clock } = locked();
  for (let tries = 0; tries < 5; tries += 1) await lock.unlock('0000');
  expect(lock.waitMs()).toBe(60_000);
  expect(await lock.unlock(PIN)).toBe(false);
  clock.ms += 59_000;
  expect(await lock.unlock(PIN)).toBe(false);
  clock.ms += 1_000;
  expect(await lock.unlock(PIN)).toBe(true);
});

test('a clock that is set back does not make the wait longer', async () => {
  const { lock, clock } = locked();
  for (let tries = 0; tries < 5; tries += 1) await lock.unlock('0000');
  clock.ms -= 3_600_000;
  expect(lock.waitMs()).toBe(60_000);
});

test('a try is written down before it is checked', async () => {
  const seen: (number | undefined)[] = [];
  const lock = createFakeLock(signal<Session | null>(SESSION), {
    pin: PIN,
    hashing: (kept) => seen.push(kept?.wrong),
  });
  await lock.unlock('0000');
  await lock.unlock('1111');
  expect(seen).toEqual([1, 2]);
});

test('it locks when nobody has touched it for so long, and the touch that wakes it does not keep it open', async () => {
  const { lock, clock } = locked(5);
  await lock.unlock(PIN);
  clock.ms += 4 * 60_000;
  lock.touched();
  clock.ms += 4 * 60_000;
  lock.look();
  expect(lock.locked.value).toBe(false);
  clock.ms += 60_000;
  lock.touched();
  expect(lock.locked.value).toBe(true);
});

test('by itself it never locks unless somebody chose so', async () => {
  const { lock, clock } = locked();
  await lock.unlock(PIN);
  clock.ms += 24 * 3_600_000;
  lock.look();
  expect(lock.locked.value).toBe(false);
});

test('a new enrolment opens the tablet and forgets the PIN; the same one again does not', async () => {
  const { lock, session } = locked();
  session.value = { ...SESSION, person: { ...SESSION.person, name: '陈工' } };
  expect(lock.locked.value).toBe(true);
  session.value = null;
  expect(lock.locked.value).toBe(true);
  session.value = { ...SESSION, device: asDeviceId(eventId(writer('DEV'), 2)) };
  expect([lock.locked.value, lock.hasPin.value]).toEqual([false, false]);
  await vi.waitFor(() => expect(lock.kept()).toBeNull());
});

test('what is kept is a salt and a hash, not the PIN, and a new PIN takes the place of the old one', async () => {
  const { lock } = locked();
  await lock.unlock(PIN);
  await lock.setPin('135790');
  lock.lockNow();
  expect(await lock.unlock(PIN)).toBe(false);
  expect(await lock.unlock('135790')).toBe(true);
  await lock.removePin();
  lock.lockNow();
  expect([lock.hasPin.value, lock.locked.value]).toEqual([false, false]);
});
