import { signal } from '@preact/signals';
import { expect, test, vi } from 'vitest';

import type { Session } from '#shared/api/session.ts';
import { asDeviceId, eventId, type PersonId } from '#shared/ids.ts';

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

const OTHER = { id: 'PRS-3' as PersonId, name: '李师傅', role: 'crew' } as const;
const TWO: Session = { ...SESSION, people: [SESSION.person, OTHER] };

/** Two people on one tablet; each may have a PIN. */
function shared(pins: { readonly own?: string; readonly other?: string }) {
  const session = signal<Session | null>(TWO);
  const lock = createFakeLock(session, {
    pin: pins.own,
    pins: pins.other === undefined ? {} : { [OTHER.id]: pins.other },
    act: (id) => (session.value = { ...TWO, person: id === OTHER.id ? OTHER : SESSION.person }),
  });
  return { session, lock, who: () => session.value?.person.name };
}

test('another one takes over with their own PIN, never with that of whoever is here', async () => {
  const { lock, who } = shared({ own: PIN, other: '1357' });
  await lock.unlock(PIN);
  lock.change(OTHER.id);
  expect([lock.locked.value, lock.asks.value, who()]).toEqual([true, OTHER.id, '陈师傅']);
  expect([await lock.unlock(PIN), who()]).toEqual([false, '陈师傅']);
  expect([await lock.unlock('1357'), lock.locked.value, who()]).toEqual([true, false, '李师傅']);
  lock.lockNow();
  expect([await lock.unlock(PIN), await lock.unlock('1357')]).toEqual([false, true]);
  lock.change(SESSION.person.id);
  expect([await lock.unlock(PIN), who()]).toEqual([true, '陈师傅']);
});

test('each counts their own wrong tries', async () => {
  const { lock } = shared({ own: PIN, other: '1357' });
  for (let tries = 0; tries < 5; tries += 1) await lock.unlock('0000');
  expect(lock.waitMs()).toBe(60_000);
  lock.change(OTHER.id);
  expect([lock.waitMs(), lock.left.value]).toEqual([0, 5]);
  expect(await lock.unlock('1357')).toBe(true);
});

test('who has no PIN comes in while the tablet is open, and not past the PIN of another', async () => {
  const { lock, who } = shared({ own: PIN });
  lock.change(OTHER.id);
  expect([lock.locked.value, who()]).toEqual([true, '陈师傅']);
  await lock.unlock(PIN);
  lock.change(OTHER.id);
  expect([lock.locked.value, lock.hasPin.value, who()]).toEqual([false, false, '李师傅']);
  // Wanted by mistake: back without anybody's PIN.
  lock.change(SESSION.person.id);
  expect(lock.locked.value).toBe(true);
  lock.change(OTHER.id);
  expect([lock.locked.value, who()]).toEqual([false, '李师傅']);
});

test('somebody who comes in by a code is not kept out by the PIN of others, which stays', async () => {
  const { lock, session, who } = shared({ own: PIN });
  expect(lock.locked.value).toBe(true);
  session.value = { ...TWO, person: OTHER };
  expect(lock.locked.value).toBe(false);
  expect(await lock.setPin('1357')).toBe(true);
  lock.lockNow();
  lock.change(SESSION.person.id);
  expect([await lock.unlock('1357'), await lock.unlock(PIN), who()]).toEqual([false, true, '陈师傅']);
});
