import { type ImportFault, type Refused, wholeFile } from '#shared/api/import-fault.ts';
import { err, ok, type Result } from '#shared/result.ts';

import { createSplitter, type RawRecord } from './csv-splitter.ts';
import { decodeRecord, findDelimiter, readHeader, type Header, type Wanted } from './header.ts';
import { sniffFile } from './sniff-file.ts';

/** A record with its values by column, or why it has none. `line`: where it starts, 1 = first. */
export type CsvRow =
  | { readonly line: number; readonly value: (column: string) => string; readonly broken: null }
  | { readonly line: number; readonly value: null; readonly broken: ImportFault };

/** `delimiter`: left out, it is found from the header. */
type Asked = { readonly columns: readonly Wanted[]; readonly delimiter?: string | undefined };

/**
 * The rows of a CSV file as they stream in, a chunk's worth at a time. Held is at most one chunk and one record,
 * whatever the size of the file. A file that cannot be read at all gives one error, with the line where it shows, and ends.
 */
export async function* csvRows(
  chunks: AsyncIterable<Buffer>,
  { columns, delimiter: given }: Asked,
): AsyncGenerator<Result<readonly CsvRow[], Refused>, void> {
  let begun: { readonly delimiter: string; readonly splitter: ReturnType<typeof createSplitter> } | null = null;
  let header: Header | null = null;

  for await (const chunk of withEnd(headFirst(chunks))) {
    if (!begun) {
      const odd = sniffFile(chunk ?? NOTHING);
      if (odd !== null) {
        yield err(wholeFile(odd));
        return;
      }
      const delimiter = given ?? findDelimiter(chunk ?? NOTHING, columns);
      begun = { delimiter, splitter: createSplitter(delimiter.charCodeAt(0), RECORD_BYTES) };
    }
    const records = chunk ? begun.splitter.push(chunk) : begun.splitter.end();
    const rows: CsvRow[] = [];
    for (const record of records) {
      if (header) {
        rows.push(readRow(record, header, begun.delimiter));
        continue;
      }
      const read = readHeader(record, begun.delimiter, columns);
      if (!read.ok) {
        yield read;
        return;
      }
      header = read.value;
    }
    if (rows.length > 0) yield ok(rows);
  }
  if (!header) yield err(wholeFile({ code: 'noHeader' }));
}

function readRow(record: RawRecord, { width, at }: Header, delimiter: string): CsvRow {
  const { line } = record;
  const decoded = decodeRecord(record, delimiter);
  if (!decoded.ok) return { line, value: null, broken: decoded.error };
  const values = decoded.value;
  if (values.length !== width)
    return { line, value: null, broken: { code: 'width', values: values.length, header: width } };
  return { line, value: (column) => values[at.get(column) ?? -1] ?? '', broken: null };
}

/** Bounds what one damaged line can make us hold; real rows are a few hundred bytes. */
const RECORD_BYTES = 256 * 1024;
const HEAD_BYTES = 4 * 1024;
const NOTHING = Buffer.alloc(0);

/** Joins the first chunks until there is enough to look at; a pipe may bring single bytes. */
async function* headFirst(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let head: Buffer | null = NOTHING;
  for await (const chunk of chunks) {
    if (!head) yield chunk;
    else {
      head = Buffer.concat([head, chunk]);
      if (head.length < HEAD_BYTES) continue;
      yield head;
      head = null;
    }
  }
  if (head && head.length > 0) yield head;
}

/** The chunks, then null. */
async function* withEnd(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer | null> {
  yield* chunks;
  yield null;
}
