import { endedWithout } from '#shared/api/report-table.ts';
import type { ReportFigures, Span } from '#shared/api/report.ts';

/** What became of an order's clock, from calm to grave: the order of every bar. */
export const PARTS = [
  'met',
  'running',
  'ended',
  'unknownClock',
  'unknownSilent',
  'missedNoEvidence',
  'missed',
] as const;
export type Part = (typeof PARTS)[number];

/** How many orders each part has; together all of them. */
export const partsOf = (figures: ReportFigures): { readonly [P in Part]: number } => ({
  met: figures.met,
  running: figures.running,
  ended: endedWithout(figures),
  unknownClock: figures.unknownClock,
  unknownSilent: figures.unknownSilent,
  missedNoEvidence: figures.missedNoEvidence,
  missed: figures.missed,
});

/** Percent on time among the judged: from none of the unknown to all of them; null before anything is judged. */
export function shareMet({ met, missed, missedNoEvidence, unknown }: ReportFigures): Span | null {
  const judged = met + missed + missedNoEvidence + unknown;
  // Rounded down: hundred is said only of all.
  return judged === 0 ? null : [Math.floor((100 * met) / judged), Math.floor((100 * (met + unknown)) / judged)];
}
