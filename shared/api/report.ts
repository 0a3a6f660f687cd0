import * as z from 'zod/mini';

import { Area } from '../event/parts.ts';
import { UnitId } from '../ids.ts';
import { isZone } from '../time/local-day.ts';

/** What a report tells apart beside rules: area class, customer class, unit with those below, crew, day of the report. */
export const REPORT_BY = ['area', 'class', 'unit', 'crew', 'day'] as const;
export type ReportBy = (typeof REPORT_BY)[number];

/** Whose days count where nobody says otherwise. */
export const USUAL_ZONE = 'Asia/Shanghai';

const Day = z.iso.date();

/**
 * Orders reported from the day `from` up to and with the day `to`, in `zone`; without them from the first, to the last.
 * `unit`: of it and those below. `area`: of this class. `rule`: this one alone, then also with its days and its spread.
 */
export const ReportQuery = z
  .object({
    from: z.optional(Day),
    to: z.optional(Day),
    by: z.optional(z.enum(REPORT_BY)),
    rule: z.optional(z.string().check(z.regex(/^[a-z][A-Za-z0-9]{0,39}$/))),
    unit: z.optional(UnitId),
    area: z.optional(Area),
    zone: z.optional(
      z.string().check(
        z.maxLength(64),
        z.refine((name) => isZone(name), 'not a time zone'),
      ),
    ),
  })
  .check(
    z.refine(({ from, to }) => from === undefined || to === undefined || from <= to, {
      path: ['to'],
      error: 'lies before from',
    }),
  );
export type ReportQuery = z.infer<typeof ReportQuery>;

/** Least and most that the truth may be, in minutes. */
const Span = z.tuple([z.number(), z.number()]);
export type Span = z.infer<typeof Span>;

/**
 * How a rule's clocks stopped in one group of orders. Minutes are counted from each clock's origin.
 *
 *   orders = met + missed + missedNoEvidence + unknownSilent + unknownClock + running + those that ended without a stop
 *
 * `metUnsure`: of the met, those whose time a person has not proved yet. `unknown`: silent and clock together. A stop
 * before its origin counts in `stopped`, the percentiles, the average and `unknownClock`, not in `within`.
 * `…Span`: what the figure may be, given the bounds of each time.
 */
export const ReportFigures = z.object({
  orders: z.number(),
  stopped: z.number(),
  within: z.record(z.string(), z.number()),
  p50Min: z.nullable(z.number()),
  p50Span: z.nullable(Span),
  p90Min: z.nullable(z.number()),
  p90Span: z.nullable(Span),
  averageMin: z.nullable(z.number()),
  averageSpan: z.nullable(Span),
  /** What the average of the stopped is promised to be: the mean of the promises each falls under. */
  averageTargetMin: z.nullable(z.number()),
  /** Least and most limit in the group, pauses left out. */
  limitMin: z.nullable(Span),
  /** The same of the ceiling on the same stage, and how many went over it. */
  ceilingMin: z.nullable(Span),
  overCeiling: z.number(),
  met: z.number(),
  metUnsure: z.number(),
  missed: z.number(),
  missedNoEvidence: z.number(),
  unknown: z.number(),
  unknownSilent: z.number(),
  unknownClock: z.number(),
  running: z.number(),
});
export type ReportFigures = z.infer<typeof ReportFigures>;

/**
 * One group under one rule. `key`: "all", or an area, a class, a unit, a crew ("none"), a day. `area`: the same where
 * areas are told apart, else "all". `name` and `depth` (below the topmost) of units, `name` of crews.
 */
export const ReportRow = z.extend(ReportFigures, {
  rule: z.string(),
  area: z.string(),
  key: z.string(),
  name: z.nullable(z.string()),
  depth: z.number(),
});
export type ReportRow = z.infer<typeof ReportRow>;

/** A rule as the newest pack among the orders has it. */
export const ReportRule = z.object({
  id: z.string(),
  name: z.object({ zh: z.string(), en: z.string() }),
  kind: z.enum(['target', 'ceiling']),
});
export type ReportRule = z.infer<typeof ReportRule>;

/** How many stopped in each step of minutes from zero; the last takes all beyond. `before`: of them before the origin. */
export const ReportSpread = z.object({
  stepMin: z.number(),
  counts: z.array(z.number()),
  before: z.number(),
});
export type ReportSpread = z.infer<typeof ReportSpread>;

const REPORT_STEPS = ['day', 'week', 'month'] as const;
export type ReportStep = (typeof REPORT_STEPS)[number];

/**
 * `rules`: rows by rule, "all" first. `days`, `spread`: of all orders together, where one rule was asked for. `day`: the
 * first of its `step`, which grows with the period so that there are never more than a few dozen; weeks begin on Monday.
 */
export const Report = z.object({
  by: z.enum(REPORT_BY),
  zone: z.string(),
  from: z.nullable(z.string()),
  to: z.nullable(z.string()),
  /** Server time, ms: running clocks stood so then. */
  at: z.number(),
  known: z.array(ReportRule),
  rules: z.array(ReportRow),
  step: z.enum(REPORT_STEPS),
  days: z.array(z.extend(ReportFigures, { day: z.string() })),
  spread: z.nullable(ReportSpread),
});
export type Report = z.infer<typeof Report>;
export type ReportDay = Report['days'][number];
