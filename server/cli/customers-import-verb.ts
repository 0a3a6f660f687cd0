import { createReadStream, existsSync } from 'node:fs';

import { CUSTOMER_COLUMNS, guessCustomerColumns, NEEDED_COLUMNS } from '#shared/api/customer-columns.ts';
import { type CustomersCounts, CustomersHead, namedColumns } from '#shared/api/customers.ts';
import { GRIDS } from '#shared/api/reference.ts';
import { err, ok, type Result } from '#shared/result.ts';

import type { Grid } from '../import/grid.ts';
import { lookAt } from '../import/look-at.ts';
import { refusalText } from '../import/refusal-text.ts';
import { importCustomers } from '../services/import-customers.ts';
import { findNamed } from './find-named.ts';
import { refusedInJson, refusedLines } from './refused-lines.ts';
import { failed, needed, readOptions, wrong, type Complaint, type Verb } from './verb.ts';
import { withStore } from './with-store.ts';

export const customersImportVerb: Verb = {
  usage: 'FILE --unit NAME [--column FIELD=NAME …] [--grid wgs84|twd67|twd97] [--source NAME] [--dry-run]',
  help: [
    'FILE       CSV in UTF-8 with a header line: a customer a row',
    '--unit     whose customers these are, by name or id; a column “unit” may name one below it, row by row',
    '--column   which column says what, where it is not called so: account=户号 address=地址 …',
    `           fields: ${CUSTOMER_COLUMNS.join(', ')}; account and address have to be there`,
    '--grid     what x and y are measured in; without it degrees (wgs84)',
    '--source   under which name they are kept; without it: customers. Whom the same source no longer names goes',
    '--dry-run  reads and checks everything, writes nothing',
    '',
    'Each row that is refused is named by line, column and reason; the rest goes on.',
  ],
  run: async (args, terminal) => {
    const options = readOptions(args, {
      unit: { type: 'string' },
      column: { type: 'string', multiple: true, default: [] },
      grid: { type: 'string', default: 'wgs84' },
      source: { type: 'string', default: 'customers' },
      'dry-run': { type: 'boolean', default: false },
    });
    if (!options.ok) return options;
    const { values, positionals } = options.value;
    const [file] = positionals;
    if (file === undefined) return err(wrong('FILE', 'say which file'));
    const unit = needed('--unit', values.unit);
    if (!unit.ok) return unit;
    const grid = gridOf(values.grid);
    if (!grid) return err(wrong('--grid', `“${values.grid}” is none of ${GRIDS.join(', ')}`));
    if (!existsSync(file)) return err(failed('FILE', `${file}: there is no such file`));
    const columns = await columnsOf(file, values.column);
    if (!columns.ok) return columns;
    return withStore(terminal, async (store) => {
      const found = findNamed(await store.roster.units(), unit.value, '--unit');
      if (!found.ok) return found;
      const progress = (read: number): void => terminal.progress(() => `${read} rows`);
      const dryRun = values['dry-run'];
      const { source } = values;
      const job = { file, source, unit: found.value.id, grid, columns: columns.value, dryRun, store, progress };
      const done = await importCustomers(job);
      if (!done.ok) return err(failed('FILE', refusalText(done.error)));
      await terminal.result(
        { source, dryRun, ...done.value, ...refusedInJson(done.value) },
        sentences(done.value, dryRun),
      );
      return ok(done.value.refusedCount === 0 ? 0 : 1);
    });
  },
};

const gridOf = (text: string): Grid | undefined => GRIDS.find((one) => one === text);

/** What the header's names say, and over that what was typed. */
async function columnsOf(file: string, typed: readonly string[]): Promise<Result<CustomersHead['columns'], Complaint>> {
  const seen = await lookAt(createReadStream(file));
  if (!seen.ok) return err(failed('FILE', refusalText(seen.error)));
  const said = typed.map((one) => [one.slice(0, one.indexOf('=')), one.slice(one.indexOf('=') + 1)] as const);
  const odd = said.find(([field]) => !CUSTOMER_COLUMNS.some((one) => one === field));
  if (odd) return err(wrong('--column', `“${odd[0]}” is none of ${CUSTOMER_COLUMNS.join(', ')}`));
  const columns = CustomersHead.shape.columns.parse({
    ...guessCustomerColumns(seen.value.columns),
    ...Object.fromEntries(said),
  });
  const named = namedColumns(columns);
  const missing = NEEDED_COLUMNS.filter((needs) => !named.some(({ field }) => field === needs));
  if (missing.length === 0) return ok(columns);
  return err(
    wrong('--column', `say which column is ${missing.join(', ')}; there are ${seen.value.columns.join(', ')}`),
  );
}

function sentences(counts: CustomersCounts, dryRun: boolean): readonly string[] {
  const { read, created, changed, unchanged, gone, refusedCount } = counts;
  return [
    ...(dryRun ? ['Dry run: nothing was written.'] : []),
    `Read ${read} rows: ${created} new, ${changed} changed, ${unchanged} as before, ${refusedCount} refused; ${gone} gone.`,
    ...refusedLines(counts),
  ];
}
