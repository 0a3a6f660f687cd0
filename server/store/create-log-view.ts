import {
  subjectId,
  subjectOf,
  subjectType,
  type CrewId,
  type DeviceId,
  type OrderId,
  type UnitId,
} from '#shared/ids.ts';

import { deviceLine } from './device-line.ts';
import type { LogTables, OrganisationTables } from './log-tables.ts';
import type { LogView } from './log-view.ts';
import type { Projection } from './projection.ts';

/** `organisationMoved`: to be told when something that is no order has an event. */
export function createLogView(
  { orders, organisation }: LogTables,
  projection: Projection,
): { readonly view: LogView; readonly organisationMoved: () => void } {
  // Asked for each event of a push.
  const crews = new Map<DeviceId, readonly CrewId[]>();
  const tops = new Map<UnitId, readonly UnitId[]>();
  const above = (unit: UnitId): readonly UnitId[] => {
    const known = tops.get(unit) ?? unitsUpFrom(unit, organisation.parentOf);
    tops.set(unit, known);
    return known;
  };
  const crewsOf = (device: DeviceId): readonly CrewId[] => {
    const known = crews.get(device);
    if (known) return known;
    // What a device that was blocked could do, the one that took it over cannot.
    const line = deviceLine(device, organisation).filter((one) => one === device || !organisation.device(one)?.blocked);
    const found = [...new Set(line.flatMap((one) => organisation.memberships(one).map(({ crew }) => crew)))];
    crews.set(device, found);
    return found;
  };
  const view: LogView = {
    order: projection.order,
    isHistory: projection.isHistory,
    exists: (subject) =>
      subjectType(subject) === 'order'
        ? projection.order(subjectId<OrderId>(subject)) !== null
        : organisation.exists(subject),
    orderBySource: orders.bySource,
    within: (unit, top) => above(unit).includes(top),
    deviceOf: organisation.deviceOf,
    crewsOf,
    unitOf: (of) => ('crew' in of ? organisation.unitOfCrew(of.crew) : organisation.unitOfPerson(of.person)),
    unitsOf: (id) => unitsOf(organisation, id),
    unitsBefore: organisation.unitsBefore,
    centreOf: (unit) => (organisation.exists(subjectOf('unit', unit)) ? (above(unit).at(-1) ?? null) : null),
    isCentre: (unit) => organisation.exists(subjectOf('unit', unit)) && above(unit).length === 1,
  };
  const organisationMoved = (): void => {
    crews.clear();
    tops.clear();
  };
  return { view, organisationMoved };
}

/** The unit itself and every unit above it. */
export function unitsUpFrom(id: UnitId, parentOf: (unit: UnitId) => UnitId | null): readonly UnitId[] {
  const found: UnitId[] = [];
  for (let next: UnitId | null = id; next !== null && !found.includes(next); next = parentOf(next)) found.push(next);
  return found;
}

function unitsOf(organisation: OrganisationTables, id: DeviceId): readonly UnitId[] {
  const home = organisation.device(id)?.unit ?? null;
  const crew = organisation.memberships(id).find((one) => one.toQ === null)?.crew;
  const joined = crew === undefined ? null : organisation.unitOfCrew(crew);
  return [home, joined].filter((unit) => unit !== null);
}
