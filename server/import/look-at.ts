import { type Refused, wholeFile } from '#shared/api/import-fault.ts';
import { err, ok, type Result } from '#shared/result.ts';

import { fieldsOf } from './csv-fields.ts';
import { createSplitter } from './csv-splitter.ts';
import { decodeRecord } from './header.ts';
import { sniffFile } from './sniff-file.ts';

const RECORD_BYTES = 256 * 1024;
const HEAD_BYTES = 1024 * 1024;
const ROWS = 20;

/** The columns of a CSV file and its first rows, as they stand there; or why it is no such file. */
export async function lookAt(
  chunks: AsyncIterable<Buffer>,
): Promise<Result<{ readonly columns: readonly string[]; readonly rows: readonly (readonly string[])[] }, Refused>> {
  const held: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of chunks) {
    held.push(chunk);
    bytes += chunk.length;
    if (bytes >= HEAD_BYTES) break;
  }
  const head = Buffer.concat(held);
  const odd = sniffFile(head);
  if (odd !== null) return err(wholeFile(odd));
  const delimiter = likelyDelimiter(head);
  const splitter = createSplitter(delimiter.charCodeAt(0), RECORD_BYTES);
  // What was cut off in the middle is no row.
  const [header, ...records] = [...splitter.push(head), ...(bytes < HEAD_BYTES ? splitter.end() : [])];
  if (!header) return err(wholeFile({ code: 'noHeader' }));
  const columns = decodeRecord(header, delimiter);
  if (!columns.ok) return err({ line: header.line, column: null, why: columns.error });
  const rows = records.slice(0, ROWS).flatMap((record) => {
    const read = decodeRecord(record, delimiter);
    return read.ok ? [read.value] : [];
  });
  return ok({ columns: columns.value.map((name) => name.trim()), rows });
}

function likelyDelimiter(head: Buffer): string {
  const [line = ''] = head
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .split(/\r?\n|\r/, 1);
  const width = (delimiter: string): number => {
    const fields = fieldsOf(line, delimiter);
    return fields.ok ? fields.value.length : 0;
  };
  return [',', ';', '\t', '|'].reduce((best, delimiter) => (width(delimiter) > width(best) ? delimiter : best));
}
