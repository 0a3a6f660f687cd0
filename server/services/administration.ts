import type {
  ActivatedRules,
  ActivateRules,
  GivePassword,
  MadeCode,
  Made,
  MakeCode,
  MakeCrew,
  MakePerson,
  MakeUnit,
} from '#shared/api/administration.ts';
import type { Draft } from '#shared/event/catalog.ts';
import { asPersonId, type UnitId } from '#shared/ids.ts';
import { activationRefusal } from '#shared/order/decide.ts';
import { err, ok, type Result } from '#shared/result.ts';
import { packFaults, type PackFault } from '#shared/sla/check-pack.ts';

import type { Clock } from '../device/clock.ts';
import type { Roster } from '../store/organisation.ts';
import type { Asker } from './asker.ts';
import type { Record } from './enrolment.ts';
import type { SignInDoor } from './sign-in.ts';
import { unitAndBelow } from './unit-subtree.ts';

type Answer<T, E extends string = never> = Promise<Result<T, 'notFound' | E>>;

/** Units, crews, people and codes, made by an administrator; codes also by a leader for the own unit and below. */
export type Administration = {
  readonly makeUnit: (asker: Asker, what: MakeUnit) => Answer<Made>;
  readonly makeCrew: (asker: Asker, what: MakeCrew) => Answer<Made>;
  /** `nameTaken`: somebody signs in under that name; nothing was made. */
  readonly makePerson: (asker: Asker, what: MakePerson) => Answer<Made, 'nameTaken'>;
  /** `hasNoLogin`: crews come in by a code. `nameTaken`: another one signs in under that name. */
  readonly givePassword: (asker: Asker, what: GivePassword) => Answer<void, 'hasNoLogin' | 'nameTaken'>;
  /** For the whole company the asker belongs to. `inThePast`: nothing is judged anew. */
  readonly activateRules: (
    asker: Asker,
    what: ActivateRules,
  ) => Promise<Result<ActivatedRules, 'inThePast' | { readonly fault: PackFault }>>;
  readonly makeCode: (asker: Asker, what: MakeCode) => Answer<MadeCode>;
};

type Deps = { roster: Roster; door: SignInDoor; record: Record; clock: Clock };

export function createAdministration({ roster, door, record, clock }: Deps): Administration {
  const make = async (asker: Asker, draft: Draft): Promise<Made> => {
    const [id] = await record([{ subject: null, draft }], asker.person);
    if (id === undefined) throw new Error(`${draft.kind} was not recorded`);
    return { id };
  };
  /** What a leader does not see is not there; an administrator reaches every unit. */
  const reaches = async (asker: Asker, unit: UnitId): Promise<boolean> => {
    if (asker.role === 'admin') return (await roster.unit(unit)) !== null;
    return unitAndBelow(await roster.units(), asker.unit).includes(unit);
  };

  return {
    makeUnit: async (asker, data) =>
      (await reaches(asker, data.parent)) ? ok(await make(asker, { kind: 'unitMade', data })) : err('notFound'),

    makeCrew: async (asker, data) =>
      (await reaches(asker, data.unit)) ? ok(await make(asker, { kind: 'crewMade', data })) : err('notFound'),

    makePerson: async (asker, { password, ...data }) => {
      if (!(await reaches(asker, data.unit))) return err('notFound');
      if (password !== undefined && (await door.hasLogin(data.name))) return err('nameTaken');
      const made = await make(asker, { kind: 'personMade', data });
      if (password === undefined) return ok(made);
      const put = await door.putLogin({ person: asPersonId(made.id), name: data.name, password });
      return put.ok ? ok(made) : put;
    },

    givePassword: async (asker, { person: id, password }) => {
      const person = await roster.person(id);
      if (!person || !(await reaches(asker, person.unit))) return err('notFound');
      if (person.role === 'crew' || person.role === 'integration') return err('hasNoLogin');
      return door.putLogin({ person: person.id, name: person.name, password });
    },

    activateRules: async (asker, { from: asked, pack }) => {
      const [fault] = packFaults(pack);
      if (fault) return err({ fault });
      const now = clock();
      const from = asked ?? now;
      if (activationRefusal({ from }, now)) return err('inThePast');
      const unit = topOf(await roster.units(), asker.unit);
      return ok({ ...(await make(asker, { kind: 'rulePackActivated', data: { unit, from, pack } })), from });
    },

    makeCode: async (asker, { crew: crewId, person: personId, hours }) => {
      const [crew, person] = await Promise.all([roster.crew(crewId), roster.person(personId)]);
      if (!crew || !person) return err('notFound');
      if (!(await reaches(asker, crew.unit)) || !(await reaches(asker, person.unit))) return err('notFound');
      const forMs = hours * 3_600_000;
      const endsAt = clock() + forMs;
      return ok({ code: await door.makeCode({ crew: crew.id, person: person.id, forMs }), endsAt });
    },
  };
}

/** The centre above a unit. */
function topOf(units: readonly { readonly id: UnitId; readonly parent: UnitId | null }[], unit: UnitId): UnitId {
  const parent = units.find(({ id }) => id === unit)?.parent ?? null;
  return parent === null ? unit : topOf(units, parent);
}
