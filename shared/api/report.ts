import * as z from 'zod/mini';

/**
 * Per rule and area ("all" sums up): how many orders, how many stopped, how many stopped within 45, 90, 120 minutes
 * of their origin, percentiles and average of all stopped ones in minutes, and the verdicts.
 * A stop before its origin counts in `stopped`, the percentiles, the average and `unknown`, not in `within`.
 */
export const ReportRow = z.object({
  rule: z.string(),
  area: z.string(),
  orders: z.number(),
  stopped: z.number(),
  within: z.record(z.string(), z.number()),
  p50Min: z.nullable(z.number()),
  p90Min: z.nullable(z.number()),
  averageMin: z.nullable(z.number()),
  met: z.number(),
  missed: z.number(),
  unknown: z.number(),
});
export type ReportRow = z.infer<typeof ReportRow>;

export const Report = z.object({ rules: z.array(ReportRow) });
export type Report = z.infer<typeof Report>;
