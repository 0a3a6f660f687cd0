import type { Draft } from '#shared/event/catalog.ts';
import { asCrewId, asUnitId, type CrewId, type EventId } from '#shared/ids.ts';

import type { Own } from '../../../server/store/log-writer.ts';

export type Recorder = (batch: readonly Own[]) => Promise<readonly EventId[]>;

/** Units and crews that the measured tablets and desks do not see. */
export type Strangers = { readonly unit: EventId; readonly crews: readonly CrewId[] };

const ORDERS_AT_ONCE = 50;
const CREWS = 100;

export async function addStrangers(record: Recorder): Promise<Strangers> {
  const own = (draft: Draft): Own => ({ subject: null, draft, by: null });
  const [unit] = await record([
    own({ kind: 'unitMade', data: { name: '远山供电所', level: 'station', parent: null } }),
  ]);
  const data = { unit: asUnitId(unit!) };
  const made = await record(
    Array.from({ length: CREWS }, (_, n) => own({ kind: 'crewMade', data: { ...data, name: `远山${n}班` } })),
  );
  return { unit: unit!, crews: made.map(asCrewId) };
}

/**
 * Adds so many events of orders that strangers worked on from the report to the end, through the store's own writing, so
 * that every row that belongs to an event is there. Most are closed, as in a log of years.
 */
export async function growLog(record: Recorder, { unit, crews }: Strangers, events: number): Promise<void> {
  let left = events;
  let orders = 0;
  while (left > 0) {
    const batch: Own[] = [];
    for (let made = 0; made < ORDERS_AT_ONCE && left > 0; made += 1) {
      const crew = crews[orders % crews.length]!;
      orders += 1;
      const life = lifeOf(asUnitId(unit), crew, orders).slice(0, left);
      const begunBy = batch.length;
      batch.push(...life.map((draft, at) => ({ subject: at === 0 ? null : { begunBy }, draft, by: null })));
      left -= life.length;
    }
    await record(batch);
  }
}

const lifeOf = (unit: ReturnType<typeof asUnitId>, crew: CrewId, order: number): readonly Draft[] => [
  { kind: 'reported', data: { unit, address: `远山路${order}号`, area: 'rural', channel: 'phone' } },
  { kind: 'dispatched', data: { crew } },
  { kind: 'accepted', data: { crew } },
  { kind: 'departed', data: { crew } },
  { kind: 'arrived', data: { crew } },
  { kind: 'diagnosed', data: { crew, cause: '树枝压断了低压线' } },
  { kind: 'restored', data: { crew, extent: 'all' } },
  { kind: 'submitted', data: { crew } },
  { kind: 'closed', data: { outcome: 'restored' } },
];
