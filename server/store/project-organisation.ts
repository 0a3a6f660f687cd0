import type { Draft } from '#shared/event/catalog.ts';
import { idOf, type LoggedEvent } from '#shared/event/envelope.ts';
import {
  asCrewId,
  asDeviceId,
  asPersonId,
  asUnitId,
  subjectId,
  type CrewId,
  type DeviceId,
  type UnitId,
} from '#shared/ids.ts';

import type { LogTables, OrganisationTables } from './log-tables.ts';
import { moveCrew } from './move-crew.ts';
import { holderOf } from './scope-rows.ts';

/** Units, crews, people and devices as their events make them; an event that does not fit changes nothing. */
export function projectOrganisation({ organisation, scopes }: LogTables, draft: Draft, logged: LoggedEvent): void {
  const { q } = logged;
  const { subject } = logged.event;
  const own = idOf(logged.event);
  switch (draft.kind) {
    case 'unitMade':
      organisation.addUnit({ ...draft.data, id: asUnitId(own), q });
      scopes.open({ subject, holder: holderOf.org(asUnitId(own)), q });
      break;
    case 'crewMade':
      organisation.addCrew({ id: asCrewId(own), name: draft.data.name, unit: draft.data.unit, q });
      scopes.open({ subject, holder: holderOf.org(draft.data.unit), q });
      break;
    case 'unitRenamed':
      organisation.renameUnit(subjectId<UnitId>(subject), draft.data.name);
      scopes.touch(subject, q);
      break;
    case 'crewRenamed':
      organisation.renameCrew(subjectId<CrewId>(subject), draft.data.name);
      scopes.touch(subject, q);
      break;
    case 'crewMoved':
      moveCrew({ organisation, scopes }, draft.data, logged);
      break;
    case 'shiftStarted':
      scopes.touch(subject, q);
      break;
    case 'personMade':
      organisation.addPerson({ ...draft.data, id: asPersonId(own), q });
      scopes.open({ subject, holder: holderOf.org(draft.data.unit), q });
      break;
    case 'deviceEnrolled': {
      const { form, unit: home, person: who } = draft.data;
      const id = asDeviceId(own);
      const at = logged.rcv;
      const row = { id, form, unit: home, person: who, enrolledAt: at, blocked: false, lost: false, was: null, q };
      organisation.addDevice(row);
      organisation.addWriter(draft.data.writer, id);
      scopes.open({ subject, holder: holderOf.device(id), q });
      if (home) scopes.open({ subject, holder: holderOf.unit(home), q });
      break;
    }
    case 'writerRegistered':
      organisation.addWriter(draft.data.writer, subjectId<DeviceId>(subject));
      scopes.touch(subject, q);
      break;
    case 'tookOver':
      organisation.changeDevice(subjectId<DeviceId>(subject), { was: draft.data.device });
      scopes.touch(subject, q);
      break;
    case 'deviceBlocked':
      organisation.changeDevice(subjectId<DeviceId>(subject), { blocked: true });
      scopes.touch(subject, q);
      break;
    case 'deviceLost':
    case 'deviceFound':
      organisation.changeDevice(subjectId<DeviceId>(subject), { lost: draft.kind === 'deviceLost' });
      organisation.wakeLost(subjectId<DeviceId>(subject));
      scopes.touch(subject, q);
      break;
    case 'rulePackActivated':
      organisation.addPack({ id: own, fromAt: draft.data.from, pack: draft.data.pack, q });
      scopes.open({ subject, holder: holderOf.org(draft.data.unit), q });
      break;
    case 'joinedCrew':
      join(organisation, logged, draft.data.crew);
      scopes.touch(subject, q);
      break;
    case 'leftCrew':
      leave(organisation, logged, draft.data.crew);
      scopes.touch(subject, q);
      break;
    default:
      break;
  }
}

/** A device is in one crew at a time: joining another leaves the first. */
function join(organisation: OrganisationTables, logged: LoggedEvent, joined: CrewId): void {
  const id = subjectId<DeviceId>(logged.event.subject);
  const now = organisation.memberships(id).find((one) => one.toQ === null);
  if (now?.crew === joined) return;
  if (now) leave(organisation, logged, now.crew);
  organisation.join({ device: id, crew: joined, fromQ: logged.q, fromAt: logged.time.est });
}

function leave(organisation: OrganisationTables, logged: LoggedEvent, left: CrewId): void {
  const id = subjectId<DeviceId>(logged.event.subject);
  organisation.leave({ device: id, crew: left, toQ: logged.q, toBy: logged.event.by });
}
