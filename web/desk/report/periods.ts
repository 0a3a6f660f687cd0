import { type Day, nextDay } from '#shared/time/local-day.ts';

export const PERIODS = ['today', 'yesterday', 'week', 'month', 'all', 'own'] as const;
export type Period = (typeof PERIODS)[number];

/** First and last day, both within; null: no bound. */
export type DayRange = { readonly from: Day | null; readonly to: Day | null };

/** The days of a period seen on `today`. */
export function daysOf(period: Exclude<Period, 'own'>, today: Day): DayRange {
  switch (period) {
    case 'today':
      return { from: today, to: today };
    case 'yesterday':
      return { from: nextDay(today, -1), to: nextDay(today, -1) };
    case 'week':
      return { from: nextDay(today, -6), to: today };
    case 'month':
      return { from: nextDay(today, -29), to: today };
    case 'all':
      return { from: null, to: null };
  }
}

/** What was typed as days, or null if it cannot be meant. Nothing typed is no bound. */
export function typedDays(from: string, to: string): DayRange | null {
  const range = { from: from === '' ? null : from, to: to === '' ? null : to };
  if ([range.from, range.to].some((day) => day !== null && !isDay(day))) return null;
  return range.from !== null && range.to !== null && range.from > range.to ? null : range;
}

const isDay = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`)) && nextDay(text, 0) === text;
