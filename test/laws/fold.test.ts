import fc from 'fast-check';
import { expect, test } from 'vitest';

import { CATALOG, type Kind } from '#shared/event/catalog.ts';
import type { Recorded } from '#shared/event/envelope.ts';
import { asCrewId, eventId, type EventId } from '#shared/ids.ts';
import { fold, foldAll } from '#shared/order/fold.ts';
import { emptyOrder, STAGES, type Order } from '#shared/order/order.ts';

import { at, CREW_3, CREW_5, ORDER, recorded, UNIT, writer } from '../builders.ts';
import { law } from './law.ts';

const crew = fc.constantFrom(CREW_3, CREW_5, asCrewId(eventId(writer('CRW'), 9)));
const id = fc.integer({ min: 1, max: 30 }).map((n): EventId => eventId(writer('A7K'), n));
const level = fc.constantFrom('soon', 'contact', 'missed');

/** Data that fits its kind, so that every branch of the fold is walked. */
const fitting: Partial<Record<Kind, fc.Arbitrary<object>>> = {
  reported: fc.record({
    unit: fc.constant(UNIT),
    address: fc.constant('幸福路18号'),
    area: fc.constantFrom('urban', 'rural', 'remote'),
    channel: fc.constant('phone'),
  }),
  dispatched: fc.record({ crew: fc.option(crew) }),
  recalled: fc.record({ crew, reason: fc.constant('有误') }),
  reassigned: fc.record({ from: crew, to: crew, reason: fc.constant('更近') }),
  accepted: fc.record({ crew }),
  departed: fc.record({ crew: fc.option(crew) }),
  arrived: fc.record({ crew: fc.option(crew) }),
  restored: fc.record({ crew, extent: fc.constantFrom('all', 'part') }),
  submitted: fc.record({ crew }),
  noted: fc.record({ crew, text: fc.constant('看过') }),
  closed: fc.record({ outcome: fc.constantFrom('restored', 'noFault') }),
  archived: fc.constant({}),
  alertRaised: fc.record({
    rule: fc.constant('arrival'),
    level,
    epoch: fc.integer({ min: 1, max: 2 }),
    limit: fc.constant(at('14:45')),
    because: fc.constant('over'),
    known: fc.constant({ heard: null, devices: [] }),
  }),
  alertAcknowledged: fc.record({ alert: id, how: fc.constantFrom('claimed', 'shelved') }),
  alertClosedOut: fc.record({ alert: id, because: fc.constantFrom('arrived', 'superseded') }),
};

const kinds = Object.keys(CATALOG) as Kind[];
const kindAndData = fc
  .constantFrom(...kinds)
  .chain((kind) =>
    fc.oneof(
      { weight: 9, arbitrary: (fitting[kind] ?? fc.object()).map((data) => ({ kind, data })) },
      { weight: 1, arbitrary: fc.object().map((data) => ({ kind, data })) },
    ),
  );
const unknownKind = fc.record({ kind: fc.constant('teleported'), data: fc.object() });

/** Any events, in any order, also repeated ones and some about other subjects. */
const events = fc
  .array(
    fc.record({
      what: fc.oneof({ weight: 12, arbitrary: kindAndData }, { weight: 1, arbitrary: unknownKind }),
      n: fc.integer({ min: 1, max: 30 }),
      minute: fc.integer({ min: 0, max: 59 }),
      own: fc.boolean(),
    }),
    { maxLength: 40 },
  )
  .map((all) =>
    all.map(({ what, n, minute, own }, index): Recorded => {
      const base = recorded('archived', `14:${String(minute).padStart(2, '0')}`, {}, { n });
      const event = { ...base.event, kind: what.kind, data: what.data as Record<string, unknown> };
      return { ...base, event, q: own ? null : index + 1 };
    }),
  );

const withoutApplied = (order: Order): object => ({ ...order, applied: [], lastQ: 0 });

test('I24 the fold is total: any events in any order make an order, as JSON', async () => {
  const found = await law(
    'fold is total',
    fc.property(events, (all) => {
      const order = foldAll(ORDER, all);
      expect(STAGES).toContain(order.stage);
      expect(JSON.parse(JSON.stringify(order))).toEqual(order);
      expect(order.holdings.filter((held) => held.end === null).length).toBe(order.crew === null ? 0 : 1);
    }),
    500,
  );
  expect(found).toBeNull();
});

test('I24 an event folded again changes nothing, wherever it comes again', async () => {
  const found = await law(
    'duplicates are ignored',
    fc.property(events, fc.infiniteStream(fc.nat()), (all, dice) => {
      const doubled = all.flatMap((one, index) => [one, all[Number(dice.next().value) % (index + 1)] ?? one]);
      expect(withoutApplied(foldAll(ORDER, doubled))).toEqual(withoutApplied(foldAll(ORDER, all)));
    }),
    500,
  );
  expect(found).toBeNull();
});

test('I24 folding piece by piece through stored JSON gives what folding at once gives', async () => {
  const found = await law(
    'incremental is whole',
    fc.property(events, (all) => {
      const stored = all.reduce<string>(
        (text, one) => JSON.stringify(fold(JSON.parse(text) as Order, one)),
        JSON.stringify(emptyOrder(ORDER)),
      );
      expect(JSON.parse(stored)).toEqual(foldAll(ORDER, all));
    }),
    500,
  );
  expect(found).toBeNull();
});
