import { err, ok, type Result } from '#shared/result.ts';

import { fieldsOf } from './csv-fields.ts';
import type { RawRecord } from './csv-splitter.ts';
import { encodingHint } from './sniff-file.ts';

/** How many values a row has, and where each column lies. */
export type Header = { readonly width: number; readonly at: ReadonlyMap<string, number> };

/** A column that is to be read, and what reads it. */
export type Wanted = { readonly field: string; readonly column: string };

/** The header line against what is to be read. */
export function readHeader(
  record: RawRecord,
  delimiter: string,
  wanted: readonly Wanted[],
): Result<Header, { readonly column: string | null; readonly reason: string }> {
  const decoded = decodeRecord(record, delimiter);
  if (!decoded.ok) return err({ column: null, reason: `the header ${decoded.error}` });
  const names = decoded.value.map((name) => name.trim());
  const missing = wanted.filter(({ column }) => !names.includes(column));
  if (missing[0]) {
    const lost = missing.map(({ field, column }) => `“${column}” (${field})`).join(', ');
    return err({
      column: missing[0].column,
      reason: `the mapping names columns the file does not have: ${lost}; the file has: ${listed(names)}`,
    });
  }
  const twice = wanted.find(({ column }) => names.indexOf(column) !== names.lastIndexOf(column));
  if (twice) return err({ column: twice.column, reason: `the header has the column “${twice.column}” twice` });
  return ok({ width: names.length, at: new Map(names.map((name, at) => [name, at])) });
}

/** The values of a record; the error says what is wrong with it. */
export function decodeRecord(record: RawRecord, delimiter: string): Result<readonly string[], string> {
  if (record.broken !== null) return err(BROKEN[record.broken]);
  const text = utf8(record.bytes);
  if (text === null) return err(`is not UTF-8: ${encodingHint(record.bytes)}`);
  const fields = fieldsOf(text, delimiter);
  return fields.ok ? ok(fields.value) : err(`has text behind the closing quote of its value ${fields.error.at + 1}`);
}

/** The delimiter under which the first line has most of the columns that are to be read; a comma if none has any. */
export function findDelimiter(head: Buffer, columns: readonly Wanted[]): string {
  const [line = ''] = head
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .split(/\r?\n|\r/, 1);
  const wanted = new Set(columns.map(({ column }) => column));
  const found = (delimiter: string): number => {
    const fields = fieldsOf(line, delimiter);
    return fields.ok ? fields.value.filter((name) => wanted.has(name.trim())).length : 0;
  };
  return [',', ';', '\t', '|'].reduce((best, delimiter) => (found(delimiter) > found(best) ? delimiter : best));
}

const BROKEN = {
  tooLong: 'is longer than 256 KiB: not a row of a table',
  quoteOpen: 'opens a quote that is never closed',
} as const;

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function utf8(bytes: Buffer): string | null {
  try {
    return UTF8.decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}

const listed = (names: readonly string[]): string =>
  names.length > 40 ? `${names.slice(0, 40).join(', ')} … (${names.length} columns)` : names.join(', ');
