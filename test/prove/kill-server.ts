import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import Sqlite from 'better-sqlite3';

import { custodyFailures } from '../e2e/custody-check.ts';
import type { Point } from '../e2e/kill-server-points.ts';
import { runKills, type KillHistory, type KillPlan } from '../e2e/kill-server-run.ts';
import { seeded } from '../e2e/seeded.ts';
import { killStarts } from './kill-server-starts.ts';
import type { ProofOptions, Proven } from './proof.ts';
import { spread } from './quantiles.ts';

const ACKNOWLEDGED = 100_000;
type Shares = readonly (readonly [Point, number])[];
/** Of a hundred deaths; the others come at a random moment. */
const SHARES: Shares = [
  ['inserted', 10],
  ['committing', 10],
  ['committed', 15],
  ['raising', 10],
  ['raised', 10],
  ['starting', 5],
];
/** A backup reads everything there is, so these come while that is little. */
const EARLY_SHARES: Shares = [
  ['copying', 6],
  ['copied', 6],
  ['named', 6],
  ['publishing', 6],
  ['published', 6],
  ...SHARES,
];
const EARLY = 150;
/** One in so many deaths is that of a server that makes its database or brings an older one up to date. */
const STARTS_PER_KILL = 1 / 20;

/**
 * `control`: the entry of the server that acknowledges early. `shares`: of a hundred deaths, how many at which point; the
 * first of them die at `each`, in this order.
 */
export type KillForm = { readonly control: string; readonly shares: Shares; readonly early?: Shares };

const SQLITE: KillForm = { control: 'early-ack-server.ts', shares: SHARES, early: EARLY_SHARES };

/** `n` SIGKILLs at random and named points while 50 writers push. Resumed, it goes on with the kills that are left. */
export async function killServer(options: ProofOptions): Promise<Proven> {
  const { n, seed, log, dir } = options;
  const starts = await killStarts({ dir, random: seeded(seed + 1), count: Math.ceil(n * STARTS_PER_KILL) });
  log(`${starts.length} servers were killed while they made or changed their tables`);
  return killServerOn(() => Promise.resolve({}), SQLITE, options, starts);
}

/** The same on another database. `database`: makes one; how server and command line are told of it. */
export async function killServerOn(
  database: () => Promise<NonNullable<KillPlan['env']>>,
  form: KillForm,
  options: ProofOptions,
  starts: readonly string[] = [],
): Promise<Proven> {
  const { n, seed, quick, log, dir } = options;
  const random = seeded(seed);
  await control({ ...options, env: await database(), entry: form.control });
  const env = await database();
  const { shares, early = shares } = form;
  const acknowledged = quick ? n * 100 : Math.max(ACKNOWLEDGED, n * 100);
  let asked = 0;
  // Each point once, also in a short run.
  const how = (): Point | null => early[asked++]?.[0] ?? drawn(asked < EARLY ? early : shares, random() * 100);
  const plan = { dir: join(dir, 'kills'), kills: n, acknowledged, writers: 50, random, how, env, log };
  return judge(await runKills(plan), starts);
}

/** A server that acknowledges before it commits. If it is not caught, the run after it shows nothing. */
async function control({
  dir,
  seed,
  log,
  env,
  entry: name,
}: ProofOptions & Required<Pick<KillPlan, 'env' | 'entry'>>): Promise<void> {
  const folder = join(dir, 'control');
  if (existsSync(folder)) return;
  const entry = join(import.meta.dirname, '../e2e', name);
  const moments = [300, 1_500] as const;
  const plan = { dir: folder, moments, kills: 3, acknowledged: 100, writers: 20, random: seeded(seed), env, entry };
  const { findings } = await runKills(plan);
  if (findings.lost.length === 0) throw new Error('void: a server that acknowledges early was not caught');
  log(`control: a server that acknowledges early is caught ${findings.lost.length} times`);
}

function drawn(shares: Shares, of100: number): Point | null {
  let left = of100;
  for (const [point, share] of shares) {
    left -= share;
    if (left < 0) return point;
  }
  return null;
}

function judge({ kills, findings, verified, backupDir }: KillHistory, starts: readonly string[]): Proven {
  const busy = kills.filter((kill) => kill.busy > 0).length;
  const early = kills.filter(({ safe, copied }) => (safe ?? 0) > copied);
  const copies = existsSync(backupDir) ? readdirSync(backupDir).filter((name) => name.endsWith('.db')) : [];
  const torn = copies.filter((name) => !isWhole(join(backupDir, name)));
  return {
    runs: kills.length + starts.length,
    faults: kills.length + starts.length,
    acked: findings.acknowledged,
    failures: [
      ...custodyFailures(findings),
      ...(verified ? [] : ['relight verify finds damage']),
      ...(busy * 2 >= kills.length ? [] : [`only ${busy} of ${kills.length} kills met a request`]),
      ...early.map(({ safe, copied }) => `safe was ${safe}, but no copy goes beyond ${copied}`),
      ...torn.map((name) => `the copy ${name} is not whole`),
      ...starts.filter((said) => said !== ''),
    ],
    figures: {
      lost: findings.lost.length,
      doubled: findings.doubled.length,
      gaps: findings.gaps.length,
      'chain ok': verified,
      'with requests in flight': busy,
      'at named points': kills.filter(({ how }) => how !== 'moment').length,
      'in a backup': kills.filter(({ how }) => IN_BACKUP.has(how)).length,
      'while tables were made': starts.length,
      'copies read': copies.length,
      'kill to answering': spread(kills.map(({ downMs }) => downMs)),
    },
  };
}

const IN_BACKUP: ReadonlySet<string> = new Set(['copying', 'copied', 'named', 'publishing', 'published']);

/** Its structure holds, and its log ends where its name says. */
function isWhole(file: string): boolean {
  const copy = new Sqlite(file, { readonly: true });
  try {
    const { q } = copy.prepare<[], { q: number }>('select count(*) as q from event').get() ?? { q: 0 };
    return copy.pragma('integrity_check(1)', { simple: true }) === 'ok' && file.includes(`-q${q}`);
  } finally {
    copy.close();
  }
}
