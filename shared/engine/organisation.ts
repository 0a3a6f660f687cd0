import { understood } from '../event/catalog.ts';
import { asCrewId, asDeviceId, asPersonId, asUnitId, subjectId, subjectType, type UnitId } from '../ids.ts';
import type { SubjectRecord } from './ports.ts';
import type { Crew, Device, Organisation, Person, Unit } from './views.ts';

type Parts = {
  readonly units: Map<Unit['id'], Unit>;
  readonly crews: Map<Crew['id'], Crew>;
  readonly persons: Map<Person['id'], Person>;
  readonly devices: Map<Device['id'], Device>;
};

/** Units, crews, people and devices, as the events held here say. */
export function foldOrganisation(records: Iterable<SubjectRecord>): Organisation {
  const parts: Parts = { units: new Map(), crews: new Map(), persons: new Map(), devices: new Map() };
  for (const record of records) if (subjectType(record.subject) !== 'order') read(record, parts);
  return parts;
}

/** Is `unit` the same as `top` or below it? Unknown units are below nothing. */
export function isWithin(org: Organisation, unit: UnitId, top: UnitId): boolean {
  const seen = new Set<UnitId>();
  for (let at: UnitId | null = unit; at !== null && !seen.has(at); at = org.units.get(at)?.parent ?? null) {
    if (at === top) return true;
    seen.add(at);
  }
  return false;
}

function read({ subject, events }: SubjectRecord, { units, crews, persons, devices }: Parts): void {
  const id = subjectId(subject);
  const device = asDeviceId(id);
  const change = (patch: Partial<Device>): void => {
    const known = devices.get(device);
    if (known) devices.set(device, { ...known, ...patch });
  };
  for (const { event } of events) {
    const draft = understood(event);
    switch (draft?.kind) {
      case 'unitMade':
        units.set(asUnitId(id), { ...draft.data, id: asUnitId(id) });
        break;
      case 'crewMade':
        crews.set(asCrewId(id), { ...draft.data, id: asCrewId(id) });
        break;
      case 'personMade':
        persons.set(asPersonId(id), { ...draft.data, id: asPersonId(id) });
        break;
      case 'deviceEnrolled': {
        const { form, unit, person } = draft.data;
        devices.set(device, { id: device, form, unit, person, crew: null, blocked: false });
        break;
      }
      case 'joinedCrew':
        change({ crew: draft.data.crew });
        break;
      case 'leftCrew':
        change({ crew: null });
        break;
      case 'deviceBlocked':
        change({ blocked: true });
        break;
      default:
        break;
    }
  }
}
