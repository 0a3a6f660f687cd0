/** A number stays a number, null is an empty cell. */
export type Cell = string | number | null;

/**
 * A table as CSV after RFC 4180, with the byte order mark by which spreadsheets know UTF-8. Text that a spreadsheet
 * would take for a formula gets an apostrophe in front: addresses and names are typed by anybody.
 */
export const csvOf = (rows: readonly (readonly Cell[])[]): string =>
  `${BOM}${rows.map((row) => `${recordOf(row)}\r\n`).join('')}`;

const BOM = '\uFEFF';

function recordOf(row: readonly Cell[]): string {
  const record = row.map(cellOf).join(',');
  // A line of nothing is no record at all.
  return record === '' ? '""' : record;
}

function cellOf(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return Number.isFinite(cell) ? String(cell) : '';
  const harmless = BEGINS_A_FORMULA.test(cell) ? `'${cell}` : cell;
  return NEEDS_QUOTES.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** The wide forms are what a Chinese input method types; spreadsheets take them as well. */
const BEGINS_A_FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;
const NEEDS_QUOTES = /[",\r\n\uFEFF]|^\s|\s$/;
