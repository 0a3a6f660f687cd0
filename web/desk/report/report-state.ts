import { computed, effect, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';

import type { Report, ReportBy, ReportQuery } from '#shared/api/report.ts';
import type { Area } from '#shared/event/parts.ts';
import type { UnitId } from '#shared/ids.ts';
import { createDays } from '#shared/time/local-day.ts';

import type { Unanswered } from '../../read/client-context.ts';
import { createReportText, type ReportText } from '../../text/report-text.ts';
import type { Desk } from '../desk-state.ts';
import { daysOf, type Period, typedDays } from './periods.ts';

export type Reports = ReturnType<typeof createReports>;

/** What the page was asked to show, and what the centre answered. Lives as long as the page is open. */
export function createReports(desk: Desk) {
  const { client, preferences } = desk;
  const zone = preferences.timeZone ?? new Intl.DateTimeFormat().resolvedOptions().timeZone;
  const days = createDays(zone);
  const today = computed(() => days.of(client.now.value));
  const wanted = {
    period: signal<Period>('week'),
    from: signal(''),
    to: signal(''),
    rule: signal('arrival'),
    by: signal<ReportBy>('area'),
    area: signal<Area | null>(null),
    unit: signal<UnitId | null>(null),
  };
  const range = computed(() =>
    wanted.period.value === 'own'
      ? typedDays(wanted.from.value, wanted.to.value)
      : daysOf(wanted.period.value, today.value),
  );
  const query = computed((): ReportQuery | null => {
    const asked = range.value;
    if (asked === null) return null;
    const { from, to } = asked;
    const [area, unit] = [wanted.area.value, wanted.unit.value];
    return {
      ...(from === null ? {} : { from }),
      ...(to === null ? {} : { to }),
      ...(area === null ? {} : { area }),
      ...(unit === null ? {} : { unit }),
      by: wanted.by.value,
      rule: wanted.rule.value,
      zone,
    };
  });
  /** As text, so that the same question is not asked again because a clock went on. */
  const question = computed(() => JSON.stringify(query.value));

  const answer = signal<Report | null>(null);
  const error = signal<Unanswered | null>(null);
  /** When the question that is open was asked, ms; null: none is open. */
  const askedAt = signal<number | null>(null);
  let asked = 0;
  const ask = async (query: ReportQuery): Promise<void> => {
    asked += 1;
    const mine = asked;
    askedAt.value = client.seconds.peek();
    const got = await client.report(query);
    // Another question was asked meanwhile: this answer is not to it.
    if (mine !== asked) return;
    askedAt.value = null;
    error.value = got.ok ? null : got.error;
    if (got.ok) answer.value = got.value;
  };

  const askAgain = (): void => {
    const again = query.peek();
    if (again !== null) void ask(again);
  };

  return {
    desk,
    zone,
    wanted,
    range,
    answer,
    error,
    askedAt,
    t: computed(() => createReportText(preferences.lang.value)) satisfies ReadonlySignal<ReportText>,
    /** Asks now and whenever something else is wanted, until the given back is called. */
    start: () =>
      effect(() => {
        void question.value;
        askAgain();
      }),
    askAgain,
    note: signal<string | null>(null) satisfies Signal<string | null>,
  };
}

export const ReportsContext = createContext<Reports | null>(null);

export function useReports(): Reports {
  const reports = useContext(ReportsContext);
  if (!reports) throw new Error('no reports above this');
  return reports;
}
