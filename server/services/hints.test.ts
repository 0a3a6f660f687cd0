import { expect, test } from 'vitest';

import { asDeviceId, eventId, type WriterId } from '#shared/ids.ts';
import type { Hint } from '#shared/sync/protocol.ts';

import { createHints } from './hints.ts';

const device = (n: number) => asDeviceId(eventId('A7K' as WriterId, n));

function aDesk(alive: (token: string) => boolean = () => true) {
  const hints = createHints({ clock: () => 1_000, head: 7, alive: (token) => Promise.resolve(alive(token)) });
  const listen = (token: string, at = device(1), form: 'tablet' | 'desk' = 'desk') => {
    const heard: (Hint | 'end')[] = [];
    let reads = true;
    const to = { send: (hint: Hint) => reads && heard.push(hint) > 0, end: () => void heard.push('end') };
    const stop = hints.listen({ device: at, form, token }, to);
    return {
      heard,
      stop,
      stopsReading: () => {
        reads = false;
      },
    };
  };
  return { hints, listen };
}

test('I21 whoever listens is told at once, on each commit, and every ten seconds as data', async () => {
  const { hints, listen } = aDesk();
  const { heard } = listen('t');
  hints.announce(8);
  for (let second = 0; second < 20; second += 1) await hints.beat();
  expect(heard.map((hint) => hint !== 'end' && hint.head)).toEqual([7, 8, 8, 8]);
});

test('that a crew was heard is told to desks, many such news at once', async () => {
  const { hints, listen } = aDesk();
  const [desk, tablet] = [listen('a'), listen('b', device(2), 'tablet')];
  hints.announceLive();
  hints.announceLive();
  for (let second = 0; second < 6; second += 1) await hints.beat();
  expect(desk.heard.map((hint) => hint !== 'end' && hint.live)).toEqual([undefined, true]);
  expect(tablet.heard).toHaveLength(1);
});

test('a head that is no news is not told again, and never goes back', () => {
  const { hints, listen } = aDesk();
  const { heard } = listen('t');
  hints.announce(7);
  hints.announce(3);
  expect(heard).toHaveLength(1);
});

test('a stream ends with its session, within seconds and at once on signing out', async () => {
  const open = new Set(['a', 'b']);
  const { hints, listen } = aDesk((token) => open.has(token));
  const [a, b] = [listen('a'), listen('b')];
  hints.endSession('a');
  expect(a.heard.at(-1)).toBe('end');
  open.delete('b');
  for (let second = 0; second < 3; second += 1) await hints.beat();
  expect(b.heard.at(-1)).toBe('end');
  expect(hints.count()).toBe(0);
});

test('who leaves is forgotten, who stops reading is let go', () => {
  const { hints, listen } = aDesk();
  const gone = listen('a');
  const stuck = listen('b');
  if (gone.stop.ok) gone.stop.value();
  stuck.stopsReading();
  hints.announce(9);
  expect(gone.heard).toHaveLength(1);
  expect(stuck.heard.at(-1)).toBe('end');
  expect(hints.count()).toBe(0);
});

test('a device has four streams at most: the oldest gives way', () => {
  const { hints, listen } = aDesk();
  const streams = Array.from({ length: 6 }, (_, at) => listen(`t${at}`));
  expect(streams.map(({ heard }) => heard.at(-1) === 'end')).toEqual([true, true, false, false, false, false]);
  expect(hints.count()).toBe(4);
});

test('the number of listeners is bounded', () => {
  const { hints, listen } = aDesk();
  const refused = Array.from({ length: 5_001 }, (_, at) => listen(`t${at}`, device(at + 1))).filter(
    ({ stop }) => !stop.ok,
  );
  expect(refused).toHaveLength(1);
  expect(hints.count()).toBe(5_000);
});
