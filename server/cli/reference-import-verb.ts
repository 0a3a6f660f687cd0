import { readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';

import { GRIDS } from '#shared/api/reference.ts';
import { err, ok, type Result } from '#shared/result.ts';

import type { Grid } from '../import/grid.ts';
import { readEquipment } from '../import/read-equipment.ts';
import { refusalText } from '../import/refusal-text.ts';
import { refusedInJson, refusedLines } from './refused-lines.ts';
import { failed, readOptions, wrong, type Complaint, type Verb } from './verb.ts';
import { withStore } from './with-store.ts';

export const referenceImportVerb: Verb = {
  usage: 'FILE [--feeder NAME] [--x NAME --y NAME] [--grid wgs84|twd67|twd97] [--source NAME]',
  help: [
    'FILE      CSV with a header line, or GeoJSON: where transformers, switches or poles stand, and on which feeder',
    '--feeder  the column or property that names the feeder; without it: feeder',
    '--x, --y  columns of the coordinates; without them: lon and lat',
    '--grid    what they are measured in; without it degrees (wgs84)',
    '--source  under which name it is kept; importing the same source again puts the new in the place of the old',
  ],
  run: async (args, terminal) => {
    const options = readOptions(args, {
      feeder: { type: 'string', default: 'feeder' },
      x: { type: 'string', default: 'lon' },
      y: { type: 'string', default: 'lat' },
      grid: { type: 'string', default: 'wgs84' },
      source: { type: 'string' },
    });
    if (!options.ok) return options;
    const { values, positionals } = options.value;
    const grid = gridOf(values.grid);
    if (!grid) return err(wrong('--grid', `“${values.grid}” is none of ${GRIDS.join(', ')}`));
    const file = bytesOf(positionals[0]);
    if (!file.ok) return file;
    const source = values.source ?? basename(positionals[0] ?? '');
    const read = readEquipment(file.value, { grid, columns: { x: values.x, y: values.y, feeder: values.feeder } });
    if (!read.ok) return err(failed('FILE', refusalText(read.error)));
    const { places, refused, refusedCount } = read.value;
    if (places.length === 0)
      return err(failed('FILE', `nothing can be used: ${refused[0] ? refusalText(refused[0]) : 'it is empty'}`));
    return withStore(terminal, async ({ equipment }) => {
      const { before } = await equipment.replace(source, places);
      const feeders = new Set(places.map(({ feeder }) => feeder)).size;
      const counts = { source, places: places.length, feeders, before, refusedCount };
      await terminal.result({ ...counts, ...refusedInJson(read.value) }, [
        `“${source}”: ${places.length} places on ${feeders} feeders, in the place of ${before}`,
        ...(refusedCount > 0 ? [`Left out ${refusedCount}:`, ...refusedLines(read.value)] : []),
      ]);
      return ok(refusedCount > 0 ? 1 : 0);
    });
  },
};

const gridOf = (text: string): Grid | undefined => GRIDS.find((one) => one === text);

/** Reference files are read whole: the biggest that a utility has is far smaller than this. */
const FILE_BYTES = 256 * 1024 * 1024;

function bytesOf(file: string | undefined): Result<Buffer, Complaint> {
  if (file === undefined) return err(wrong('FILE', 'say which file'));
  const size = statSync(file, { throwIfNoEntry: false })?.size;
  if (size === undefined) return err(failed('FILE', `${file}: there is no such file`));
  if (size > FILE_BYTES) return err(failed('FILE', `larger than ${FILE_BYTES} bytes`));
  return ok(readFileSync(file));
}
