import type { Draft } from '#shared/event/catalog.ts';
import type { Envelope } from '#shared/event/envelope.ts';
import { asOrderId, orderSubject, type EventId, type OrderId, type WriterId } from '#shared/ids.ts';

import { CREW, UNIT, type FakeServer } from './fake-server.ts';

const counters = new WeakMap<FakeServer, number>();

/** Something the desk recorded on the server. */
export function deskRecords(server: FakeServer, order: OrderId | 'new', draft: Draft): OrderId {
  const n = (counters.get(server) ?? 10) + 1;
  counters.set(server, n);
  const id = order === 'new' ? asOrderId(`DKR-${n}` as EventId) : order;
  const event: Envelope = {
    writer: 'DKR' as WriterId,
    n,
    subject: orderSubject(id),
    kind: draft.kind,
    v: 1,
    data: { ...draft.data },
    by: null,
    seen: null,
    clock: { wall: server.now(), mono: n, page: 'desk' },
  };
  server.put(event);
  return id;
}

/** An order in the crew's hands. */
export function dispatchedOrder(server: FakeServer): OrderId {
  const order = deskRecords(server, 'new', {
    kind: 'reported',
    data: { unit: UNIT, address: '1 Harbour Road', area: 'urban', channel: 'phone' },
  });
  return deskRecords(server, order, { kind: 'dispatched', data: { crew: CREW } });
}

export const noted = (text: string): Draft => ({ kind: 'noted', data: { crew: CREW, text } });
export const arrived: Draft = { kind: 'arrived', data: { crew: CREW } };
