import './verdict-bar.css';
import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';

import type { ReportFigures } from '#shared/api/report.ts';

import { PartSwatch } from './part-swatch.tsx';
import { PARTS, partsOf } from './parts.ts';
import { useReports } from './report-state.ts';

type VerdictBarProps = { readonly name: string; readonly figures: ReportFigures; readonly tall?: true };

/** All orders of a group as one bar; each part by colour, pattern and, on hover or focus, its word and number. */
export function VerdictBar({ name, figures, tall }: VerdictBarProps) {
  const t = useReports().t.value;
  const open = useSignal(false);
  const tip = useId();
  const parts = partsOf(figures);
  const present = PARTS.filter((part) => parts[part] > 0);
  const says = present
    .map((part) => t('figures.part', { name: t(`part.${part}`), n: parts[part] }))
    .reduce((a, b) => t('list.two', { a, b }), t('summary.orders', { n: figures.orders }));
  return (
    <div
      class={`verdict-bar-place${open.value ? ' is-open' : ''}`}
      onMouseEnter={() => (open.value = true)}
      onMouseLeave={() => (open.value = false)}
    >
      <button
        type="button"
        class={`verdict-bar${tall === true ? ' is-tall' : ''}`}
        aria-label={t('figures.of', { name, parts: says })}
        aria-expanded={open.value}
        aria-controls={tip}
        onFocus={() => (open.value = true)}
        onBlur={() => (open.value = false)}
        onClick={() => (open.value = true)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || !open.value) return;
          event.stopPropagation();
          open.value = false;
        }}
      >
        {present.map((part) => (
          <span key={part} class={`bar-part is-${part}`} style={{ flexGrow: parts[part] }} />
        ))}
      </button>
      <ul id={tip} class="bar-tip" hidden={!open.value}>
        {present.map((part) => (
          <li key={part}>
            <PartSwatch part={part} />
            <span>{t(`part.${part}`)}</span>
            <span class="tabular">{parts[part]}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
