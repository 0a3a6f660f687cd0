import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { checkCustody, ndjson, type AckLine, type CustodyFindings, type LogLine } from './custody-check.ts';
import { diesAt, type Point } from './kill-server-points.ts';
import { createPushers } from './kill-server-pushers.ts';
import { RawWriter } from './raw-writer.ts';
import { freePort, pause, relight, startServerProcess, type ServerProcess } from './server-process.ts';

/**
 * `kills`: SIGKILLs, and then on until so many events are `acknowledged`. `how`: where the server dies next, null: at a
 * random moment, `moments`: between so many ms after it listens. `env`: which database, beside what every server is told. `entry`: another server than the real one.
 */
export type KillPlan = {
  readonly dir: string;
  readonly kills: number;
  readonly acknowledged: number;
  readonly writers: number;
  readonly random: () => number;
  readonly how?: () => Point | null;
  readonly moments?: readonly [number, number];
  readonly env?: Readonly<Record<string, string>>;
  readonly entry?: string;
  readonly log?: (line: string) => void;
};

/**
 * One death. `busy`: requests that were cut off with it. `downMs`: since the death before it. `safe`: up to where the
 * server said that a backup holds everything, when it came up; `copied`: up to where the copies with a name went.
 */
export type Kill = {
  readonly how: Point | 'moment';
  readonly busy: number;
  readonly downMs: number;
  readonly safe: number | null;
  readonly copied: number;
};

export type KillHistory = {
  readonly dataDir: string;
  readonly backupDir: string;
  readonly kills: readonly Kill[];
  readonly findings: CustodyFindings;
  /** What `relight verify` says of the directory at the end. */
  readonly verified: boolean;
};

const PATIENCE_MS = 15_000;
const LAST_PASSAGE: { readonly [P in Point]: number } = {
  inserted: 60,
  committing: 20,
  committed: 20,
  raising: 6,
  raised: 3,
  starting: 40,
  copying: 3,
  copied: 1,
  named: 1,
  publishing: 1,
  published: 1,
};

/**
 * Writers push without a pause while the server is killed again and again. Each writes down what it is told; the log is
 * compared with that. A run that was cut off goes on in its folder, with new writers beside the records of the old.
 */
export async function runKills(plan: KillPlan): Promise<KillHistory> {
  const { dir, random, env = {}, moments: [least, most] = [50, 300] } = plan;
  const dataDir = join(dir, 'data');
  const backupDir = join(dir, 'backups');
  const acksDir = join(dir, 'acks');
  const killsFile = join(dir, 'kills.ndjson');
  mkdirSync(acksDir, { recursive: true });
  if (!existsSync(killsFile)) {
    addHouse(dataDir, env);
    writeFileSync(killsFile, '');
  }
  const kills = ndjson<Kill>(readFileSync(killsFile, 'utf8'));
  const acked = ackLines(acksDir).length;
  const at = { dataDir, port: await freePort() };

  const enrolling = await startServerProcess({ ...at, env });
  const writers = await enrol(enrolling.url, acksDir, codesFor(dataDir, plan));
  await enrolling.stop();
  const pushers = createPushers(writers, enrolling.url, random);

  /** A server that will die by itself; null: it did so before it listened. */
  const startMortal = async (point: Point | null): Promise<ServerProcess | null> => {
    if (point === null) return startServerProcess({ ...at, env, ...(plan.entry ? { entry: plan.entry } : {}) });
    const passage = 1 + Math.floor(random() * LAST_PASSAGE[point]);
    const entry = join(import.meta.dirname, 'kill-server-entry.ts');
    const backup = BACKUP_POINTS.has(point) ? { BACKUP_DIR: backupDir } : {};
    return startServerProcess({ ...at, entry, env: { ...env, ...backup, ...diesAt(point, passage) } }).catch(
      (error: unknown) => {
        if (String(error).includes('ended with SIGKILL')) return null;
        throw error;
      },
    );
  };
  const acknowledged = (): number => acked + writers.reduce((sum, writer) => sum + writer.acks.length, 0);
  let down = performance.now();
  while (kills.length < plan.kills) {
    const point = plan.how?.() ?? null;
    const server = await startMortal(point);
    const downMs = Math.round(performance.now() - down);
    const copied = server ? highestCopy(backupDir) : 0;
    const safe = server ? await safeOf(server.url) : null;
    if (server) {
      pushers.goOn();
      await (point === null
        ? pause(least + random() * (most - least))
        : Promise.race([server.ended, pause(PATIENCE_MS)]));
      await server.kill();
    }
    down = performance.now();
    const kill: Kill = { how: point ?? 'moment', busy: await pushers.hold(), downMs, safe, copied };
    kills.push(kill);
    appendFileSync(killsFile, `${JSON.stringify(kill)}\n`);
    if (kills.length % 50 === 0) plan.log?.(`${kills.length} kills, ${acknowledged()} acknowledged`);
  }
  const last = await startServerProcess({ ...at, env });
  pushers.goOn();
  while (acknowledged() < plan.acknowledged) await pause(50);
  await pushers.end();
  await last.kill();
  const log = ndjson<LogLine>(relight(dataDir, ['log', '--ndjson', '--data'], '', env));
  return {
    dataDir,
    backupDir,
    kills,
    findings: checkCustody(log, ackLines(acksDir)),
    verified: isWhole(relight(dataDir, ['verify', '--json'], '', env)),
  };
}

const BACKUP_POINTS: ReadonlySet<Point> = new Set<Point>(['copying', 'copied', 'named', 'publishing', 'published']);

/** Copies say in their name up to where they go; one without its name is none. */
const highestCopy = (backupDir: string): number =>
  existsSync(backupDir)
    ? Math.max(0, ...readdirSync(backupDir).map((name) => Number(/-q(\d+)(?:-\d+)?\.db$/.exec(name)?.[1] ?? 0)))
    : 0;

async function safeOf(url: string): Promise<number | null> {
  const said: unknown = await fetch(`${url}/healthz`)
    .then((answer) => answer.json())
    .catch(() => null);
  return typeof said === 'object' && said !== null && 'safe' in said && typeof said.safe === 'number'
    ? said.safe
    : null;
}

/** One station, one crew. */
function addHouse(dataDir: string, env: KillPlan['env']): void {
  const add = (...args: string[]) => relight(dataDir, [...args, '--json'], '', env);
  add('unit', 'add', '--name', '城西供电所', '--level', 'station');
  add('crew', 'add', '--name', '抢修1班', '--unit', '城西供电所');
  add('user', 'add', '--name', '工1', '--role', 'crew', '--unit', '城西供电所');
}

/** A tablet's code per writer. */
function codesFor(dataDir: string, { writers, env }: KillPlan): string[] {
  const asked = ['enrol-code', '--crew', '抢修1班', '--person', '工1', '--count', String(writers), '--json'];
  const codes: unknown = JSON.parse(relight(dataDir, asked, '', env));
  if (!isCodes(codes)) throw new Error('no codes');
  return codes.codes;
}

async function enrol(url: string, acksDir: string, codes: readonly string[]): Promise<RawWriter[]> {
  const before = readdirSync(acksDir).length;
  const writers: RawWriter[] = [];
  for (const [index, code] of codes.entries()) {
    const ackFile = join(acksDir, `${before + index}.ndjson`);
    writeFileSync(ackFile, '');
    writers.push(await RawWriter.enrol(url, code, ackFile));
  }
  return writers;
}

const ackLines = (acksDir: string): AckLine[] =>
  readdirSync(acksDir).flatMap((name) => ndjson<AckLine>(readFileSync(join(acksDir, name), 'utf8')));

const isCodes = (value: unknown): value is { codes: string[] } =>
  typeof value === 'object' && value !== null && 'codes' in value && Array.isArray(value.codes);

function isWhole(verification: string): boolean {
  const said: unknown = JSON.parse(verification);
  return typeof said === 'object' && said !== null && 'ok' in said && said.ok === true;
}
