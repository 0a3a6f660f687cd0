import type { ReportBy } from '#shared/api/report.ts';
import { AREAS } from '#shared/event/parts.ts';
import type { CrewId, EventId, UnitId } from '#shared/ids.ts';
import type { Order } from '#shared/order/order.ts';
import type { Days } from '#shared/time/local-day.ts';

import type { Store } from '../store/store.ts';

/** One group as a report names it. */
export type Group = { readonly key: string; readonly name: string | null; readonly depth: number };

export type Groups = {
  /** The groups an order belongs to; `stop`: the fact that stopped the clock. */
  readonly of: (order: Order, stop: EventId | null) => readonly string[];
  /** The groups found, in the order a report shows them. */
  readonly sorted: (keys: Iterable<string>) => readonly Group[];
};

type Places = {
  /** Only these units are told apart; null: all. */
  readonly units: readonly UnitId[] | null;
  readonly days: Days;
};

/** How orders are told apart. A unit's row has its whole subtree in it. */
export async function createGroups(
  by: ReportBy,
  { roster }: Pick<Store, 'roster'>,
  { units, days }: Places,
): Promise<Groups> {
  switch (by) {
    case 'area':
      return named(({ report }) => report?.area ?? null, AREAS);
    case 'class':
      return named(({ report }) => report?.customerClass ?? 'ordinary', ['ordinary', 'important']);
    case 'day':
      return named(({ reportedAt }) => reportedAt && days.of(reportedAt.est), []);
    case 'crew':
      return byCrew(await roster.crews());
    case 'unit':
      return byUnit(await roster.units(), units);
  }
}

function named(keyOf: (order: Order) => string | null, order: readonly string[]): Groups {
  return {
    of: (one) => [keyOf(one) ?? 'unknown'],
    sorted: (keys) =>
      [...keys]
        .toSorted((a, b) => order.indexOf(a) - order.indexOf(b) || a.localeCompare(b))
        .map((key) => ({ key, name: null, depth: 0 })),
  };
}

function byCrew(crews: Awaited<ReturnType<Store['roster']['crews']>>): Groups {
  const names = new Map<string, string>(crews.map(({ id, name }) => [id, name]));
  const collator = new Intl.Collator('zh', { numeric: true });
  return {
    of: (order, stop) => [crewOf(order, stop) ?? 'none'],
    sorted: (keys) =>
      [...keys]
        .map((key) => ({ key, name: names.get(key) ?? null, depth: 0 }))
        .toSorted((a, b) => collator.compare(a.name ?? '\uFFFF', b.name ?? '\uFFFF')),
  };
}

/** Whoever stopped the clock; before that whoever has the order, or had it last. */
function crewOf({ facts, crew, holdings }: Order, stop: EventId | null): CrewId | null {
  const by = stop === null ? null : (facts.find(({ id }) => id === stop)?.crew ?? null);
  return by ?? crew ?? holdings.at(-1)?.crew ?? null;
}

function byUnit(all: Awaited<ReturnType<Store['roster']['units']>>, only: readonly UnitId[] | null): Groups {
  const shown = new Map(all.filter(({ id }) => only === null || only.includes(id)).map((unit) => [unit.id, unit]));
  const upwards = (unit: UnitId): readonly UnitId[] => {
    const found: UnitId[] = [];
    for (
      let at = shown.get(unit);
      at && !found.includes(at.id);
      at = at.parent === null ? undefined : shown.get(at.parent)
    )
      found.push(at.id);
    return found;
  };
  const downwards = (parent: UnitId | null, depth: number): readonly Group[] =>
    [...shown.values()]
      .filter((unit) => (unit.parent !== null && shown.has(unit.parent) ? unit.parent : null) === parent)
      .flatMap(({ id, name }) => [{ key: id, name, depth }, ...(depth < DEEPEST ? downwards(id, depth + 1) : [])]);
  return {
    of: ({ report }) => (report ? upwards(report.unit) : []),
    sorted: (keys) => {
      const found = new Set(keys);
      return downwards(null, 0).filter(({ key }) => found.has(key));
    },
  };
}

/** Centre, district, station; deeper is a ring in the data. */
const DEEPEST = 8;
