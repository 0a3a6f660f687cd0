import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import type { ProofRow } from './proofs.ts';
import { PROOFS } from './proofs.ts';
import { bound, commitNow, readReports, reportOf, REPORTS, writeReport, type Report } from './report.ts';
import { withTable } from './table.ts';

const USAGE = [
  'npm run prove -- NAME … | --all [--quick] [--n N] [--seed S] [--resume]',
  'npm run prove -- table      writes the figures of reports/ into test/prove/README.md',
].join('\n');

// A harness that broke may have left a browser or a server that would keep this process waiting.
process.exit(await main());

type Asked = { readonly n: number | null; readonly seed: number; readonly quick: boolean; readonly resume: boolean };

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    options: {
      n: { type: 'string' },
      seed: { type: 'string' },
      quick: { type: 'boolean', default: false },
      resume: { type: 'boolean', default: false },
      all: { type: 'boolean', default: false },
      bench: { type: 'boolean', default: false },
    },
    allowPositionals: true,
  });
  if (positionals[0] === 'table') return refreshTable();
  const unknown = positionals.filter((name) => !PROOFS.some((row) => row.name === name));
  const wanted = PROOFS.filter(
    ({ name, bench, apart }) =>
      (values.all && apart !== true && bench !== true) ||
      (values.bench && positionals.length === 0 && bench === true) ||
      positionals.includes(name),
  );
  const numbers = [values.n, values.seed].every((text) => text === undefined || /^\d+$/.test(text));
  if (unknown.length > 0 || wanted.length === 0 || !numbers) {
    say(USAGE);
    for (const { name, says, n, sizes, trials } of PROOFS) say(`  ${name.padEnd(16)}${says} (${n} ${sizes ?? trials})`);
    return 2;
  }
  const asked: Asked = {
    n: values.n === undefined ? null : Number(values.n),
    // A quick run is for what may not fail by chance.
    seed: Number(values.seed ?? (values.quick ? 1 : Date.now() % 1_000_000)),
    quick: values.quick,
    resume: values.resume,
  };
  let failed = false;
  for (const row of wanted) {
    try {
      failed = (await runOne(row, asked)).failures > 0 || failed;
    } catch (error) {
      // The harness broke: nothing is proven either way, and the others still can be.
      say(`${row.name}: VOID ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      failed = true;
    }
  }
  return failed ? 1 : 0;
}

async function runOne(row: ProofRow, { n, seed, quick, resume }: Asked): Promise<Report> {
  const { name } = row;
  const dir = join(REPORTS, `${name}${quick ? '.quick' : ''}`);
  if (!resume) rmSync(dir, { recursive: true, force: true });
  mkdirSync(dir, { recursive: true });
  const options = goneOn(dir, { n: n ?? (quick ? row.quickN : row.n), seed });
  say(`${name}: ${options.n} ${row.sizes ?? row.trials}, seed ${options.seed}`);
  const commit = commitNow();
  const prove = await row.load();
  const started = performance.now();
  const proven = await prove({ ...options, quick, dir, log: (line) => say(`  ${line}`) });
  const seconds = Math.round((performance.now() - started) / 100) / 10;
  const report = reportOf({ name, quick, commit, ...options, seconds, proven }, new Date());
  const file = writeReport(report);
  if (quick) for (const one of proven.overBar ?? []) say(`  over the bar here: ${one}`);
  for (const failure of report.failed) say(`  FAILED ${failure}`);
  for (const [figure, value] of Object.entries(report.figures)) say(`  ${figure} ${String(value)}`);
  say(
    `${name}: failures ${bound(report)} ${row.trials}; faults ${report.faults}, acked ${report.acked}, ${seconds} s; ${file}`,
  );
  return report;
}

/** A run that is resumed goes on with the numbers it began with. */
function goneOn(dir: string, given: { n: number; seed: number }): { n: number; seed: number } {
  const file = join(dir, 'options.json');
  try {
    const { n, seed } = JSON.parse(readFileSync(file, 'utf8')) as { n: number; seed: number };
    return { n, seed };
  } catch {
    writeFileSync(file, JSON.stringify(given));
    return given;
  }
}

function refreshTable(): number {
  const file = join(import.meta.dirname, 'README.md');
  writeFileSync(file, withTable(readFileSync(file, 'utf8'), readReports()));
  execFileSync('oxfmt', [file], { stdio: 'ignore' });
  return 0;
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
