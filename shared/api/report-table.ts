import type { Cell } from '../csv.ts';
import type { ReportFigures, ReportRow } from './report.ts';

/** Orders that ended before the stage was reached: nothing to judge. */
export function endedWithout(figures: ReportFigures): number {
  const { orders, met, running, unknown, missedNoEvidence, missed } = figures;
  return orders - met - running - unknown - missedNoEvidence - missed;
}

/** The columns of a report as a table, from left to right. Minutes; `…Least`, `…Most`: what they may be. */
export const REPORT_COLUMNS = {
  rule: (row) => row.rule,
  key: (row) => row.key,
  name: (row) => row.name,
  orders: (row) => row.orders,
  stopped: (row) => row.stopped,
  met: (row) => row.met,
  metUnsure: (row) => row.metUnsure,
  running: (row) => row.running,
  ended: endedWithout,
  unknownClock: (row) => row.unknownClock,
  unknownSilent: (row) => row.unknownSilent,
  missedNoEvidence: (row) => row.missedNoEvidence,
  missed: (row) => row.missed,
  within45: (row) => row.within['45'] ?? 0,
  within90: (row) => row.within['90'] ?? 0,
  within120: (row) => row.within['120'] ?? 0,
  p50: (row) => row.p50Min,
  p50Least: (row) => row.p50Span?.[0] ?? null,
  p50Most: (row) => row.p50Span?.[1] ?? null,
  p90: (row) => row.p90Min,
  p90Least: (row) => row.p90Span?.[0] ?? null,
  p90Most: (row) => row.p90Span?.[1] ?? null,
  average: (row) => row.averageMin,
  averageLeast: (row) => row.averageSpan?.[0] ?? null,
  averageMost: (row) => row.averageSpan?.[1] ?? null,
  averageTarget: (row) => row.averageTargetMin,
  limitLeast: (row) => row.limitMin?.[0] ?? null,
  limitMost: (row) => row.limitMin?.[1] ?? null,
  ceilingLeast: (row) => row.ceilingMin?.[0] ?? null,
  ceilingMost: (row) => row.ceilingMin?.[1] ?? null,
  overCeiling: (row) => (row.ceilingMin === null ? null : row.overCeiling),
} as const satisfies { readonly [column: string]: (row: ReportRow) => Cell };

export type ReportColumn = keyof typeof REPORT_COLUMNS;

/** A line of headings and a line for each row. `say`: what a column is called, `tell`: another word for a cell. */
export function reportTable(
  rows: readonly ReportRow[],
  say: (column: ReportColumn) => string,
  tell: { readonly [C in ReportColumn]?: (row: ReportRow) => Cell } = {},
): readonly (readonly Cell[])[] {
  const columns = Object.keys(REPORT_COLUMNS).filter(isColumn);
  return [
    columns.map(say),
    ...rows.map((row) => columns.map((column) => (tell[column] ?? REPORT_COLUMNS[column])(row))),
  ];
}

const isColumn = (name: string): name is ReportColumn => name in REPORT_COLUMNS;
