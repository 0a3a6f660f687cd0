import { existsSync } from 'node:fs';
import { open, readFile } from 'node:fs/promises';

import type { ImportCounts } from '#shared/api/import.ts';
import { err, ok, type Result } from '#shared/result.ts';

import { parseMapping, type Mapping } from '../import/mapping.ts';
import { refusalText } from '../import/refusal-text.ts';
import { importOrders } from '../services/import-orders.ts';
import { databaseFile } from '../store/open-store.ts';
import type { Store } from '../store/store.ts';
import { importUnits } from './import-units.ts';
import { refusedInJson, refusedLines } from './refused-lines.ts';
import type { Terminal } from './terminal.ts';
import { failed, readOptions, wrong, type Complaint, type ExitCode, type Verb } from './verb.ts';
import { settings, withStore } from './with-store.ts';

type Asked = {
  readonly file: string;
  readonly mapping: Mapping;
  readonly history: boolean;
  readonly dryRun: boolean;
  readonly unit: string | undefined;
};

export const importVerb: Verb = {
  usage: 'FILE --mapping MAP.json [--history] [--dry-run] [--unit NAME]',
  help: [
    '--mapping  JSON: columns, time zone, area rule …; server/import/README.md describes it',
    '--history  rows that have ended become closed, archived orders with their old times and raise nothing;',
    '           without it rows that have not ended become live orders, whose clocks run',
    '--dry-run  reads and checks everything, writes nothing',
    '--unit     whose orders these are, by name or id, where the mapping does not say it',
    '',
    'Importing the same file again creates nothing: an order is known by the mapping’s system and its key.',
    'Each row that is refused is named by line, column and reason; the rest goes on.',
  ],
  run: async (args, terminal) => {
    const asked = await askedOf(args);
    if (!asked.ok) return asked;
    const config = settings(terminal);
    if (!config.ok) return config;
    if (asked.value.dryRun && !existsSync(databaseFile(config.value.dataDir))) return run(asked.value, terminal, null);
    return withStore(terminal, (store) => run(asked.value, terminal, store));
  },
};

async function askedOf(args: readonly string[]): Promise<Result<Asked, Complaint>> {
  const options = readOptions(args, {
    mapping: { type: 'string' },
    history: { type: 'boolean' },
    'dry-run': { type: 'boolean' },
    unit: { type: 'string' },
  });
  if (!options.ok) return options;
  const { values, positionals } = options.value;
  const [file, extra] = positionals;
  if (file === undefined) return err(wrong('FILE', 'say which file to import'));
  if (extra !== undefined) return err(wrong(extra, 'one file at a time'));
  if (values.mapping === undefined) return err(wrong('--mapping', 'say which mapping reads this file'));
  const readable = await unreadable(file);
  if (readable) return err(failed('FILE', `${file}: ${readable}`));
  const unmapped = await unreadable(values.mapping);
  if (unmapped) return err(failed('--mapping', `${values.mapping}: ${unmapped}`));
  const mapping = parseMapping(await readFile(values.mapping, 'utf8'));
  if (!mapping.ok) return err(wrong('--mapping', `${values.mapping}: ${mapping.error.map(refusalText).join('; ')}`));
  const { history = false, unit } = values;
  return ok({ file, mapping: mapping.value, history, dryRun: values['dry-run'] ?? false, unit });
}

async function run(asked: Asked, terminal: Terminal, store: Store | null): Promise<Result<ExitCode, Complaint>> {
  const units = await importUnits(store, asked);
  if (!units.ok) return units;
  const { unitOf, made } = units.value;
  const started = performance.now();
  const speed = (read: number) => {
    const seconds = (performance.now() - started) / 1_000;
    const memoryMiB = Math.round(process.resourceUsage().maxRSS / 1_024);
    return { seconds: Math.round(seconds * 10) / 10, rowsPerSecond: Math.round(read / seconds), memoryMiB };
  };
  const progress = (read: number): void =>
    terminal.progress(() => {
      const { rowsPerSecond, memoryMiB } = speed(read);
      return `${read} rows, ${rowsPerSecond} rows/s, ${memoryMiB} MiB at most`;
    });
  const counts = await importOrders({ ...asked, unitOf, store, now: terminal.clock(), progress });
  const took = speed(counts.read);
  await terminal.result({ ...counts, ...refusedInJson(counts), dryRun: asked.dryRun, unitsMade: made, ...took }, [
    ...(asked.dryRun ? ['Dry run: nothing was written.'] : []),
    ...made.map((name) => `Unit “${name}” was not here and ${asked.dryRun ? 'would be' : 'was'} made.`),
    `Read ${counts.read} rows in ${took.seconds} s (${took.rowsPerSecond} rows/s, ${took.memoryMiB} MiB at most).`,
    ...sentences(counts, asked.history),
  ]);
  return ok(counts.refusedCount === 0 ? 0 : 1);
}

function sentences(counts: ImportCounts, history: boolean): readonly string[] {
  const { created, unchanged, skipped, refusedCount } = counts;
  const why = history ? 'not ended: import them without --history' : 'ended already: import them with --history';
  return [
    `Created ${created}, unchanged ${unchanged} (here already), skipped ${skipped}${skipped === 0 ? '' : ` (${why})`}, refused ${refusedCount}.`,
    ...refusedLines(counts),
  ];
}

/** Why a file cannot be read, or null. */
async function unreadable(path: string): Promise<string | null> {
  try {
    const handle = await open(path, 'r');
    const isFile = (await handle.stat()).isFile();
    await handle.close();
    return isFile ? null : 'is not a file';
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    return error.code === 'ENOENT' ? 'there is no such file' : `cannot be read (${String(error.code)})`;
  }
}
