import { expect, test } from 'vitest';

import type { WriterId } from '#shared/ids.ts';
import { LIMITS } from '#shared/sync/limits.ts';
import type { SyncRequest } from '#shared/sync/protocol.ts';

import { at } from '../../test/builders.ts';
import { provenUpTo } from './proven.ts';

const RECEIVED = at('14:40');

const request = (change: Partial<SyncRequest> = {}): SyncRequest => ({
  proto: 1,
  req: 'r',
  writer: 'A7K' as WriterId,
  app: 'test',
  cursor: null,
  pull: false,
  hiN: 3,
  openTaps: 0,
  parked: 0,
  clock: { wall: 0, mono: 0, page: 'p' },
  push: [],
  ...change,
});

/** Anchored `sinceMs` ago on the monotonic clock, at 14:30 server time. */
const clockAfter = (sinceMs: number, page = 'p') => {
  const anchor = { server: at('14:30'), wall: 0, mono: 1_000, page: 'p', halfTrip: 200 };
  return { wall: 0, mono: 1_000 + sinceMs, page, anchor };
};

test('I25 without a server time of its own a request is at the oldest one time-out old', () => {
  expect(provenUpTo(request(), RECEIVED, [])).toBe(RECEIVED - LIMITS.requestMs);
});

test('I25 a clock reading of the same page session shows that it is younger', () => {
  const clock = clockAfter(9 * 60_000 + 50_000);
  expect(provenUpTo(request({ clock }), RECEIVED, [])).toBe(at('14:39:50') - 200);
});

test('I25 another page session shows nothing, and no reading reaches past the receipt', () => {
  const other = clockAfter(9 * 60_000 + 50_000, 'other');
  expect(provenUpTo(request({ clock: other }), RECEIVED, [])).toBe(RECEIVED - LIMITS.requestMs);
  expect(provenUpTo(request({ clock: clockAfter(3_600_000) }), RECEIVED, [])).toBe(RECEIVED);
});

test('I25 missing numbers, an unanswered tap or something put aside leave the crew silent', () => {
  expect(provenUpTo(request(), RECEIVED, [[2, 2]])).toBeNull();
  expect(provenUpTo(request({ openTaps: 1 }), RECEIVED, [])).toBeNull();
  expect(provenUpTo(request({ parked: 1 }), RECEIVED, [])).toBeNull();
});
