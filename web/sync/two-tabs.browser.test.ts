import { expect, test } from 'vitest';

import { startEngine, type Engine } from '#shared/engine/engine.ts';
import type { Ports } from '#shared/engine/ports.ts';
import type { OrderId } from '#shared/ids.ts';
import { must } from '#shared/result.ts';

import { FakeServer } from '../../test/engine/fake-server.ts';
import { arrived, deskRecords, dispatchedOrder, noted } from '../../test/engine/given-orders.ts';
import { createClock } from '../device/clock.ts';
import { createLocks } from '../device/locks.ts';
import { createRandom, hexOf, randomBytes } from '../device/random.ts';
import { createCacheStorage } from '../storage/cache.ts';
import { createOutboxStorage } from '../storage/outbox.ts';
import { createTabBus } from './tab-bus.ts';

const within = { timeout: 10_000, interval: 20 };

/** One tab of an app: its own engine over the origin's shared storage, locks and channel. */
function openTab(name: string, server: FakeServer): Promise<Engine> {
  const ports: Ports = {
    outbox: createOutboxStorage({ name: `${name}-outbox`, ballast: 0, random: randomBytes }),
    cache: createCacheStorage(`${name}-cache`),
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
    locks: createLocks(`${name}-`),
    bus: createTabBus(name),
    mirror: { read: () => null, write: () => undefined },
    random: createRandom(),
  };
  return startEngine(ports, { app: 'test', fix: () => undefined });
}

const stageIn = (tab: Engine, order: OrderId) => () => tab.order(order)?.order.stage;

async function twoTabs() {
  const name = `tabs-${hexOf(6)}`;
  const server = new FakeServer(Date.now);
  const order = dispatchedOrder(server);
  const one = await openTab(name, server);
  const two = await openTab(name, server);
  must(await one.enrol('ABCD-2345'));
  await expect.poll(stageIn(two, order), within).toBe('dispatched');
  return { server, order, one, two };
}

test('I16 two tabs show the same, whichever of them one taps in, and only one talks to the server', async () => {
  const { server, order, one, two } = await twoTabs();
  must(await two.submit(order, arrived));
  await expect.poll(stageIn(one, order), within).toBe('arrived');
  await expect.poll(() => two.status(), within).toMatchObject({ waiting: 0 });
  expect(new Set(server.requests.map((request) => request.clock.page)).size).toBe(1);

  deskRecords(server, order, noted('from the desk'));
  two.syncNow();
  await expect.poll(() => two.order(order)?.events.length, within).toBe(4);
  await Promise.all([one.stop(), two.stop()]);
});

test('I16 when the tab that talked is gone the other one goes on', async () => {
  const { server, order, one, two } = await twoTabs();
  await one.stop();
  must(await two.submit(order, arrived));
  await expect.poll(() => server.log.length, within).toBe(3);
  await expect.poll(() => two.status(), within).toMatchObject({ waiting: 0, state: 'idle' });
  await two.stop();
});

test('I3 taps in two tabs at once get numbers of their own', async () => {
  const { server, order, one, two } = await twoTabs();
  const taps = Array.from({ length: 10 }, (_, index) => (index % 2 ? one : two).submit(order, noted(`n${index}`)));
  const ids = (await Promise.all(taps)).map(must);
  expect(new Set(ids).size).toBe(10);
  await expect.poll(() => server.log.length, within).toBe(12);
  await Promise.all([one.stop(), two.stop()]);
});
