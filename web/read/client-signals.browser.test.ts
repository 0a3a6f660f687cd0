import { effect } from '@preact/signals';
import { afterEach, expect, test } from 'vitest';

import { startEngine, type Engine } from '#shared/engine/engine.ts';
import { createMemoryCache, createMemoryOutbox } from '#shared/engine/memory-storage.ts';
import { must } from '#shared/result.ts';

import { FakeServer } from '../../test/engine/fake-server.ts';
import { createClock } from '../device/clock.ts';
import { createRandom } from '../device/random.ts';
import { createClientSignals } from './client-signals.ts';

const AHEAD_MS = 23 * 60_000;
const TICK_MS = 10_000;

let engine: Engine | undefined;
afterEach(() => engine?.stop());

test('the clock is right as soon as the server has told the time, on a machine that is 23 minutes behind', async () => {
  const server = new FakeServer(() => Date.now() + AHEAD_MS);
  engine = await startEngine(
    {
      outbox: createMemoryOutbox(),
      cache: createMemoryCache(),
      transport: { sync: server.sync, ask: server.ask },
      clock: createClock(),
      wake: {
        after(ms, run) {
          const timer = window.setTimeout(run, ms);
          return () => clearTimeout(timer);
        },
        onWake: () => () => undefined,
        onHint: () => () => undefined,
      },
      locks: { hold: (_name, work) => work() },
      bus: { post: () => undefined, listen: () => () => undefined },
      mirror: { read: () => null, write: () => undefined },
      random: createRandom(),
    },
    { app: 'test', fix: () => undefined },
  );
  const signals = createClientSignals(engine);
  const shown: { readonly clock: number; readonly seconds: number; readonly last: number }[] = [];
  const stopLooking = effect(() => {
    const { lastSuccessAt: last } = signals.status.value;
    const [clock, seconds] = [signals.now.value, signals.seconds.value];
    if (last !== null) shown.push({ clock, seconds, last });
  });
  must(await engine.enrol('ABCD-2345'));
  await expect.poll(() => shown.length).toBeGreaterThan(0);
  stopLooking();
  const apart = shown.flatMap(({ clock, seconds, last }) => [Math.abs(clock - last), Math.abs(seconds - last)]);
  expect(Math.max(...apart)).toBeLessThanOrEqual(TICK_MS);
  expect(Math.abs(signals.now.value - Date.now() - AHEAD_MS)).toBeLessThanOrEqual(TICK_MS);
});
