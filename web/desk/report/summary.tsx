import type { ReportRow } from '#shared/api/report.ts';

import { doubtWords, limitWords, minuteWords, NOTHING, shareWords } from './figure-words.ts';
import { PartSwatch } from './part-swatch.tsx';
import { partsOf, PARTS, shareMet } from './parts.ts';
import { useReports } from './report-state.ts';
import { VerdictBar } from './verdict-bar.tsx';

/** All orders in one line: the bar with its key, how many on time, the average against its promise, the ceiling. */
export function Summary({ all }: { readonly all: ReportRow }) {
  const t = useReports().t.value;
  const parts = partsOf(all);
  return (
    <section class="report-summary" aria-label={t('reports.all')}>
      <div class="summary-verdicts">
        <VerdictBar name={t('reports.all')} figures={all} tall />
        <ul class="summary-key">
          {PARTS.map((part) => (
            <li key={part} class={parts[part] === 0 ? 'is-none' : undefined}>
              <PartSwatch part={part} />
              {t(`part.${part}`)}
              <b class="tabular">{parts[part]}</b>
            </li>
          ))}
        </ul>
      </div>
      <dl class="summary-figures">
        <Figure
          name={t('summary.share')}
          value={shareWords(shareMet(all))}
          note={
            all.metUnsure > 0
              ? t('summary.unsure', { n: all.metUnsure })
              : t('summary.limit', { limit: limitWords(all.limitMin) })
          }
        />
        <Figure name={t('summary.median')} value={minuteWords(all.p50Min)} note={doubtWords(all.p50Min, all.p50Span)} />
        <Figure name={t('summary.ninety')} value={minuteWords(all.p90Min)} note={doubtWords(all.p90Min, all.p90Span)} />
        <Figure
          name={t('summary.average')}
          value={`${minuteWords(all.averageMin)} / ${minuteWords(all.averageTargetMin)}`}
          note={`${doubtWords(all.averageMin, all.averageSpan)} ${againstTarget(all, t)}`.trim()}
        />
        <Figure
          name={t('summary.ceiling')}
          value={all.ceilingMin === null ? NOTHING : `${all.overCeiling} / ${all.orders}`}
          note={
            all.ceilingMin === null
              ? t('summary.noCeiling')
              : t('summary.ceilingOf', { ceiling: limitWords(all.ceilingMin) })
          }
        />
      </dl>
    </section>
  );
}

type FigureProps = { readonly name: string; readonly value: string; readonly note: string };

const Figure = ({ name, value, note }: FigureProps) => (
  <div>
    <dt class="meta">{name}</dt>
    <dd class="number">{value}</dd>
    <dd class="meta tabular summary-note">{note}</dd>
  </div>
);

/** Said only as far as the clocks allow. */
function againstTarget(
  { averageMin, averageSpan, averageTargetMin }: ReportRow,
  t: ReturnType<typeof useReports>['t']['value'],
): string {
  if (averageTargetMin === null) return t('summary.noTarget');
  const target = minuteWords(averageTargetMin);
  if (averageMin === null || averageSpan === null) return '';
  if (averageSpan[1] <= averageTargetMin) return t('summary.withinTarget', { target });
  return t(averageSpan[0] > averageTargetMin ? 'summary.aboveTarget' : 'summary.unsureTarget', { target });
}
