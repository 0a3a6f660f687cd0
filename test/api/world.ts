import type { OpenServices } from '../../server/open-services.ts';
import type { Own } from '../../server/store/log-writer.ts';
import type { Draft } from '../../shared/event/catalog.ts';
import { ROLES, type Role } from '../../shared/event/organisation.ts';
import {
  asCrewId,
  asOrderId,
  asPersonId,
  asUnitId,
  orderSubject,
  type CrewId,
  type EventId,
  type OrderId,
  type PersonId,
  type UnitId,
} from '../../shared/ids.ts';

/** How an order stands to the people of district 1 and to crew k1. */
export const RELATIONS = ['own', 'sameUnit', 'closed', 'foreign', 'absent'] as const;
export type RelationName = (typeof RELATIONS)[number];

type Assignment = { readonly crew: CrewId; readonly person: PersonId };

/** Two districts with a station each. Everybody named after a role works in district 1. */
export type World = {
  readonly units: {
    readonly centre: UnitId;
    readonly district1: UnitId;
    readonly station1: UnitId;
    readonly station2: UnitId;
  };
  readonly codes: { readonly k1: Assignment; readonly k2: Assignment; readonly k3: Assignment };
  readonly people: { readonly [R in Role]: PersonId };
  readonly orders: { readonly [R in RelationName]: OrderId };
};

export async function makeWorld({ store, services }: OpenServices): Promise<World> {
  const one = async (draft: Draft): Promise<EventId> => (await record([{ subject: null, draft, by: null }]))[0]!;
  const record = (batch: readonly Own[]) => store.log.record(batch);

  const unit = async (name: string, level: 'centre' | 'district' | 'station', parent: UnitId | null) =>
    asUnitId(await one({ kind: 'unitMade', data: { name, level, parent } }));
  const centre = await unit('客服中心', 'centre', null);
  const district1 = await unit('城东', 'district', centre);
  const district2 = await unit('城西', 'district', centre);
  const station1 = await unit('望江', 'station', district1);
  const station2 = await unit('草堂', 'station', district2);

  const crew = async (name: string, at: UnitId): Promise<Assignment> => ({
    crew: asCrewId(await one({ kind: 'crewMade', data: { name, unit: at } })),
    person: asPersonId(await one({ kind: 'personMade', data: { name: `${name}组长`, unit: at, role: 'crew' } })),
  });
  const codes = {
    k1: await crew('一班', station1),
    k2: await crew('二班', station1),
    k3: await crew('三班', station2),
  };

  const person = async (name: string, role: Role, at: UnitId): Promise<PersonId> => {
    const id = asPersonId(await one({ kind: 'personMade', data: { name, unit: at, role } }));
    await services.door.putLogin({ person: id, name, password: `${name}-password` });
    return id;
  };
  const people: Partial<Record<Role, PersonId>> = {};
  for (const role of ROLES) people[role] = await person(role, role, district1);
  await person('stranger', 'dispatcher', district2);

  const order = async (at: UnitId, to: CrewId): Promise<OrderId> => {
    const data = { unit: at, address: '望江路 12 号', area: 'urban', channel: 'desk' } as const;
    const id = asOrderId(await one({ kind: 'reported', data }));
    await record([{ subject: orderSubject(id), draft: { kind: 'dispatched', data: { crew: to } }, by: null }]);
    return id;
  };
  const closed = await order(station1, codes.k1.crew);
  const ending = { kind: 'closed', data: { outcome: 'noFault' } } as const;
  await record([{ subject: orderSubject(closed), draft: ending, by: null }]);
  const orders = {
    own: await order(station1, codes.k1.crew),
    sameUnit: await order(station1, codes.k2.crew),
    closed,
    foreign: await order(station2, codes.k3.crew),
    absent: asOrderId('YYY-9' as EventId),
  };
  return { units: { centre, district1, station1, station2 }, codes, people: people as World['people'], orders };
}
