import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, release, totalmem } from 'node:os';
import { join } from 'node:path';

import * as z from 'zod';

import type { Proven } from './proof.ts';

const HOME = join(import.meta.dirname, '../..');
export const REPORTS = join(HOME, 'reports');

const Report = z.object({
  name: z.string(),
  quick: z.boolean(),
  /** The commit it ran on; a plus behind it: with changes that were not committed. */
  commit: z.string(),
  runs: z.number(),
  faults: z.number(),
  acked: z.number(),
  failures: z.number(),
  /** The first of them, in words. */
  failed: z.array(z.string()),
  n: z.number(),
  seed: z.number(),
  seconds: z.number(),
  machine: z.string(),
  date: z.string(),
  figures: z.record(z.string(), z.union([z.number(), z.string(), z.boolean()])),
});
export type Report = z.infer<typeof Report>;

type Ran = Pick<Report, 'name' | 'quick' | 'commit' | 'n' | 'seed' | 'seconds'> & { readonly proven: Proven };

export function reportOf({ proven, ...ran }: Ran, date: Date): Report {
  const { runs, faults, acked, overBar = [], figures } = proven;
  const failures = ran.quick ? proven.failures : [...proven.failures, ...overBar];
  return {
    ...ran,
    runs,
    faults,
    acked,
    failures: failures.length,
    failed: failures.slice(0, SHOWN),
    machine: machine(),
    date: date.toISOString(),
    figures: { ...figures },
  };
}

/** A quick run never stands in for a long one, so it has a file of its own. */
export function writeReport(report: Report, folder = REPORTS): string {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${report.name}${report.quick ? '.quick' : ''}.json`);
  writeFileSync(file, `${JSON.stringify(report, null, 2)}\n`);
  return file;
}

/** The reports of long runs, by name. */
export function readReports(folder = REPORTS): readonly Report[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json') && !file.endsWith('.quick.json'))
    .toSorted()
    .flatMap((file) => {
      const parsed = Report.safeParse(JSON.parse(readFileSync(join(folder, file), 'utf8')));
      return parsed.success ? [parsed.data] : [];
    });
}

/** What the count of failures says about the rate: none in N trials bounds it at 3/N with 95 % confidence. */
export function bound({ runs, failures }: Pick<Report, 'runs' | 'failures'>): string {
  if (runs === 0) return 'nothing ran';
  if (failures > 0) return `${failures} in ${runs}`;
  return `0 (< ${Number((3 / runs).toPrecision(2))}) in ${runs}`;
}

const SHOWN = 20;

/** To be asked before a run: it works on what was there when it began. */
export function commitNow(): string {
  const git = (...args: string[]): string => execFileSync('git', args, { cwd: HOME, encoding: 'utf8' }).trim();
  return `${git('rev-parse', '--short=12', 'HEAD')}${git('status', '--porcelain', '--untracked-files=no') ? '+' : ''}`;
}

function machine(): string {
  const [first] = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  return `${cpus().length} × ${first?.model ?? 'unknown'}, ${memory} GiB, Linux ${release()}, Node ${process.versions.node}`;
}
