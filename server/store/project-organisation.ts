import { and, eq, isNull } from 'drizzle-orm';

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
  type WriterId,
} from '#shared/ids.ts';

import type { Connection } from './connection.ts';
import { wakeLost } from './contact-store.ts';
import { crew, device, deviceCrew, pack, person, unit, writer } from './schema.ts';
import { holderOf, openScope, touchScope } from './scope-rows.ts';

/** Units, crews, people and devices as their events make them; an event that does not fit changes nothing. */
export function projectOrganisation(connection: Connection, draft: Draft, logged: LoggedEvent): void {
  const { db } = connection;
  const { q } = logged;
  const { subject } = logged.event;
  const own = idOf(logged.event);
  switch (draft.kind) {
    case 'unitMade':
      db.insert(unit)
        .values({ ...draft.data, id: asUnitId(own), q })
        .run();
      openScope(connection, { subject, holder: holderOf.org(asUnitId(own)), q });
      break;
    case 'crewMade':
      db.insert(crew)
        .values({ id: asCrewId(own), name: draft.data.name, unit: draft.data.unit, q })
        .run();
      openScope(connection, { subject, holder: holderOf.org(draft.data.unit), q });
      break;
    case 'shiftStarted':
      touchScope(connection, subject, q);
      break;
    case 'personMade':
      db.insert(person)
        .values({ ...draft.data, id: asPersonId(own), q })
        .run();
      openScope(connection, { subject, holder: holderOf.org(draft.data.unit), q });
      break;
    case 'deviceEnrolled': {
      const { form, unit: home, person: who } = draft.data;
      const id = asDeviceId(own);
      db.insert(device)
        .values({ id, form, unit: home, person: who, enrolledAt: logged.rcv, blocked: false, lost: false, q })
        .run();
      addWriter(connection, draft.data.writer, id);
      openScope(connection, { subject, holder: holderOf.device(id), q });
      if (home) openScope(connection, { subject, holder: holderOf.unit(home), q });
      break;
    }
    case 'writerRegistered':
      addWriter(connection, draft.data.writer, subjectId<DeviceId>(subject));
      touchScope(connection, subject, q);
      break;
    case 'deviceBlocked':
      db.update(device)
        .set({ blocked: true })
        .where(eq(device.id, subjectId<DeviceId>(subject)))
        .run();
      touchScope(connection, subject, q);
      break;
    case 'deviceLost':
    case 'deviceFound':
      db.update(device)
        .set({ lost: draft.kind === 'deviceLost' })
        .where(eq(device.id, subjectId<DeviceId>(subject)))
        .run();
      connection.prepared(wakeLost).run({ device: subjectId<DeviceId>(subject) });
      touchScope(connection, subject, q);
      break;
    case 'rulePackActivated':
      db.insert(pack).values({ id: own, fromAt: draft.data.from, pack: draft.data.pack, q }).run();
      openScope(connection, { subject, holder: holderOf.org(draft.data.unit), q });
      break;
    case 'joinedCrew':
      join(connection, logged, draft.data.crew);
      touchScope(connection, subject, q);
      break;
    case 'leftCrew':
      leave(connection, logged, draft.data.crew);
      touchScope(connection, subject, q);
      break;
    default:
      break;
  }
}

/** A device is in one crew at a time: joining another leaves the first. */
function join(connection: Connection, logged: LoggedEvent, joined: CrewId): void {
  const id = subjectId<DeviceId>(logged.event.subject);
  const now = connection.db.select().from(deviceCrew).where(membershipOf(id)).get();
  if (now?.crew === joined) return;
  if (now) leave(connection, logged, now.crew);
  connection.db.insert(deviceCrew).values({ device: id, crew: joined, fromQ: logged.q, fromAt: logged.time.est }).run();
}

function leave({ db }: Connection, logged: LoggedEvent, left: CrewId): void {
  const id = subjectId<DeviceId>(logged.event.subject);
  db.update(deviceCrew)
    .set({ toQ: logged.q, toBy: logged.event.by })
    .where(and(membershipOf(id), eq(deviceCrew.crew, left)))
    .run();
}

const membershipOf = (id: DeviceId) => and(eq(deviceCrew.device, id), isNull(deviceCrew.toQ));

/** A name that is taken stays with its first device. */
function addWriter({ db }: Connection, name: WriterId, of: DeviceId): void {
  db.insert(writer).values({ writer: name, device: of, lastN: 0, through: 0 }).onConflictDoNothing().run();
}
