import type { ReportFigures, ReportSpread, Span } from '#shared/api/report.ts';

import { Chart, Cursor, FootWord, Levels } from './chart.tsx';
import { limitWords } from './figure-words.ts';
import { labelled, middleOf, PLOT, PLOT_BOTTOM, PLOT_WIDTH, ticksUpTo, xOf, yOf } from './plot.ts';
import { useReports } from './report-state.ts';

type SpreadChartProps = { readonly spread: ReportSpread; readonly all: ReportFigures };

/** How long the stopped took, in equal steps, with the limits over them. */
export function SpreadChart({ spread, all }: SpreadChartProps) {
  const t = useReports().t.value;
  const { stepMin, counts, before } = spread;
  const ticks = ticksUpTo(Math.max(...counts));
  const most = ticks.at(-1) ?? 1;
  const nameOf = (index: number): string =>
    index === counts.length - 1 ? `≥${index * stepMin}` : `${index * stepMin}–${(index + 1) * stepMin}`;
  const place = (minutes: number): number => xOf(minutes / (counts.length * stepMin));
  return (
    <Chart
      title={t('chart.spread')}
      idle={before > 0 ? t('chart.before', { n: before }) : t('chart.keys')}
      steps={counts.map((n, index) =>
        index === counts.length - 1
          ? t('chart.spreadBeyond', { from: index * stepMin, n })
          : t('chart.spreadAt', { from: index * stepMin, to: (index + 1) * stepMin, n }),
      )}
      head={[t('col.minutes'), t('col.count')]}
      rows={counts.map((n, index) => [nameOf(index), n])}
      render={(current) => (
        <>
          <Levels values={ticks} />
          {counts.map((n, index) => {
            const width = PLOT_WIDTH / counts.length;
            const y = yOf(n, most);
            const beyond = index === counts.length - 1;
            return n === 0 ? null : (
              <rect
                key={nameOf(index)}
                class={`spread-bar${beyond ? ' is-beyond' : ''}${index === current ? ' is-current' : ''}`}
                x={middleOf(index, counts.length) - width * 0.45}
                y={y}
                width={width * 0.9}
                height={PLOT_BOTTOM - y}
              />
            );
          })}
          <Mark span={all.limitMin} place={place} look="limit" y={14} word={(n) => t('chart.limit', { n })} />
          <Mark span={all.ceilingMin} place={place} look="ceiling" y={32} word={(n) => t('chart.ceiling', { n })} />
          {labelled(counts.length, 7).map((index) => (
            <FootWord key={index} x={xOf(index / counts.length)} word={String(index * stepMin)} />
          ))}
          <Cursor x={current === null ? null : middleOf(current, counts.length)} />
        </>
      )}
    />
  );
}

type MarkProps = {
  readonly span: Span | null;
  readonly place: (minutes: number) => number;
  readonly look: 'limit' | 'ceiling';
  readonly y: number;
  readonly word: (limit: string) => string;
};

/** A limit over the drawing; two lines where the orders have different ones. */
function Mark({ span, place, look, y, word }: MarkProps) {
  if (span === null) return null;
  const [low, high] = [place(span[0]), place(span[1])];
  const leftward = high > PLOT.width * 0.7;
  return (
    <g class={`chart-bound is-${look}`}>
      {[...new Set([low, high])].map((x) => (
        <line key={x} x1={x} x2={x} y1={y + 4} y2={PLOT_BOTTOM} />
      ))}
      <text x={leftward ? high : low} y={y} text-anchor={leftward ? 'end' : 'start'}>
        {word(limitWords(span))}
      </text>
    </g>
  );
}
