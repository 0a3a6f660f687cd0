import type { DemoAccounts } from '#shared/api/session.ts';
import type { Draft } from '#shared/event/catalog.ts';
import { asCrewId, asPersonId, asUnitId, type CrewId, type EventId, type PersonId, type UnitId } from '#shared/ids.ts';
import { must } from '#shared/result.ts';

import type { SignInDoor } from '../services/sign-in.ts';
import type { LogStore } from '../store/log-store.ts';
import type { Quarter } from './city/city.ts';
import { CREWS, DESKS, PASSWORD, UNITS, type CrewPlan } from './people.ts';

export type Hands = Pick<SignInDoor, 'putLogin' | 'makeCode'> & Pick<LogStore, 'record'>;

/** A crew as it is in the log. `code`: enrols the tablet in its van, once. */
export type MadeCrew = CrewPlan & { readonly id: CrewId; readonly person: PersonId; readonly code: string };

export type Company = {
  readonly crews: readonly MadeCrew[];
  readonly unitOf: (quarter: Quarter) => UnitId;
  readonly accounts: DemoAccounts['accounts'];
};

/** Founds the company: units, crews with their people, accounts and a code for each van. */
export async function populate(hands: Hands): Promise<Company> {
  const units = new Map<string, UnitId>();
  for (const level of ['centre', 'district', 'station'] as const) {
    const plans = UNITS.filter((plan) => plan.level === level);
    const made = await make(
      plans.map(({ name, parent }) => {
        const data = { name, level, parent: parent === null ? null : unit(parent) };
        return { kind: 'unitMade', data };
      }),
    );
    for (const [index, { key }] of plans.entries()) units.set(key, asUnitId(at(made, index)));
  }
  const crewIds = await make(
    CREWS.map(({ name, unit: key, van }) => ({ kind: 'crewMade', data: { name, unit: unit(key), van } })),
  );
  const drivers = await make(
    CREWS.map(({ driver, unit: key }) => ({
      kind: 'personMade',
      data: { name: driver, unit: unit(key), role: 'crew' },
    })),
  );
  const crews: MadeCrew[] = [];
  for (const [index, plan] of CREWS.entries()) {
    const id = asCrewId(at(crewIds, index));
    const person = asPersonId(at(drivers, index));
    crews.push({ ...plan, id, person, code: await hands.makeCode({ crew: id, person, forMs: CODE_MS }) });
  }
  const people = await make(
    DESKS.map(({ name, unit: key, role }) => ({ kind: 'personMade', data: { name, unit: unit(key), role } })),
  );
  for (const [index, { login }] of DESKS.entries()) {
    const person = asPersonId(at(people, index));
    must(await hands.putLogin({ person, name: login, password: PASSWORD }));
  }
  const accounts = DESKS.filter(({ shown }) => shown).map(({ login, role }) => ({
    name: login,
    password: PASSWORD,
    role,
  }));
  return { crews, unitOf: unit, accounts };

  function unit(key: string): UnitId {
    const id = units.get(key);
    if (!id) throw new Error(`no unit ${key}`);
    return id;
  }

  function make(drafts: readonly Draft[]): Promise<readonly EventId[]> {
    return hands.record(drafts.map((draft) => ({ subject: null, draft, by: null })));
  }
}

function at(ids: readonly EventId[], index: number): EventId {
  const id = ids[index];
  if (!id) throw new Error('something was not recorded');
  return id;
}

const CODE_MS = 7 * 24 * 3_600_000;
