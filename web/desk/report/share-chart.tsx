import { useId } from 'preact/hooks';

import type { Report } from '#shared/api/report.ts';

import { Chart, Cursor, FootWord, Levels } from './chart.tsx';
import { shareWords, stepMark, stepName } from './figure-words.ts';
import { PARTS, partsOf, shareMet } from './parts.ts';
import { PatternDefs } from './pattern-defs.tsx';
import { labelled, middleOf, PLOT_WIDTH, yOf } from './plot.ts';
import { useReports } from './report-state.ts';

/** The orders of each day, week or month as one column of a hundred per cent. */
export function ShareChart({ days, step }: Pick<Report, 'days' | 'step'>) {
  const t = useReports().t.value;
  const id = useId();
  const width = Math.max(2, Math.min(36, (PLOT_WIDTH / Math.max(1, days.length)) * 0.76));
  return (
    <Chart
      title={t('chart.share', { step: t(`step.${step}`) })}
      idle={t('chart.keys')}
      steps={days.map((one) =>
        t('chart.shareAt', { day: stepName(one.day, step, t), orders: one.orders, share: shareWords(shareMet(one)) }),
      )}
      head={[t('chart.day'), t('col.orders'), t('col.share'), ...PARTS.map((part) => t(`part.${part}`))]}
      rows={days.map((one) => {
        const parts = partsOf(one);
        return [stepName(one.day, step, t), one.orders, shareWords(shareMet(one)), ...PARTS.map((part) => parts[part])];
      })}
      render={(current) => (
        <>
          <PatternDefs id={id} />
          <Levels values={[0, 50, 100]} unit="%" />
          {days.map((one, index) => {
            const parts = partsOf(one);
            let below = 0;
            return PARTS.map((part) => {
              if (parts[part] === 0) return null;
              const from = yOf(below, one.orders);
              below += parts[part];
              const to = yOf(below, one.orders);
              const x = middleOf(index, days.length) - width / 2;
              return (
                <rect
                  key={`${one.day} ${part}`}
                  class={`column-part is-${part}`}
                  fill={`url(#${id}-${part})`}
                  x={x}
                  y={to}
                  width={width}
                  height={from - to}
                />
              );
            });
          })}
          {labelled(days.length, 5).map((index) => (
            <FootWord key={index} x={middleOf(index, days.length)} word={stepMark(days[index]?.day ?? '', step)} />
          ))}
          <Cursor x={current === null ? null : middleOf(current, days.length)} />
        </>
      )}
    />
  );
}
