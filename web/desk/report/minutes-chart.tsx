import type { Report, ReportDay, ReportFigures, Span } from '#shared/api/report.ts';

import { Chart, Cursor, FootWord, Levels } from './chart.tsx';
import { doubtWords, minuteWords, stepMark, stepName } from './figure-words.ts';
import { labelled, middleOf, PLOT, ticksUpTo, yOf } from './plot.ts';
import { useReports } from './report-state.ts';

type MinutesChartProps = Pick<Report, 'days' | 'step'> & { readonly all: ReportFigures };

/** Median and ninety per cent of each day, week or month, with what they may be, against limit and target. */
export function MinutesChart({ days, step, all }: MinutesChartProps) {
  const t = useReports().t.value;
  const limits = [all.limitMin?.[1] ?? 0, all.ceilingMin?.[1] ?? 0, all.averageTargetMin ?? 0];
  const ticks = ticksUpTo(Math.max(...limits, ...days.map((one) => one.p90Min ?? 0)) * 1.05);
  const most = ticks.at(-1) ?? 1;
  const said = (value: number | null, span: Span | null): string =>
    `${minuteWords(value)} ${doubtWords(value, span)}`.trim();
  return (
    <Chart
      title={t('chart.minutes', { step: t(`step.${step}`) })}
      idle={t('chart.band')}
      steps={days.map((one) =>
        one.stopped === 0
          ? t('chart.noStops', { day: stepName(one.day, step, t), orders: one.orders })
          : t('chart.minutesAt', {
              day: stepName(one.day, step, t),
              p50: said(one.p50Min, one.p50Span),
              p90: said(one.p90Min, one.p90Span),
            }),
      )}
      head={[t('chart.day'), t('col.stopped'), t('col.median'), t('col.ninety'), t('col.average')]}
      rows={days.map((one) => [
        stepName(one.day, step, t),
        one.stopped,
        said(one.p50Min, one.p50Span),
        said(one.p90Min, one.p90Span),
        said(one.averageMin, one.averageSpan),
      ])}
      render={(current) => (
        <>
          <Levels values={ticks} />
          {all.averageTargetMin !== null && (
            <line
              class="course-target"
              x1={PLOT.left}
              x2={PLOT.width - PLOT.right}
              y1={yOf(all.averageTargetMin, most)}
              y2={yOf(all.averageTargetMin, most)}
            />
          )}
          <Course
            days={days}
            most={most}
            look="p90"
            pick={({ p90Min, p90Span }) => ({ value: p90Min, span: p90Span })}
          />
          <Course
            days={days}
            most={most}
            look="p50"
            pick={({ p50Min, p50Span }) => ({ value: p50Min, span: p50Span })}
          />
          <g class="chart-key">
            <path class="course-line is-p50" d="M46 14h22" />
            <circle class="course-dot is-p50" cx="57" cy="14" r="3.2" />
            <text x="74" y="19">
              {t('col.median')}
            </text>
            <path class="course-line is-p90" d="M166 14h22" />
            <rect class="course-dot is-p90" x="174" y="11" width="6" height="6" />
            <text x="194" y="19">
              {t('col.ninety')}
            </text>
            {all.averageTargetMin !== null && (
              <>
                <path class="course-target" d="M290 14h22" />
                <text x="318" y="19">
                  {t('chart.target', { n: minuteWords(all.averageTargetMin) })}
                </text>
              </>
            )}
          </g>
          {labelled(days.length, 5).map((index) => (
            <FootWord key={index} x={middleOf(index, days.length)} word={stepMark(days[index]?.day ?? '', step)} />
          ))}
          <Cursor x={current === null ? null : middleOf(current, days.length)} />
        </>
      )}
    />
  );
}

type CourseProps = {
  readonly days: readonly ReportDay[];
  readonly most: number;
  readonly look: 'p50' | 'p90';
  readonly pick: (day: ReportDay) => { readonly value: number | null; readonly span: Span | null };
};

/** One figure from day to day; a day without it is a gap. */
function Course({ days, most, look, pick }: CourseProps) {
  const points = days.map((day, index) => ({ ...pick(day), day: day.day, x: middleOf(index, days.length) }));
  const runs = points.reduce<(typeof points)[]>((runs, point) => {
    const last = runs.at(-1);
    if (point.value === null) runs.push([]);
    else if (last) last.push(point);
    else runs.push([point]);
    return runs;
  }, []);
  return (
    <g>
      {runs.map((run) => {
        const first = run[0];
        if (!first) return null;
        const up = run.map(({ x, value, span }) => `${x} ${yOf(span?.[1] ?? value ?? 0, most)}`);
        const down = run.toReversed().map(({ x, value, span }) => `${x} ${yOf(span?.[0] ?? value ?? 0, most)}`);
        return (
          <g key={first.day}>
            <path class={`course-band is-${look}`} d={`M${[...up, ...down].join('L')}z`} />
            <path
              class={`course-line is-${look}`}
              d={`M${run.map(({ x, value }) => `${x} ${yOf(value ?? 0, most)}`).join('L')}`}
            />
          </g>
        );
      })}
      {points.map(({ x, value, day }) => {
        if (value === null) return null;
        const y = yOf(value, most);
        return look === 'p50' ? (
          <circle key={day} class="course-dot is-p50" cx={x} cy={y} r="3.2" />
        ) : (
          <rect key={day} class="course-dot is-p90" x={x - 3} y={y - 3} width="6" height="6" />
        );
      })}
    </g>
  );
}
