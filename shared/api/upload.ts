import * as z from 'zod/mini';

import { Refused } from './import-fault.ts';

/** A file is first looked at, then read without anything being written, then imported. */
export const ACTS = ['look', 'check', 'import'] as const;
export type Act = (typeof ACTS)[number];

/** The columns of a CSV, or the properties of GeoJSON (`geo`), and the first rows. */
const Look = z.object({
  is: z.literal('look'),
  geo: z.optional(z.boolean()),
  columns: z.array(z.string()),
  rows: z.array(z.array(z.string())),
});
export type Look = z.infer<typeof Look>;

const Progress = z.object({ is: z.literal('progress'), read: z.int() });
const Unusable = z.object({ is: z.literal('refused'), reasons: z.array(Refused) });
const BrokenOff = z.object({ is: z.literal('brokenOff') });

/** A line of the answer to a file: how many rows are read, then exactly one of the others. One without them broke off. */
export const uploadLine = <Counts extends z.core.$ZodType>(counts: Counts) =>
  z.union([Progress, Look, z.object({ is: z.literal('done'), counts }), Unusable, BrokenOff]);

export type UploadLine<Counts> =
  | z.infer<typeof Progress | typeof Look | typeof Unusable | typeof BrokenOff>
  | { is: 'done'; counts: Counts };
