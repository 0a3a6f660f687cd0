import './reports-page.css';
import './print.css';
import { useLayoutEffect, useMemo } from 'preact/hooks';

import type { Report } from '#shared/api/report.ts';

import { ActionButton } from '../../ui/action-button.tsx';
import { Banner } from '../../ui/banner.tsx';
import { EmptyLine } from '../../ui/empty-line.tsx';
import { QuietButton } from '../../ui/quiet-button.tsx';
import { type Desk, useDesk } from '../desk-state.ts';
import { useWayBack } from '../use-way-back.ts';
import { FiguresTable } from './figures-table.tsx';
import { Filters } from './filters.tsx';
import { MinutesChart } from './minutes-chart.tsx';
import { createReports, ReportsContext, useReports } from './report-state.ts';
import { saveCsv } from './save-csv.ts';
import { ShareChart } from './share-chart.tsx';
import { SpreadChart } from './spread-chart.tsx';
import { Summary } from './summary.tsx';

/** How the clocks of a period stood against their limits: for the morning meeting, on screen and on paper. */
export function ReportsPage() {
  const desk = useDesk();
  const reports = useMemo(() => createReports(desk), [desk]);
  useLayoutEffect(() => reports.start(), [reports]);
  useWayBack(desk);
  useLayoutEffect(() => whitePaper(desk), [desk]);
  return (
    <ReportsContext.Provider value={reports}>
      <div class="reports">
        <Head />
        <Filters />
        <main class="reports-main" aria-busy={reports.askedAt.value !== null}>
          <Standing />
          <Findings />
        </main>
      </div>
    </ReportsContext.Provider>
  );
}

/** Night colours would be unreadable on paper: while it is printed the page is light. */
function whitePaper({ preferences }: Desk): () => void {
  const root = document.documentElement;
  const before = (): void => void (root.dataset['theme'] = 'light');
  const after = (): void => void (root.dataset['theme'] = preferences.theme.peek());
  addEventListener('beforeprint', before);
  addEventListener('afterprint', after);
  return () => {
    removeEventListener('beforeprint', before);
    removeEventListener('afterprint', after);
  };
}

function Head() {
  const { desk, answer, note, askAgain, t: words } = useReports();
  const t = words.value;
  const report = answer.value;
  const waiting = desk.alerts.value.standing.filter(({ alert }) => alert.end === null).length;
  return (
    <header class="reports-head">
      <h1>{t('reports.title')}</h1>
      {report && <Which report={report} />}
      <Counting />
      <span class="header-space" />
      {note.value !== null && (
        <p class="meta" role="status">
          {note.value}
        </p>
      )}
      <div class="reports-actions">
        {waiting > 0 && <span class="reports-waiting tabular">{t('reports.alerts', { n: waiting })}</span>}
        <time class="number header-clock">{desk.format.value.clockSeconds(desk.client.seconds.value)}</time>
        <QuietButton label={t('act.askAgain')} onTap={askAgain} />
        <QuietButton
          label={t('act.exportCsv')}
          onTap={() => {
            note.value =
              report === null || report.rules.length === 0
                ? t('reports.nothingYet')
                : t('reports.saved', { file: saveCsv(report, t, desk.preferences.lang.value) });
          }}
        />
        <QuietButton label={t('act.print')} keyHint="Ctrl+P" onTap={() => window.print()} />
        <ActionButton label={t('act.board')} keyHint="Esc" onTap={() => (desk.place.value = 'board')} />
      </div>
    </header>
  );
}

/** What the figures below are of: they stay until others have come. */
function Which({ report }: { readonly report: Report }) {
  const { desk, t: words } = useReports();
  const t = words.value;
  const { from, to, zone, at, rules } = report;
  const rule = report.known.find(({ id }) => id === rules[0]?.rule)?.name[desk.preferences.lang.value];
  const days =
    from === null && to === null
      ? t('reports.everything')
      : from === to
        ? String(from)
        : t('reports.days', { from: from ?? '…', to: to ?? '…' });
  return (
    <p class="meta tabular reports-of">
      {[rule, days].filter((one) => one !== undefined).join(' · ')} ·{' '}
      {t('reports.asOf', { time: desk.format.value.when(at, desk.client.now.value), zone })}
    </p>
  );
}

/** Said where it moves nothing: the figures of the last answer stay until the next has come. */
function Counting() {
  const { desk, askedAt, t: words } = useReports();
  const t = words.value;
  const asked = askedAt.value;
  const seconds = asked === null ? 0 : Math.floor((desk.client.seconds.value - asked) / 1_000);
  return (
    <p class="meta tabular reports-counting" role="status">
      {seconds >= 1 && `${t('reports.countingFor', { n: seconds })} · ${t('reports.countingHint')}`}
    </p>
  );
}

/** What keeps the figures from being there, or from being new. */
function Standing() {
  const { desk, answer, error, askedAt, t: words } = useReports();
  const t = words.value;
  if (askedAt.value !== null) return answer.value === null ? <EmptyLine text={t('reports.counting')} /> : null;
  switch (error.value) {
    case null:
      return null;
    case 'network':
      return (
        <Banner
          title={
            answer.value === null
              ? t('reports.networkNone')
              : t('reports.network', { time: desk.format.value.when(answer.value.at, desk.client.now.value) })
          }
        />
      );
    case 'notAllowed':
      return <Banner title={t('reports.notAllowed')} />;
    case 'signInNeeded':
      return <Banner title={t('desk.signInNeeded')} />;
    default:
      return <Banner title={t('reports.failed')} />;
  }
}

function Findings() {
  const { answer, t: words } = useReports();
  const report = answer.value;
  if (report === null) return null;
  const all = report.rules.find(({ key }) => key === 'all');
  if (!all) {
    const t = words.value;
    return (
      <div class="reports-nothing">
        <EmptyLine text={t('reports.nothing')} />
        <p class="meta">{t('reports.nothingHint')}</p>
      </div>
    );
  }
  return (
    <>
      <Summary all={all} />
      <div class="reports-findings">
        <div class="reports-charts">
          {report.spread && <SpreadChart spread={report.spread} all={all} />}
          <ShareChart days={report.days} step={report.step} />
          <MinutesChart days={report.days} step={report.step} all={all} />
        </div>
        <FiguresTable rows={report.rules} />
      </div>
    </>
  );
}
