import { REPORT_COLUMNS, reportTable, type ReportColumn } from '#shared/api/report-table.ts';
import type { Report } from '#shared/api/report.ts';
import { csvOf } from '#shared/csv.ts';

import type { ReportText } from '../../text/report-text.ts';
import type { Lang } from '../../text/text.ts';
import { groupName } from './figure-words.ts';

/** The report as a file for spreadsheets, headings and groups in the desk's language. Gives the file's name. */
export function saveCsv(report: Report, t: ReportText, lang: Lang): string {
  const names = new Map(report.known.map(({ id, name }) => [id, name[lang]]));
  const table = reportTable(report.rules, (column) => headingOf(column, t), {
    rule: (row) => names.get(row.rule) ?? row.rule,
    name: (row) => groupName(row, t),
  });
  const days = [report.from, report.to].filter((day) => day !== null);
  const file = ['relight', report.rules[0]?.rule ?? 'report', report.by, ...new Set(days)].join('-');
  download(`${file}.csv`, csvOf(table));
  return `${file}.csv`;
}

/** "中位", and for what it may be "中位至少", "中位至多". */
function headingOf(column: ReportColumn, t: ReportText): string {
  const [, name = column, bound] = /^(.*?)(Least|Most)?$/.exec(column) ?? [];
  const heading = plainHeading(name, t);
  if (bound === undefined) return heading;
  return t(bound === 'Least' ? 'col.least' : 'col.most', { column: heading });
}

function plainHeading(name: string, t: ReportText): string {
  switch (name) {
    case 'rule':
      return t('reports.rule');
    case 'key':
      return t('col.key');
    case 'name':
      return t('reports.by');
    case 'met':
    case 'running':
    case 'ended':
    case 'unknownClock':
    case 'unknownSilent':
    case 'missedNoEvidence':
    case 'missed':
      return t(`part.${name}`);
    case 'within45':
    case 'within90':
    case 'within120':
      return t('col.within', { n: name.slice('within'.length) });
    case 'orders':
    case 'stopped':
    case 'metUnsure':
    case 'average':
    case 'limit':
    case 'ceiling':
    case 'overCeiling':
      return t(`col.${name}`);
    case 'p50':
      return t('col.median');
    case 'p90':
      return t('col.ninety');
    case 'averageTarget':
      return t('col.target');
    default:
      throw new Error(`${name} of ${Object.keys(REPORT_COLUMNS).length} columns has no heading`);
  }
}

function download(name: string, text: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }));
  link.download = name;
  link.click();
  // The download has its own hold of the data once it has begun.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
