import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { acceptanceData } from '../acceptance/data.ts';

/** Real streets to look at below the marks, where they lie beside the project. */
export function streetsFile(): string | undefined {
  const file = join(acceptanceData() ?? '', 'basemap-pmtiles/sf.pmtiles');
  return existsSync(file) ? file : undefined;
}
