import { expect, test } from 'vitest';

import { createMemoryCache, createMemoryOutbox } from '#shared/engine/memory-storage.ts';
import { createOutbox } from '#shared/engine/outbox.ts';
import { createReadModel } from '#shared/engine/read-model.ts';
import type { LoggedEvent } from '#shared/event/envelope.ts';
import { orderSubject, type Subject } from '#shared/ids.ts';

import { FakeServer } from './fake-server.ts';
import { deskRecords, dispatchedOrder, noted } from './given-orders.ts';

const ORDERS = 10_000;

/** The live work set of a stormy night: 10,000 orders of ten events. */
async function aFullModel() {
  const server = new FakeServer(() => 1_795_248_000_000);
  for (let index = 0; index < ORDERS; index += 1) {
    const order = dispatchedOrder(server);
    for (let note = 0; note < 8; note += 1) deskRecords(server, order, noted(`note ${note}`));
  }
  const bySubject = new Map<Subject, LoggedEvent[]>();
  for (const one of server.log) {
    const list = bySubject.get(one.event.subject);
    if (list) list.push(one);
    else bySubject.set(one.event.subject, [one]);
  }
  const records = [...bySubject].map(([subject, events]) => ({ subject, events, drop: null }));
  const model = createReadModel(createOutbox(createMemoryOutbox()));
  model.load({ ...(await createMemoryCache().load()), records });
  return { server, model, records };
}

test('10,000 orders: a page of news folds what it changes, not everything', async () => {
  const { server, model, records } = await aFullModel();
  const before = model.orders();
  expect(before).toHaveLength(ORDERS);

  const changed = records[7]!;
  const order = before.find((view) => orderSubject(view.order.id) === changed.subject)!.order.id;
  deskRecords(server, order, noted('new'));
  const events = [...changed.events, server.log.at(-1)!];
  model.apply({ clear: false, put: [{ ...changed, events }], remove: [], staged: null, meta: {} });

  const after = model.orders();
  const same = after.filter((view, index) => view === before[index]).length;
  expect(same).toBe(ORDERS - 1);
  expect(model.order(order)?.events).toHaveLength(11);
}, 30_000);
