import { createReadStream } from 'node:fs';

import { type ImportFault, wholeFile } from '#shared/api/import-fault.ts';
import type { ImportHead, ImportLine } from '#shared/api/import.ts';
import type { UnitId } from '#shared/ids.ts';
import { err, ok, type Result } from '#shared/result.ts';

import type { Clock } from '../device/clock.ts';
import { lookAt } from '../import/look-at.ts';
import { type Mapping, parseMapping, unitsNamed } from '../import/mapping.ts';
import type { ImportedOrder } from '../import/read-row.ts';
import type { Store } from '../store/store.ts';
import type { Asker } from './asker.ts';
import { importOrders } from './import-orders.ts';
import { unitAndBelow } from './unit-subtree.ts';

/** Another system's orders, brought in by a desk for its own unit and below. */
export type Imports = {
  /**
   * Looks at, checks or imports a whole file that lies here. Once begun it runs to its end, whoever still listens;
   * `say` gets each line of the answer, the last of which says how it ended.
   */
  readonly run: (asker: Asker, head: ImportHead, file: string, say: (line: ImportLine) => void) => Promise<void>;
};

const SAY_EVERY_MS = 250;

export function createImports(store: Store, clock: Clock): Imports {
  return {
    run: async (asker, { act, mapping: text, unit, history }, file, say) => {
      if (act === 'look') {
        const seen = await lookAt(createReadStream(file));
        if (!seen.ok) return say({ is: 'refused', reasons: [seen.error] });
        const { columns, rows } = seen.value;
        return say({ is: 'look', columns: [...columns], rows: rows.map((row) => [...row]) });
      }
      const mapping = parseMapping(text ?? '');
      if (!mapping.ok) return say({ is: 'refused', reasons: [...mapping.error] });
      const units = await unitsFor(asker, mapping.value, unit);
      if (!units.ok) return say({ is: 'refused', reasons: [wholeFile(units.error)] });
      let said = clock();
      const progress = (read: number): void => {
        if (clock() - said < SAY_EVERY_MS) return;
        said = clock();
        say({ is: 'progress', read });
      };
      const job = { file, mapping: mapping.value, history, dryRun: act === 'check', unitOf: units.value, store };
      return say({ is: 'done', counts: await importOrders({ ...job, now: clock(), progress }) });
    },
  };

  /** Nothing is brought into a unit the asker does not see, and no unit is made. */
  async function unitsFor(
    asker: Asker,
    mapping: Mapping,
    unit: UnitId | undefined,
  ): Promise<Result<(order: ImportedOrder) => UnitId, ImportFault>> {
    const all = await store.roster.units();
    const below = unitAndBelow(all, asker.unit);
    if (unit !== undefined) return below.includes(unit) ? ok(() => unit) : err({ code: 'unitNotThere' });
    const ids = new Map<string, UnitId>();
    for (const name of unitsNamed(mapping)) {
      const [found, another] = all.filter((one) => one.name === name && below.includes(one.id));
      if (!found) return err({ code: 'noSuchUnit', value: name });
      if (another) return err({ code: 'twoUnits', value: name });
      ids.set(name, found.id);
    }
    if (ids.size === 0) return err({ code: 'noUnitNamed' });
    return ok(({ unit: name }) => {
      const id = ids.get(name ?? '');
      if (id === undefined) throw new Error(`a row names the unit ${name}, which the mapping does not`);
      return id;
    });
  }
}
