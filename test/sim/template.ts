import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Draft } from '#shared/event/catalog.ts';
import { asCrewId, asPersonId, asUnitId, type CrewId, type EventId, type PersonId, type UnitId } from '#shared/ids.ts';
import { must } from '#shared/result.ts';

import { parseConfig } from '../../server/config.ts';
import { fakeRandom } from '../../server/device/fake-random.ts';
import { openServices } from '../../server/open-services.ts';
import type { Passwords } from '../../server/services/passwords.ts';

/** A company on a disk, to be copied for each run: two units, crews in both, codes for tablets, people for desks. */
export type Template = {
  readonly dir: string;
  readonly units: readonly [UnitId, UnitId];
  readonly crews: readonly MadeCrew[];
  readonly desks: readonly string[];
  readonly close: () => void;
};
export type MadeCrew = { readonly id: CrewId; readonly unit: UnitId; readonly codes: readonly string[] };
export type Size = { readonly crews: readonly number[]; readonly desks: number };

/** When every run begins. */
export const BEGIN = Date.parse('2026-11-01T06:00:00Z');
export const PASSWORD = 'a long enough password';
/** Compared on the spot: a hash made on another thread is ready when it is ready, and no run would replay another. */
export const AT_ONCE: { readonly passwords: Passwords } = {
  passwords: {
    hash: (password) => Promise.resolve(`plain ${password}`),
    check: (password, stored) => Promise.resolve(stored === `plain ${password}`),
  },
};
export const SILENT = { info: () => undefined, warn: () => undefined, error: () => undefined };
const YEAR_MS = 365 * 24 * 3_600_000;
/** A tablet may be enrolled again now and then. */
export const CODES_EACH = 8;

/** In memory where the machine has a folder for that: nothing here is about its disk. */
export function makeFolder(): string {
  return mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'relight-sim-'));
}

export const configFor = (dataDir: string) => must(parseConfig({ DATA_DIR: dataDir, LOG_LEVEL: 'silent' }));

export async function makeTemplate({ crews: sizes, desks }: Size): Promise<Template> {
  const dir = makeFolder();
  const ports = { clock: () => BEGIN - 1_000, random: fakeRandom('company'), log: SILENT };
  const opened = await openServices(configFor(dir), ports, AT_ONCE);
  const make = async (draft: Draft): Promise<EventId> => {
    const [id] = await opened.record([{ subject: null, draft, by: null }]);
    if (!id) throw new Error(`${draft.kind} was not recorded`);
    return id;
  };
  const unit = async (name: string, level: 'centre' | 'district', parent: UnitId | null): Promise<UnitId> =>
    asUnitId(await make({ kind: 'unitMade', data: { name, level, parent } }));
  const person = async (name: string, of: UnitId, role: 'dispatcher' | 'crew'): Promise<PersonId> =>
    asPersonId(await make({ kind: 'personMade', data: { name, unit: of, role } }));
  const centre = await unit('客服中心', 'centre', null);
  const east = await unit('城东', 'district', centre);

  const names: string[] = [];
  for (let index = 0; index < desks; index += 1) {
    const name = `desk${index}`;
    const who = await person(`调度${index}`, index === 0 ? centre : east, 'dispatcher');
    must(await opened.services.door.putLogin({ person: who, name, password: PASSWORD }));
    names.push(name);
  }
  const crews: MadeCrew[] = [];
  for (const [index, size] of sizes.entries()) {
    const of = index % 2 === 0 ? east : centre;
    const id = asCrewId(await make({ kind: 'crewMade', data: { name: `抢修${index + 1}班`, unit: of } }));
    const codes: string[] = [];
    for (let tablet = 0; tablet < size * CODES_EACH; tablet += 1) {
      const driver = await person(`抢修${index + 1}班${tablet + 1}号`, of, 'crew');
      codes.push(await opened.services.door.makeCode({ crew: id, person: driver, forMs: YEAR_MS }));
    }
    crews.push({ id, unit: of, codes });
  }
  await opened.close();
  return { dir, units: [centre, east], crews, desks: names, close: () => rmSync(dir, { recursive: true }) };
}

/** Templates that were made, so that runs of one size share theirs. */
export function keepTemplates() {
  const made = new Map<string, Promise<Template>>();
  return {
    of: (size: Size): Promise<Template> => {
      const key = JSON.stringify(size);
      const known = made.get(key) ?? makeTemplate(size);
      made.set(key, known);
      return known;
    },
    close: async (): Promise<void> => {
      for (const one of made.values()) (await one).close();
      made.clear();
    },
  };
}
export type Templates = ReturnType<typeof keepTemplates>;

export const copyTemplate = ({ dir }: Template, to: string): void => cpSync(dir, to, { recursive: true });
