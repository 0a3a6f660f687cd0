import type { Refused } from '#shared/api/import-fault.ts';
import { ok, type Result } from '#shared/result.ts';

import { csvRows } from './csv-rows.ts';
import { columnsRead, type Mapping } from './mapping.ts';
import { createRowReader, type ImportedOrder } from './read-row.ts';

/** One row: an order, or why not. */
export type ReadRow =
  | { readonly line: number; readonly order: ImportedOrder; readonly refused: null }
  | { readonly line: number; readonly order: null; readonly refused: Refused };

/** The rows of a CSV file as they stream in (`csvRows`), read under a mapping. `now`, ms: no report lies later. */
export async function* readOrders(
  chunks: AsyncIterable<Buffer>,
  mapping: Mapping,
  now: number,
): AsyncGenerator<Result<readonly ReadRow[], Refused>, void> {
  const rowOf = createRowReader(mapping);
  const { delimiter } = mapping;
  for await (const rows of csvRows(chunks, { columns: columnsRead(mapping), delimiter })) {
    if (!rows.ok) {
      yield rows;
      continue;
    }
    yield ok(
      rows.value.map(({ line, value, broken }): ReadRow => {
        if (!value) return { line, order: null, refused: { line, column: null, why: broken } };
        const read = rowOf(value, now);
        return read.ok
          ? { line, order: read.value, refused: null }
          : { line, order: null, refused: { line, ...read.error } };
      }),
    );
  }
}
