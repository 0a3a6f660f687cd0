import type { ReportRow, ReportStep, Span } from '#shared/api/report.ts';
import { AREAS } from '#shared/event/parts.ts';
import type { Day } from '#shared/time/local-day.ts';

import type { ReportText } from '../../text/report-text.ts';

/** "82 %", "82–91 %". */
export function shareWords(share: Span | null): string {
  if (share === null) return NOTHING;
  const [low, high] = share;
  return low === high ? `${low} %` : `${low}–${high} %`;
}

/** "52.0", "1 204". */
export function minuteWords(minutes: number | null): string {
  return minutes === null ? NOTHING : minutes.toFixed(Math.abs(minutes) < 999.95 ? 1 : 0);
}

/** "(51.2–53.4)", or nothing where the doubt does not show. */
export function doubtWords(value: number | null, span: Span | null): string {
  if (value === null || span === null) return '';
  const [low, high] = span.map(minuteWords);
  return low === high ? '' : `(${low}–${high})`;
}

/** "45", "45–120". */
export function limitWords(span: Span | null): string {
  if (span === null) return NOTHING;
  const [low, high] = span.map((one) => String(Math.round(one * 10) / 10));
  return low === high ? String(low) : `${low}–${high}`;
}

/** What a group is called: "城区", "抢修3班", "11-21". */
export function groupName(row: Pick<ReportRow, 'key' | 'name'>, t: ReportText): string {
  if (row.key === 'all') return t('reports.all');
  if (row.name !== null) return row.name;
  const area = AREAS.find((one) => one === row.key);
  if (area !== undefined) return t(`areaName.${area}`);
  if (row.key === 'ordinary' || row.key === 'important') return t(`className.${row.key}`);
  if (row.key === 'none') return t('reports.none');
  return /^\d{4}-\d{2}-\d{2}$/.test(row.key) ? row.key : t('reports.goneCrew');
}

/** What is read out of a step: the day, "2026-11-16 起一周", "2026-11". */
export function stepName(day: Day, step: ReportStep, t: ReportText): string {
  if (step === 'day') return day;
  return step === 'week' ? t('chart.week', { day }) : day.slice(0, 7);
}

/** The same where there is little room: "11-16", "2026-11". */
export const stepMark = (day: Day, step: ReportStep): string => (step === 'month' ? day.slice(0, 7) : day.slice(5));

/** Where there is nothing to say. */
export const NOTHING = '–';
