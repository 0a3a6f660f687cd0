import './chart.css';
import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';

import { PLOT, PLOT_BOTTOM, stepAt, yOf } from './plot.ts';
import { useReports } from './report-state.ts';

type ChartProps = {
  readonly title: string;
  /** What each step is, in words: read out where the keyboard or the pointer is. */
  readonly steps: readonly string[];
  /** Said while nobody points. */
  readonly idle: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
  /** The drawing, with the step pointed at. */
  readonly render: (current: number | null) => ComponentChildren;
};

/** A drawing that can be walked through by keyboard, what it says in words below, and its numbers as a table. */
export function Chart({ title, steps, idle, head, rows, render }: ChartProps) {
  const t = useReports().t.value;
  const current = useSignal<number | null>(null);
  const at = current.value === null ? null : Math.min(current.value, steps.length - 1);
  const walk = (event: KeyboardEvent): void => {
    const next = keyStep(event.key, at ?? steps.length, steps.length);
    if (next === null) return;
    event.preventDefault();
    current.value = next;
  };
  return (
    <figure class="chart">
      <figcaption class="label">{title}</figcaption>
      <div
        class="chart-plot"
        role="slider"
        tabIndex={0}
        aria-label={title}
        aria-valuemin={0}
        aria-valuemax={Math.max(0, steps.length - 1)}
        aria-valuenow={at ?? 0}
        aria-valuetext={at === null ? idle : steps[at]}
        onKeyDown={walk}
        onBlur={() => (current.value = null)}
        onPointerMove={(event) => {
          const box = event.currentTarget.getBoundingClientRect();
          current.value = stepAt((event.clientX - box.left) / box.width, steps.length);
        }}
        onPointerLeave={() => (current.value = null)}
      >
        <svg viewBox={`0 0 ${PLOT.width} ${PLOT.height}`} aria-hidden="true" focusable="false">
          {render(at)}
        </svg>
      </div>
      <p class="chart-readout meta">{at === null ? idle : steps[at]}</p>
      <details class="chart-table">
        <summary>{t('chart.table')}</summary>
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls has to be reached by keyboard */}
        <div class="chart-table-box" tabIndex={0} role="group" aria-label={title}>
          <table class="tabular">
            <thead>
              <tr>
                {head.map((one) => (
                  <th key={one} scope="col">
                    {one}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map(([first, ...rest]) => (
                <tr key={first}>
                  <th scope="row">{first}</th>
                  {rest.map((cell, index) => (
                    <td key={head[index + 1]}>{cell}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </figure>
  );
}

/** Horizontal lines with their values. */
export const Levels = ({ values, unit = '' }: { readonly values: readonly number[]; readonly unit?: string }) => (
  <g class="chart-levels">
    {values.map((value) => {
      const y = yOf(value, values.at(-1) ?? 1);
      return (
        <g key={value}>
          <line x1={PLOT.left} x2={PLOT.width - PLOT.right} y1={y} y2={y} />
          <text x={PLOT.left - 6} y={y + 5} text-anchor="end">
            {value}
            {unit}
          </text>
        </g>
      );
    })}
  </g>
);

/** A word under the drawing. */
export const FootWord = ({ x, word }: { readonly x: number; readonly word: string }) => (
  <text class="chart-word" x={x} y={PLOT_BOTTOM + 18} text-anchor="middle">
    {word}
  </text>
);

/** Marks the step that is read out. */
export const Cursor = ({ x }: { readonly x: number | null }) =>
  x === null ? null : <line class="chart-cursor" x1={x} x2={x} y1={PLOT.top - 6} y2={PLOT_BOTTOM} />;

function keyStep(key: string, at: number, count: number): number | null {
  if (count === 0) return null;
  switch (key) {
    case 'ArrowLeft':
    case 'ArrowDown':
      return Math.max(0, at - 1);
    case 'ArrowRight':
    case 'ArrowUp':
      return Math.min(count - 1, at + 1);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}
