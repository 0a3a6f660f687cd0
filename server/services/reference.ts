import { readFile, stat } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';

import { type Refused, wholeFile } from '#shared/api/import-fault.ts';
import type { ReferenceHead, ReferenceLine } from '#shared/api/reference.ts';

import type { Clock } from '../device/clock.ts';
import { lookAtReference } from '../import/look-at-reference.ts';
import { equipmentSteps } from '../import/read-equipment.ts';
import type { Store } from '../store/store.ts';

/** Reference data of the grid, brought in by a desk. */
export type Reference = {
  /**
   * Looks at, checks or imports a whole file that lies here; `say` gets each line of the answer, the last of which says
   * how it ended. What is imported takes the place of all that the same source brought before, in one transaction.
   */
  readonly run: (head: ReferenceHead, file: string, say: (line: ReferenceLine) => void) => Promise<void>;
};

const SAY_EVERY_MS = 250;
/** It is read whole, and written in one transaction beside a running desk: larger ones are for the command line. */
const FILE_MIB = 32;
const FILE_BYTES = FILE_MIB * 1024 * 1024;
const PLACES = 250_000;

export function createReference({ equipment }: Pick<Store, 'equipment'>, clock: Clock): Reference {
  return {
    run: async ({ act, source, grid, columns }, file, say) => {
      const refuse = (why: Refused): void => say({ is: 'refused', reasons: [why] });
      if ((await stat(file)).size > FILE_BYTES) return refuse(wholeFile({ code: 'fileTooLarge', mib: FILE_MIB }));
      const bytes = await readFile(file);
      if (act === 'look') {
        const seen = await lookAtReference(bytes);
        if (!seen.ok) return refuse(seen.error);
        const { geo, columns: names, rows } = seen.value;
        return say({ is: 'look', geo, columns: [...names], rows: rows.map((row) => [...row]) });
      }
      let said = clock();
      const reading = equipmentSteps(bytes, { grid, columns });
      let step = reading.next();
      for (; !step.done; step = reading.next()) {
        // Others are served between two steps.
        await setImmediate();
        if (clock() - said < SAY_EVERY_MS) continue;
        said = clock();
        say({ is: 'progress', read: step.value });
      }
      if (!step.value.ok) return refuse(step.value.error);
      const { places, refused, refusedCount } = step.value.value;
      if (places.length > PLACES) return refuse(wholeFile({ code: 'tooManyPlaces', most: PLACES }));
      const { before } =
        act === 'import' && places.length > 0
          ? await equipment.replace(source, places)
          : { before: await equipment.count(source) };
      const feeders = new Set(places.map(({ feeder }) => feeder)).size;
      const counts = { places: places.length, feeders, before, refusedCount };
      return say({ is: 'done', counts: { ...counts, refused: [...refused] } });
    },
  };
}
