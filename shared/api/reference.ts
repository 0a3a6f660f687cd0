import * as z from 'zod/mini';

import { Refused } from './import-fault.ts';
import { ACTS, uploadLine } from './upload.ts';

/** What the coordinates of a file are measured in: degrees, or metres of Taiwan's older and present grid. */
export const GRIDS = ['wgs84', 'twd67', 'twd97'] as const;

/**
 * The first line of the body, as JSON; behind it the file as it is: CSV with a header line, or GeoJSON. `source`: under
 * which name it is kept; what that name brought before gives way to the new. `columns`: of a CSV; of GeoJSON only `feeder`.
 */
export const ReferenceHead = z.object({
  act: z.enum(ACTS),
  source: z.string().check(z.minLength(1), z.maxLength(80)),
  grid: z.enum(GRIDS),
  columns: z.object({ x: z.string(), y: z.string(), feeder: z.string() }),
});
export type ReferenceHead = z.infer<typeof ReferenceHead>;

/** `places` on `feeders`; `before`: how many places of the same source gave way, or would. */
const ReferenceCounts = z.object({
  places: z.int(),
  feeders: z.int(),
  before: z.int(),
  refusedCount: z.int(),
  refused: z.array(Refused),
});
export type ReferenceCounts = z.infer<typeof ReferenceCounts>;

/** Of one that broke off nothing was written. */
export const ReferenceLine = uploadLine(ReferenceCounts);
export type ReferenceLine = z.infer<typeof ReferenceLine>;
