import { PROOFS, type ProofRow } from './proofs.ts';
import { bound, type Report } from './report.ts';

const START = '<!-- figures -->';
const END = '<!-- /figures -->';

/** The README with the figures of these reports between its two marks. */
export function withTable(readme: string, reports: readonly Report[], rows: readonly ProofRow[] = PROOFS): string {
  const start = readme.indexOf(START);
  const end = readme.indexOf(END);
  if (start < 0 || end < start) throw new Error(`the README has no ${START} … ${END}`);
  return `${readme.slice(0, start + START.length)}\n\n${table(reports, rows)}\n\n${readme.slice(end)}`;
}

function table(reports: readonly Report[], rows: readonly ProofRow[]): string {
  const lines = rows.flatMap((row) => {
    const report = reports.find(({ name }) => name === row.name);
    return report ? [line(row, report)] : [];
  });
  const all = [['proof', 'failures in runs', 'faults', 'acked', 'figures', 'seed, commit, date'], ...lines];
  const widths = all[0]!.map((_, column) => Math.max(3, ...all.map((cells) => cells[column]!.length)));
  const drawn = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column]!)).join(' | ')} |`;
  return [drawn(all[0]!), drawn(widths.map((width) => '-'.repeat(width))), ...lines.map(drawn)].join('\n');
}

function line({ name, trials }: ProofRow, report: Report): string[] {
  const figures = Object.entries(report.figures).map(([figure, value]) => `${figure} ${String(value)}`);
  const [day = ''] = report.date.split('T', 1);
  return [
    `\`${name}\``,
    `${bound(report)} ${trials}`,
    String(report.faults),
    String(report.acked),
    figures.join('; ').replaceAll('|', '/'),
    `${report.seed}, ${report.commit}, ${day}`,
  ];
}
