import { asUnitId, EventId, type UnitId } from '#shared/ids.ts';
import { err, ok, type Result } from '#shared/result.ts';

import { unitsNamed, type Mapping } from '../import/mapping.ts';
import type { ImportedOrder } from '../import/read-row.ts';
import type { Store } from '../store/store.ts';
import { findNamed } from './find-named.ts';
import { wrong, type Complaint } from './verb.ts';

export type ImportUnits = {
  readonly unitOf: (order: ImportedOrder) => UnitId;
  /** Names of units that had to be made. */
  readonly made: readonly string[];
};

type Asked = { readonly mapping: Mapping; readonly unit: string | undefined; readonly dryRun: boolean };

/**
 * The units that an import's orders belong to. A unit that the mapping names is made where it is missing, below the one
 * centre if there is one; a unit typed as `--unit` has to be there.
 */
export async function importUnits(store: Store | null, asked: Asked): Promise<Result<ImportUnits, Complaint>> {
  const { mapping, unit, dryRun } = asked;
  const known = (await store?.roster.units()) ?? [];
  if (unit !== undefined) {
    const found = findNamed(known, unit, '--unit');
    return found.ok ? ok({ unitOf: () => found.value.id, made: [] }) : found;
  }
  const names = unitsNamed(mapping);
  if (names.length === 0) return err(wrong('--unit', 'the mapping names no unit: say whose orders these are'));

  const ids = new Map<string, UnitId>();
  const made: string[] = [];
  const [centre, ...others] = known.filter(({ parent }) => parent === null);
  for (const name of names) {
    if (known.some((one) => one.name === name)) {
      const found = findNamed(known, name, 'unit');
      if (!found.ok) return found;
      ids.set(name, found.value.id);
    } else {
      made.push(name);
      if (store && !dryRun) ids.set(name, await make(store, name, centre && others.length === 0 ? centre.id : null));
    }
  }
  return ok({ unitOf: ({ unit: name }) => ids.get(name ?? '') ?? NOT_YET, made });
}

/** Stands in a dry run for a unit that would be made. */
const NOT_YET = asUnitId(EventId.parse('AAA-1'));

async function make({ log }: Store, name: string, parent: UnitId | null): Promise<UnitId> {
  const data = { name, level: parent === null ? 'centre' : 'district', parent } as const;
  const [id] = await log.record([{ subject: null, draft: { kind: 'unitMade', data }, by: null }]);
  if (id === undefined) throw new Error(`unit ${name} was not made`);
  return asUnitId(id);
}
