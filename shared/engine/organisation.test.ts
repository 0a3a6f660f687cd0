import { expect, test } from 'vitest';

import { CREW_3, CREW_5, DISPATCHER, recorded, UNIT, writer } from '../../test/builders.ts';
import type { DataOf, Kind } from '../event/catalog.ts';
import { asDeviceId, asUnitId, eventId, subjectOf, type Subject } from '../ids.ts';
import { STATE_GRID } from '../sla/packs/state-grid.ts';
import { foldOrganisation } from './organisation.ts';

const DEVICE = asDeviceId(eventId(writer('DEV'), 7));
const A7K = writer('A7K');

const told = <K extends Kind>(q: number, kind: K, data: DataOf<K>, subject: Subject = subjectOf('device', DEVICE)) =>
  recorded(kind, '14:00', data, { q, n: q, writer: writer('DEV'), subject, by: DISPATCHER });

const enrolled = [
  told(1, 'deviceEnrolled', { writer: A7K, form: 'tablet', unit: UNIT, person: null }),
  told(2, 'joinedCrew', { crew: CREW_3 }),
];
const device = (...events: readonly ReturnType<typeof told>[]) =>
  foldOrganisation([{ subject: subjectOf('device', DEVICE), events: [...enrolled, ...events] }]).devices.get(DEVICE);

test('a device that was lost says so with its reason, until it is found', () => {
  expect(device()).toMatchObject({ writer: 'A7K', crew: CREW_3, lost: null });
  const lost = told(3, 'deviceLost', { reason: '掉进水里' });
  expect(device(lost)?.lost).toMatchObject({ by: DISPATCHER, reason: '掉进水里' });
  expect(device(lost, told(4, 'deviceFound', { reason: '捞上来了' }))?.lost).toBeNull();
});

test('a device whose outbox goes on under a later name says since when', () => {
  expect(device()?.renamedAt).toBeUndefined();
  const later = told(3, 'writerRegistered', { writer: writer('A7K4Q') });
  expect(device(later)?.renamedAt).toBe(later.time.est);
});

test('a device belongs to one crew at a time, and every time it belonged to one is kept', () => {
  const left = device(told(4, 'joinedCrew', { crew: CREW_5 }), told(6, 'leftCrew', { crew: CREW_3 }));
  expect(left?.crew).toBe(CREW_5);
  expect(left?.memberships).toMatchObject([
    { crew: CREW_3, fromQ: 2, toQ: 4 },
    { crew: CREW_5, fromQ: 4, toQ: null },
  ]);
});

test('rule packs stand in the order of the log, not of their names or of the pages that brought them', () => {
  const activated = (q: number, from: number) => {
    const subject = subjectOf('pack', eventId(writer('DEV'), q));
    return { subject, events: [told(q, 'rulePackActivated', { unit: UNIT, from, pack: STATE_GRID }, subject)] };
  };
  const { activations } = foldOrganisation([activated(10, 300), activated(9, 100), activated(30, 200)]);
  expect(activations.map(({ from }) => from)).toEqual([100, 300, 200]);
});

test('a crew that was moved is of its new unit, also one that this device does not know', () => {
  const crew = subjectOf('crew', CREW_3);
  const away = asUnitId(eventId(writer('FAR'), 1));
  const { crews } = foldOrganisation([
    {
      subject: crew,
      events: [
        told(3, 'crewMade', { name: '一班', unit: UNIT, van: '1号车' }, crew),
        told(4, 'crewMoved', { unit: away, reason: '增援' }, crew),
      ],
    },
  ]);
  expect([...crews.values()]).toMatchObject([{ id: CREW_3, name: '一班', unit: away, van: '1号车' }]);
});

test('a unit and a crew that are called otherwise keep everything else; what is not known here stays unknown', () => {
  const unit = subjectOf('unit', UNIT);
  const crew = subjectOf('crew', CREW_3);
  const { units, crews } = foldOrganisation([
    {
      subject: unit,
      events: [
        told(1, 'unitMade', { name: '城东', level: 'station', parent: null }, unit),
        told(2, 'unitRenamed', { name: '新城东' }, unit),
      ],
    },
    {
      subject: crew,
      events: [
        told(3, 'crewMade', { name: '一班', unit: UNIT, van: '1号车' }, crew),
        told(4, 'crewRenamed', { name: '新一班' }, crew),
      ],
    },
    { subject: subjectOf('crew', CREW_5), events: [told(5, 'crewRenamed', { name: '谁' }, subjectOf('crew', CREW_5))] },
  ]);
  expect([...units.values()]).toMatchObject([{ id: UNIT, name: '新城东', level: 'station' }]);
  expect([...crews.values()]).toMatchObject([{ id: CREW_3, name: '新一班', unit: UNIT, van: '1号车' }]);
});
