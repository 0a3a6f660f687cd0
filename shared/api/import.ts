import * as z from 'zod/mini';

import { UnitId } from '../ids.ts';
import { Refused } from './import-fault.ts';
import { ACTS, uploadLine } from './upload.ts';

/**
 * The first line of an import's body, as JSON; behind it the file as it is. `look` shows columns and first rows, `check`
 * reads everything and writes nothing, `import` writes. `unit`: whose orders these are, where the mapping does not say.
 */
export const ImportHead = z.object({
  act: z.enum(ACTS),
  mapping: z.optional(z.string().check(z.maxLength(32_000))),
  unit: z.optional(UnitId),
  history: z.boolean(),
});
export type ImportHead = z.infer<typeof ImportHead>;

/** read = created + unchanged + skipped + refusedCount; `refused` holds the first thousand of them. */
const ImportCounts = z.object({
  read: z.int(),
  created: z.int(),
  unchanged: z.int(),
  skipped: z.int(),
  refusedCount: z.int(),
  refused: z.array(Refused),
});
export type ImportCounts = z.infer<typeof ImportCounts>;

/** Of one that broke off stays what was written until then, and the same file again creates nothing twice. */
export const ImportLine = uploadLine(ImportCounts);
export type ImportLine = z.infer<typeof ImportLine>;
