import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

/** Where the real outage records lie: `RELIGHT_DATA`, else `../shared/data` beside the project. Undefined if absent. */
export function acceptanceData(): string | undefined {
  const asked = process.env['RELIGHT_DATA'];
  const folder = asked ?? resolve(import.meta.dirname, '../../../shared/data');
  if (existsSync(folder)) return folder;
  // A folder someone named and that is not there is a mistake, not a reason to skip.
  if (asked !== undefined) throw new Error(`RELIGHT_DATA names ${asked}, which does not exist`);
  return undefined;
}
