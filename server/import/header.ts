import type { ImportFault, Refused } from '#shared/api/import-fault.ts';
import { err, ok, type Result } from '#shared/result.ts';

import { fieldsOf } from './csv-fields.ts';
import type { RawRecord } from './csv-splitter.ts';
import { notUtf8 } from './sniff-file.ts';

/** How many values a row has, and where each column lies. */
export type Header = { readonly width: number; readonly at: ReadonlyMap<string, number> };

/** A column that is to be read, and what reads it. */
export type Wanted = { readonly field: string; readonly column: string };

/** The header line against what is to be read. */
export function readHeader(record: RawRecord, delimiter: string, wanted: readonly Wanted[]): Result<Header, Refused> {
  const { line } = record;
  const decoded = decodeRecord(record, delimiter);
  if (!decoded.ok) return err({ line, column: null, why: decoded.error });
  const names = decoded.value.map((name) => name.trim());
  const missing = wanted.filter(({ column }) => !names.includes(column));
  if (missing[0]) return err({ line, column: missing[0].column, why: columnsMissing(missing, names) });
  const twice = wanted.find(({ column }) => names.indexOf(column) !== names.lastIndexOf(column));
  if (twice) return err({ line, column: twice.column, why: { code: 'columnTwice', value: twice.column } });
  return ok({ width: names.length, at: new Map(names.map((name, at) => [name, at])) });
}

/** That a file lacks columns, and which it has: the first of them, since one may have hundreds. */
export const columnsMissing = (missing: readonly Wanted[], present: readonly string[]): ImportFault => ({
  code: 'columnsMissing',
  missing: missing.map(({ field, column }) => ({ field, column })),
  present: present.slice(0, 40),
  count: present.length,
});

/** The values of a record, or what is wrong with it. */
export function decodeRecord(record: RawRecord, delimiter: string): Result<readonly string[], ImportFault> {
  if (record.broken === 'tooLong') return err({ code: 'lineTooLong', kib: Math.round(record.bound / 1024) });
  if (record.broken !== null) return err({ code: record.broken });
  const text = utf8(record.bytes);
  if (text === null) return err(notUtf8(record.bytes));
  const fields = fieldsOf(text, delimiter);
  return fields.ok ? ok(fields.value) : err({ code: 'textAfterQuote', nth: fields.error.at + 1 });
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

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function utf8(bytes: Buffer): string | null {
  try {
    return UTF8.decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}
