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
  for (const { key, name, level, parent } of UNITS) {
    const data = { name, level, parent: parent === null ? null : unit(parent) };
    units.set(key, asUnitId(await make({ kind: 'unitMade', data })));
  }
  const crews: MadeCrew[] = [];
  for (const plan of CREWS) {
    const at = unit(plan.unit);
    const id = asCrewId(await make({ kind: 'crewMade', data: { name: plan.name, unit: at, van: plan.van } }));
    const person = asPersonId(await make({ kind: 'personMade', data: { name: plan.driver, unit: at, role: 'crew' } }));
    crews.push({ ...plan, id, person, code: await hands.makeCode({ crew: id, person, forMs: CODE_MS }) });
  }
  // Hashing a password takes its time on purpose: all at once.
  await Promise.all(
    DESKS.map(async ({ login, name, unit: key, role }) => {
      const person = asPersonId(await make({ kind: 'personMade', data: { name, unit: unit(key), role } }));
      must(await hands.putLogin({ person, name: login, password: PASSWORD }));
    }),
  );
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

  async function make(draft: Draft): Promise<EventId> {
    const [id] = await hands.record([{ subject: null, draft, by: null }]);
    if (!id) throw new Error(`a ${draft.kind} was not recorded`);
    return id;
  }
}

const CODE_MS = 7 * 24 * 3_600_000;
