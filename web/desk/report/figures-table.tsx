import './figures-table.css';
import type { ReportRow, Span } from '#shared/api/report.ts';

import { doubtWords, groupName, limitWords, minuteWords, NOTHING, shareWords } from './figure-words.ts';
import { type Part, PARTS, partsOf, shareMet } from './parts.ts';
import { useReports } from './report-state.ts';
import { VerdictBar } from './verdict-bar.tsx';

/** A row for each group, all of them together first. */
export function FiguresTable({ rows }: { readonly rows: readonly ReportRow[] }) {
  const reports = useReports();
  const t = reports.t.value;
  const by = t(`by.${reports.answer.value?.by ?? 'area'}`);
  return (
    <section class="figures">
      <div class="figures-head">
        <h2 class="label">{t('figures.title', { by })}</h2>
        <p class="meta">{t('figures.shareHint')}</p>
        <p class="meta">{t('figures.inMinutes')}</p>
      </div>
      <div class="figures-box">
        <table class="tabular">
          <thead>
            <tr>
              <th scope="col">{by}</th>
              <th scope="col">{t('col.bar')}</th>
              <th scope="col">{t('col.orders')}</th>
              {PARTS.map((part) => (
                <th key={part} scope="col" class={MINOR.has(part) ? 'is-minor' : undefined}>
                  {t(`part.${part}`)}
                </th>
              ))}
              <th scope="col">{t('col.share')}</th>
              <th scope="col">{t('col.median')}</th>
              <th scope="col">{t('col.ninety')}</th>
              <th scope="col">{t('col.average')}</th>
              <th scope="col" class="is-minor">
                {t('col.target')}
              </th>
              <th scope="col" class="is-minor">
                {t('col.ceiling')}
              </th>
              <th scope="col">{t('col.overCeiling')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <Group key={row.key} row={row} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

/** What a narrow screen leaves to the bar and the summary. */
const MINOR: ReadonlySet<Part> = new Set(['running', 'ended']);

function Group({ row }: { readonly row: ReportRow }) {
  const t = useReports().t.value;
  const name = groupName(row, t);
  const parts = partsOf(row);
  return (
    <tr class={row.key === 'all' ? 'is-all' : undefined}>
      <th scope="row" style={{ paddingLeft: `${12 + 16 * row.depth}px` }}>
        {name}
      </th>
      <td class="figures-bar">
        <VerdictBar name={name} figures={row} />
      </td>
      <td>{row.orders}</td>
      {PARTS.map((part) => (
        <td key={part} class={`${parts[part] === 0 ? 'is-zero' : `is-${part}`}${MINOR.has(part) ? ' is-minor' : ''}`}>
          {parts[part]}
        </td>
      ))}
      <td>{shareWords(shareMet(row))}</td>
      <Minutes value={row.p50Min} span={row.p50Span} />
      <Minutes value={row.p90Min} span={row.p90Span} />
      <Minutes value={row.averageMin} span={row.averageSpan} />
      <td class="is-minor">{minuteWords(row.averageTargetMin)}</td>
      <td class="is-minor">{limitWords(row.ceilingMin)}</td>
      <td>{row.ceilingMin === null ? NOTHING : row.overCeiling}</td>
    </tr>
  );
}

const Minutes = ({ value, span }: { readonly value: number | null; readonly span: Span | null }) => (
  <td>
    {minuteWords(value)}
    <span class="figures-doubt">{doubtWords(value, span)}</span>
  </td>
);
