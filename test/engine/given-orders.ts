import type { Draft } from '#shared/event/catalog.ts';
import type { Envelope } from '#shared/event/envelope.ts';
import {
  asDeviceId,
  asOrderId,
  orderSubject,
  subjectOf,
  type DeviceId,
  type EventId,
  type OrderId,
  type Subject,
  type WriterId,
} from '#shared/ids.ts';

import { CREW, UNIT, type FakeServer } from './fake-server.ts';

const counters = new WeakMap<FakeServer, number>();

/** Something the desk recorded on the server. */
export function deskRecords(server: FakeServer, order: OrderId | 'new', draft: Draft): OrderId {
  const own = records(server, draft, (id) => orderSubject(order === 'new' ? asOrderId(id) : order));
  return order === 'new' ? asOrderId(own) : order;
}

/** A tablet that the server enrolled. */
export const enrolledTablet = (server: FakeServer, writer: WriterId): DeviceId =>
  asDeviceId(
    records(server, { kind: 'deviceEnrolled', data: { writer, form: 'tablet', unit: UNIT, person: null } }, (id) =>
      subjectOf('device', id),
    ),
  );

function records(server: FakeServer, draft: Draft, subjectFor: (own: EventId) => Subject): EventId {
  const n = (counters.get(server) ?? 10) + 1;
  counters.set(server, n);
  const own = `DKR-${n}` as EventId;
  const event: Envelope = {
    writer: 'DKR' as WriterId,
    n,
    subject: subjectFor(own),
    kind: draft.kind,
    v: 1,
    data: { ...draft.data },
    by: null,
    seen: null,
    clock: { wall: server.now(), mono: n, page: 'desk' },
  };
  server.put(event);
  return own;
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
