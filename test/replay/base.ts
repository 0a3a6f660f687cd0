import { join } from 'node:path';

import Database from 'better-sqlite3';

import type { PlainFetch } from '#shared/engine/cookie-http.ts';
import type { Draft } from '#shared/event/catalog.ts';
import { asCrewId, asPersonId, asUnitId, type CrewId, type EventId, type PersonId, type UnitId } from '#shared/ids.ts';
import { must } from '#shared/result.ts';

import { createApp } from '../../server/app.ts';
import { parseConfig } from '../../server/config.ts';
import { createLog } from '../../server/device/log.ts';
import type { Random } from '../../server/device/random.ts';
import { openServices, type OpenServices } from '../../server/open-services.ts';
import { databaseFile } from '../../server/store/open-store.ts';
import type { VirtualTime } from './virtual-time.ts';

/** What the server knew of an outbox after a request, as it wrote it down: raw data for whoever judges again. */
export type Heard = { readonly writer: string; readonly at: number; readonly upTo: number };

export type MadeCrew = { readonly id: CrewId; readonly codes: readonly string[] };

/** The real server on an empty data directory, with its clock in virtual time and its routes asked without a socket. */
export type Base = {
  readonly opened: OpenServices;
  readonly fetch: PlainFetch;
  readonly heard: readonly Heard[];
  readonly unit: UnitId;
  readonly desk: PersonId;
  readonly crews: readonly MadeCrew[];
  /** The source's keys of the orders that have not ended. */
  readonly openKeys: () => ReadonlySet<string>;
  readonly close: () => Promise<void>;
};

export type BaseDeps = {
  readonly dataDir: string;
  readonly time: VirtualTime;
  readonly random: Random;
  /** How many tablets each crew has. */
  readonly crews: readonly number[];
};

const WEEKS_MS = 60 * 24 * 3_600_000;

export async function openBase({ dataDir, time, random, crews }: BaseDeps): Promise<Base> {
  const config = must(parseConfig({ DATA_DIR: dataDir, LOG_LEVEL: 'error' }));
  const ports = { clock: time.now, random, log: createLog(config.logLevel, process.stderr) };
  const opened = await openServices(config, ports);
  const { app, made } = {
    app: createApp(opened.services, { ...config, dist: join(dataDir, 'none') }, ports),
    made: await found(opened, crews),
  };
  const file = new Database(databaseFile(dataDir), { readonly: true });
  const contact = file.prepare<[string], { heard: number }>('select heard from contact where writer = ?');
  const open = file.prepare<[], { key: string }>(
    "select source_key as key from order_row where source_key is not null and stage <> 'closed'",
  );
  const heard: Heard[] = [];
  const last = new Map<string, number>();

  return {
    opened,
    ...made,
    heard,
    fetch: async (url, init) => {
      const answer = await app.fetch(new Request(url, init));
      const text = await answer.text();
      if (url.endsWith('/v1/sync') && init.body !== null) note(init.body);
      return { status: answer.status, headers: answer.headers, text: () => Promise.resolve(text) };
    },
    openKeys: () => new Set(open.all().map(({ key }) => key)),
    close: async () => {
      file.close();
      await opened.close();
    },
  };

  function note(body: string): void {
    const request: unknown = JSON.parse(body);
    if (typeof request !== 'object' || request === null || !('writer' in request)) return;
    const writer = String(request.writer);
    const upTo = contact.get(writer)?.heard;
    if (upTo === undefined || upTo === last.get(writer)) return;
    last.set(writer, upTo);
    heard.push({ writer, at: time.now(), upTo });
  }
}

/** A company with one unit, a dispatcher, and crews with a code for each of their tablets. */
async function found(opened: OpenServices, sizes: readonly number[]): Promise<Pick<Base, 'unit' | 'desk' | 'crews'>> {
  const make = async (draft: Draft): Promise<EventId> => {
    const [id] = await opened.record([{ subject: null, draft, by: null }]);
    if (!id) throw new Error(`${draft.kind} was not recorded`);
    return id;
  };
  const centre = { name: '客服中心', level: 'centre', parent: null } as const;
  const unit = asUnitId(await make({ kind: 'unitMade', data: centre }));
  const person = async (name: string, role: 'dispatcher' | 'crew'): Promise<PersonId> =>
    asPersonId(await make({ kind: 'personMade', data: { name, unit, role } }));
  const desk = await person('调度', 'dispatcher');
  const crews: MadeCrew[] = [];
  for (const [index, size] of sizes.entries()) {
    const id = asCrewId(await make({ kind: 'crewMade', data: { name: `抢修${index + 1}班`, unit } }));
    const codes: string[] = [];
    for (let tablet = 1; tablet <= size; tablet++) {
      const driver = await person(`抢修${index + 1}班${tablet}号`, 'crew');
      codes.push(await opened.services.door.makeCode({ crew: id, person: driver, forMs: WEEKS_MS }));
    }
    crews.push({ id, codes });
  }
  return { unit, desk, crews };
}
