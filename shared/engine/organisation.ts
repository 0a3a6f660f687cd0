import { understood } from '../event/catalog.ts';
import type { Recorded } from '../event/envelope.ts';
import type { Renamed } from '../event/organisation.ts';
import {
  asCrewId,
  asDeviceId,
  asPersonId,
  asUnitId,
  subjectId,
  subjectType,
  type CrewId,
  type Subject,
  type UnitId,
} from '../ids.ts';
import type { Activation } from '../sla/pack-for.ts';
import type { Crew, Device, Organisation, Person, Unit } from './views.ts';

type Told = { readonly subject: Subject; readonly events: readonly Recorded[] };

/** Where what is only here will stand: behind everything in the log. */
const FAR = Number.MAX_SAFE_INTEGER;

type Parts = {
  readonly units: Map<Unit['id'], Unit>;
  readonly crews: Map<Crew['id'], Crew>;
  readonly persons: Map<Person['id'], Person>;
  readonly devices: Map<Device['id'], Device>;
  readonly activated: (Activation & { readonly q: number })[];
};

/** Units, crews, people, devices and rule packs in force, as the events held here say. */
export function foldOrganisation(records: Iterable<Told>): Organisation {
  const parts: Parts = { units: new Map(), crews: new Map(), persons: new Map(), devices: new Map(), activated: [] };
  for (const record of records) if (subjectType(record.subject) !== 'order') read(record, parts);
  const { activated, ...rest } = parts;
  return {
    ...rest,
    activations: activated.toSorted((a, b) => a.q - b.q).map(({ from, pack }) => ({ from, pack })),
  };
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

function rename<Id, Named extends { readonly name: string }>(all: Map<Id, Named>, id: Id, { name }: Renamed): void {
  const known = all.get(id);
  if (known) all.set(id, { ...known, name });
}

function read({ subject, events }: Told, { units, crews, persons, devices, activated }: Parts): void {
  const id = subjectId(subject);
  const device = asDeviceId(id);
  const change = (patch: Partial<Device>): void => {
    const known = devices.get(device);
    if (known) devices.set(device, { ...known, ...patch });
  };
  for (const { event, q, time } of events) {
    const move = (crew: CrewId | null): void => {
      const known = devices.get(device);
      if (!known || known.crew === crew) return;
      const before = known.memberships.map((one) => (one.toQ === null ? { ...one, toQ: q ?? FAR } : one));
      const joined = crew === null ? [] : [{ crew, fromQ: q, fromAt: time.est, toQ: null }];
      change({ crew, memberships: [...before, ...joined] });
    };
    const draft = understood(event);
    switch (draft?.kind) {
      case 'unitMade':
        units.set(asUnitId(id), { ...draft.data, id: asUnitId(id) });
        break;
      case 'crewMade':
        crews.set(asCrewId(id), { ...draft.data, id: asCrewId(id) });
        break;
      case 'unitRenamed':
        rename(units, asUnitId(id), draft.data);
        break;
      case 'crewRenamed':
        rename(crews, asCrewId(id), draft.data);
        break;
      case 'crewMoved': {
        const crew = crews.get(asCrewId(id));
        if (crew) crews.set(crew.id, { ...crew, unit: draft.data.unit });
        break;
      }
      case 'shiftStarted': {
        const crew = crews.get(asCrewId(id));
        if (crew) crews.set(crew.id, { ...crew, shift: { ...draft.data, at: time.est, by: event.by } });
        break;
      }
      case 'personMade':
        persons.set(asPersonId(id), { ...draft.data, id: asPersonId(id) });
        break;
      case 'deviceEnrolled': {
        const { form, unit, person, writer } = draft.data;
        devices.set(device, {
          id: device,
          writer,
          form,
          unit,
          person,
          crew: null,
          memberships: [],
          blocked: false,
          lost: null,
        });
        break;
      }
      case 'joinedCrew':
        move(draft.data.crew);
        break;
      case 'leftCrew':
        if (devices.get(device)?.crew === draft.data.crew) move(null);
        break;
      case 'broughtByFile': {
        const ranges = draft.data.ranges.map((range) => ({ ...range, by: event.by, at: time.est }));
        change({ brought: [...(devices.get(device)?.brought ?? []), ...ranges] });
        break;
      }
      case 'writerRegistered':
        change({ renamedAt: time.est });
        break;
      case 'deviceBlocked':
        change({ blocked: true });
        break;
      case 'deviceLost':
        change({ lost: { at: time.est, by: event.by, reason: draft.data.reason } });
        break;
      case 'deviceFound':
        change({ lost: null });
        break;
      case 'rulePackActivated':
        activated.push({ from: draft.data.from, pack: draft.data.pack, q: q ?? FAR });
        break;
      default:
        break;
    }
  }
}
