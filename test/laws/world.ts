import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import Sqlite, { type Database } from 'better-sqlite3';

import { CATALOG, type DataOf, type Draft, type Kind } from '#shared/event/catalog.ts';
import { envelopeHash, envelopeText, type Envelope } from '#shared/event/envelope.ts';
import type { Role } from '#shared/event/organisation.ts';
import {
  asCrewId,
  asDeviceId,
  asPersonId,
  asUnitId,
  eventId,
  subjectOf,
  type CrewId,
  type DeviceId,
  type EventId,
  type PersonId,
  type Subject,
  type UnitId,
  type WriterId,
} from '#shared/ids.ts';
import type { PushItem, SyncAnswer, SyncRequest } from '#shared/sync/protocol.ts';

import { fakeClock, type FakeClock } from '../../server/device/fake-clock.ts';
import { fakeRandom } from '../../server/device/fake-random.ts';
import type { Asker } from '../../server/services/asker.ts';
import { earlierDevices } from '../../server/services/earlier-devices.ts';
import { createOverdue, type Overdue } from '../../server/services/overdue.ts';
import { createSync, type Sync } from '../../server/services/sync.ts';
import { databaseFile, openStore, type StorePorts } from '../../server/store/open-store.ts';
import type { Store } from '../../server/store/store.ts';

export const START = Date.parse('2026-11-21T08:00:00Z');
export const MINUTE = 60_000;

/** A real server's core on a real database: centre → east (station) and west, three crews, a desk in each unit. */
export type World = {
  readonly clock: FakeClock;
  readonly store: Store;
  readonly sync: Sync;
  readonly overdue: Overdue;
  readonly centre: UnitId;
  readonly east: UnitId;
  readonly west: UnitId;
  /** Two of the east, one of the west. */
  readonly crews: readonly [CrewId, CrewId, CrewId];
  readonly record: (draft: Draft, subject?: Subject | null, by?: PersonId | null) => Promise<EventId>;
  readonly enrol: (form: 'tablet' | 'desk', of: Place) => Promise<Device>;
  /** Events that could not be projected. A world that has any does not close quietly. */
  readonly faults: unknown[];
  /** The database itself. */
  readonly file: string;
  /** A read-only look past every contract. */
  readonly rows: <Row>(sql: string) => Row[];
  readonly close: () => void;
};

type Place = { readonly unit: UnitId; readonly role: Role; readonly crew?: CrewId };

/** Where a world is kept. `rows`: a read-only look past every contract, where there is a file to look into. */
export type Keeping = {
  readonly open: (ports: StorePorts) => Store | Promise<Store>;
  readonly file: string;
  readonly rows: <Row>(sql: string) => Row[];
  readonly remove: () => void;
};

/** A SQLite database in a folder of its own. */
export function keptInSqlite(): Keeping {
  const dir = mkdtempSync(join(tmpdir(), 'relight-law-'));
  const file = databaseFile(dir);
  let raw: Database | null = null;
  return {
    open: (ports) => openStore(dir, ports),
    file,
    rows: <Row>(sql: string) => (raw ??= new Sqlite(file, { readonly: true })).prepare(sql).all() as Row[],
    remove: () => {
      raw?.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

export async function startWorld(kept = keptInSqlite()): Promise<World> {
  const clock = fakeClock(START);
  const faults: unknown[] = [];
  const store = await kept.open({ clock, random: fakeRandom('world'), onFault: (fault) => faults.push(fault) });
  const record = async (draft: Draft, subject: Subject | null = null, by: PersonId | null = null): Promise<EventId> => {
    const [id] = await store.log.record([{ subject, draft, by }]);
    if (!id) throw new Error('nothing was recorded');
    return id;
  };
  const unit = async (name: string, level: DataOf<'unitMade'>['level'], parent: UnitId | null) =>
    asUnitId(await record({ kind: 'unitMade', data: { name, level, parent } }));
  const crew = async (name: string, of: UnitId) =>
    asCrewId(await record({ kind: 'crewMade', data: { name, unit: of } }));
  const centre = await unit('客服中心', 'centre', null);
  const east = await unit('城东', 'district', centre);
  const west = await unit('城西', 'district', centre);
  const crews = [await crew('一班', east), await crew('二班', east), await crew('三班', west)] as const;
  let devices = 0;

  const enrol = async (form: 'tablet' | 'desk', { unit: of, role, crew: joined }: Place): Promise<Device> => {
    const who = asPersonId(await record({ kind: 'personMade', data: { name: `人${devices}`, unit: of, role } }));
    const name = `D${'23456789ACDEFGHJ'[devices >> 4]}${'23456789ACDEFGHJ'[devices & 15]}` as WriterId;
    devices += 1;
    const data = { writer: name, form, unit: of, person: who };
    const id = asDeviceId(await record({ kind: 'deviceEnrolled', data }));
    if (joined) await record({ kind: 'joinedCrew', data: { crew: joined } }, subjectOf('device', id));
    return new Device({ store, clock, sync, id, name, form, who, role, unit: of });
  };
  const sync = createSync({ store, clock });
  return {
    clock,
    store,
    sync,
    overdue: createOverdue(store),
    centre,
    east,
    west,
    crews,
    record,
    enrol,
    faults,
    file: kept.file,
    rows: kept.rows,
    close: () => {
      store.close();
      kept.remove();
      if (faults.length > 0)
        throw new Error(`projections failed: ${faults.map((fault) => JSON.stringify(fault)).join()}`);
    },
  };
}

type Identity = {
  readonly store: Store;
  readonly clock: FakeClock;
  readonly sync: Sync;
  readonly id: DeviceId;
  readonly name: WriterId;
  readonly form: 'tablet' | 'desk';
  readonly who: PersonId;
  readonly role: Role;
  readonly unit: UnitId;
};

/** A device with an honest clock, and an outbox that keeps everything. */
export class Device {
  readonly of: Identity;
  readonly outbox: PushItem[] = [];
  sent = 0;
  openTaps = 0;

  constructor(identity: Identity) {
    this.of = identity;
  }

  get subject(): Subject {
    return subjectOf('device', this.of.id);
  }

  /** Makes an event now; it is not sent yet. `subject` null: it begins its own. */
  tap<K extends Kind>(kind: K, data: DataOf<K>, subject: Subject | null): EventId {
    const n = this.outbox.length + 1;
    const id = eventId(this.of.name, n);
    const about = subject ?? subjectOf(CATALOG[kind].subject, id);
    this.outbox.push(
      pushItem({ writer: this.of.name, n, subject: about, kind, data, by: this.of.who }, this.reading()),
    );
    return id;
  }

  async asker(): Promise<Asker> {
    const row = await this.of.store.roster.device(this.of.id);
    if (!row) throw new Error('no such device');
    const crew = row.crew ? await this.of.store.roster.crew(row.crew) : null;
    const { form, id, who, role } = this.of;
    const unit = crew?.unit ?? this.of.unit;
    const scope = `${form}:${id}`;
    return {
      device: id,
      form,
      writers: row.writers,
      earlier: await earlierDevices(this.of.store.roster, row),
      person: who,
      role,
      crew: row.crew,
      unit,
      scope,
      blocked: row.blocked,
    };
  }

  /** Sends what is unsent, and whatever else is given; pulls nothing. */
  async sync(extra: Partial<SyncRequest> = {}): Promise<SyncAnswer> {
    const push = this.outbox.slice(this.sent);
    const request: SyncRequest = {
      proto: 1,
      req: 'r',
      writer: this.of.name,
      app: 'law',
      cursor: null,
      pull: false,
      hiN: this.outbox.length,
      openTaps: this.openTaps,
      parked: 0,
      clock: this.reading(),
      push,
      ...extra,
    };
    const answer = await this.of.sync(await this.asker(), request, this.of.clock());
    this.sent = this.outbox.length;
    return answer;
  }

  reading(): Envelope['clock'] {
    const now = this.of.clock();
    const anchor = { server: now, wall: now, mono: now - START, page: 'p', halfTrip: 0 };
    return { wall: now, mono: now - START, page: 'p', anchor };
  }
}

export function pushItem(
  made: Pick<Envelope, 'writer' | 'n' | 'subject' | 'kind' | 'data' | 'by'>,
  clock: Envelope['clock'],
): PushItem {
  const event: Envelope = { ...made, v: 1, seen: null, clock };
  return { event, hash: envelopeHash(envelopeText(event)) };
}
