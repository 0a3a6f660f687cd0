import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { asUnitId } from '#shared/ids.ts';

import { checkCustody, ndjson, type AckLine, type CustodyFindings, type LogLine } from '../e2e/custody-check.ts';
import { NotTaken, RawWriter } from '../e2e/raw-writer.ts';
import { freePort, pause, relight, startServerProcess, type ServerProcess } from '../e2e/server-process.ts';
import { createFaultSwitch, type Fault, type FaultSwitch } from './disk/fault-switch.ts';
import { buildWatchedDisk } from './disk/watched-disk.ts';

/** At the `after`-th call that writes, counted from the start of a server or from some moment of its work. */
export type PlannedFault = { readonly fault: Fault; readonly after: number; readonly starting: boolean };

/**
 * What came of it. `made`: calls that failed. `held`: the process went on; `ended`: it said why and another one was
 * started. `answers`: how often each status other than 200 was given. `read`: what a reader was told while nothing could
 * be written; null: nobody asked. `backMs`: from room, or from the start, to the next acknowledgement.
 */
export type Trial = PlannedFault & {
  readonly made: number;
  readonly became: 'held' | 'ended';
  readonly answers: Readonly<Record<string, number>>;
  readonly said: string;
  readonly read: number | null;
  readonly backMs: number;
};

export type FaultRun = {
  readonly trials: readonly Trial[];
  readonly findings: CustodyFindings;
  readonly verified: boolean;
  readonly wrong: readonly string[];
};

export type FaultsAsked = {
  readonly dir: string;
  readonly plan: readonly PlannedFault[];
  readonly random: () => number;
  readonly entry?: string;
  readonly log: (line: string) => void;
};

const WRITERS = 4;
const PATIENCE_MS = 20_000;

/** Goes through the plan on one directory, with new writers beside the records of a run that was cut off. */
export async function runFaults({ dir, plan, random, entry, log }: FaultsAsked): Promise<FaultRun> {
  const root = join(dir, 'disk');
  const dataDir = join(root, 'data');
  const acksDir = join(dir, 'acks');
  const trialsFile = join(dir, 'trials.ndjson');
  mkdirSync(acksDir, { recursive: true });
  mkdirSync(root, { recursive: true });
  if (!existsSync(trialsFile)) {
    addHouse(dataDir);
    writeFileSync(trialsFile, '');
  }
  const trials = ndjson<Trial>(readFileSync(trialsFile, 'utf8'));
  const faults = createFaultSwitch(join(dir, 'faults'));
  const env = { ...buildWatchedDisk(dir, root).env({ faults: faults.file }), LOG_LEVEL: 'warn' };
  const port = await freePort();
  const at = { dataDir, port, env, ...(entry ? { entry } : {}) };
  const wrong: string[] = [];
  const codes = codesFor(dataDir);
  // The writers are enrolled by the real server, whichever comes after it.
  const enrolling = await startServerProcess({ dataDir, port, env });
  const writers = await enrol(enrolling.url, codes, acksDir);
  await enrolling.kill();
  const bench: Bench = { server: await startServerProcess(at), begin: () => startServerProcess(at), faults, wrong };
  const pushing = pushAll(writers, bench.server.url, random);
  for (const planned of plan.slice(trials.length)) {
    const trial = await tryOne(bench, planned, pushing);
    trials.push(trial);
    appendFileSync(trialsFile, `${JSON.stringify(trial)}\n`);
    if (trials.length % 50 === 0) log(`${trials.length} of ${plan.length}, ${pushing.acknowledged()} acknowledged`);
  }
  await pushing.end();
  await bench.server.kill();
  faults.close();
  const lines = ndjson<LogLine>(relight(dataDir, ['log', '--ndjson', '--data']));
  const verified: unknown = JSON.parse(relight(dataDir, ['verify', '--json']));
  return { trials, findings: checkCustody(lines, ackLines(acksDir)), verified: isOk(verified), wrong };
}

/** `server`: the one that runs now. */
type Bench = {
  server: ServerProcess;
  readonly begin: () => Promise<ServerProcess>;
  readonly faults: FaultSwitch;
  readonly wrong: string[];
};

async function tryOne(bench: Bench, planned: PlannedFault, pushing: Pushing): Promise<Trial> {
  const { fault, after, starting } = planned;
  const { faults } = bench;
  const name = `${fault} at call ${after}${starting ? ' of a start' : ''}`;
  const until = (done: () => boolean, what: string): Promise<void> =>
    pushing.until(done, () => bench.wrong.push(`${name}: no ${what}`));
  pushing.forget();
  const ends = starting ? await startAgainst(bench, planned) : null;
  if (!starting) faults.arm(fault, after);
  const life = { ended: ends !== null };
  if (!life.ended) void bench.server.ended.then(() => (life.ended = true));
  let read: number | null = null;

  await until(() => life.ended || faults.made() > 0, 'call that fails');
  // A broken call may have been one that nobody needs; on a full disk nothing can be taken.
  const failed = pushing.acknowledged();
  const refusals = fault === 'broken' ? Infinity : 1;
  await until(
    () => life.ended || pushing.refusals() > refusals || pushing.acknowledged() > failed + 8 * WRITERS,
    'end, refusal or acknowledgement',
  );
  if (!life.ended && fault !== 'broken') read = await pushing.read();
  const made = faults.made();
  faults.disarm();
  const said = life.ended ? (ends ?? bench.server.output()) : '';
  const from = performance.now();
  if (life.ended) bench.server = await bench.begin();
  const before = pushing.acknowledged();
  await until(() => pushing.acknowledged() > before, 'acknowledgement after it');
  const backMs = Math.round(performance.now() - from);
  return { ...planned, made, became: life.ended ? 'ended' : 'held', answers: pushing.answers(), said, read, backMs };
}

/** Starts a server on a disk that fails; gives what it said if it did not come up. */
async function startAgainst(bench: Bench, { fault, after }: PlannedFault): Promise<string | null> {
  await bench.server.kill();
  bench.faults.arm(fault, after);
  try {
    bench.server = await bench.begin();
    return null;
  } catch (error) {
    return String(error);
  }
}

type Pushing = {
  readonly acknowledged: () => number;
  /** How often each status other than 200 was answered since `forget`. */
  readonly answers: () => Readonly<Record<string, number>>;
  readonly refusals: () => number;
  readonly forget: () => void;
  /** A request that only asks; its status, 0: none came. */
  readonly read: () => Promise<number>;
  /** Waits; after a while it tells and goes on. Rejects when a writer could not go on. */
  readonly until: (done: () => boolean, tooLate: () => void) => Promise<void>;
  readonly end: () => Promise<void>;
};

/** Orders, one request at a time from each writer; what was not taken is sent again. */
function pushAll(writers: readonly [RawWriter, ...RawWriter[]], url: string, random: () => number): Pushing {
  const state = { done: false };
  let answers: Record<string, number> = {};
  const push = async (writer: RawWriter): Promise<void> => {
    const report = { unit: asUnitId(writer.unit), address: '幸福路', area: 'urban', channel: 'crew' } as const;
    while (!state.done || writer.queued > 0) {
      if (writer.queued === 0) for (let made = 0; made < 1 + random() * 3; made += 1) writer.make('reported', report);
      try {
        await writer.push(url);
      } catch (error) {
        if (error instanceof NotTaken) answers[error.status] = (answers[error.status] ?? 0) + 1;
        else if (!(error instanceof TypeError) && !(error instanceof SyntaxError)) throw error;
        await pause(10);
      }
    }
  };
  const work = Promise.all(writers.map(push));
  // Whoever waits hears of it; nobody else is surprised.
  work.catch(() => undefined);
  return {
    acknowledged: () => writers.reduce((sum, { acks }) => sum + acks.length, 0),
    answers: () => answers,
    refusals: () => Object.values(answers).reduce((sum, count) => sum + count, 0),
    forget: () => {
      answers = {};
    },
    read: () =>
      writers[0].pull(url).then(
        () => 200,
        (error: unknown) => (error instanceof NotTaken ? error.status : 0),
      ),
    until: async (done, tooLate) => {
      const limit = Date.now() + PATIENCE_MS;
      while (!done()) {
        if (Date.now() > limit) return tooLate();
        await Promise.race([pause(5), work]);
      }
    },
    end: async () => {
      state.done = true;
      await work;
    },
  };
}

/** One station, one crew. */
function addHouse(dataDir: string): void {
  const add = (...args: string[]): string => relight(dataDir, [...args, '--json']);
  add('unit', 'add', '--name', '城西供电所', '--level', 'station');
  add('crew', 'add', '--name', '抢修1班', '--unit', '城西供电所');
  add('user', 'add', '--name', '工1', '--role', 'crew', '--unit', '城西供电所');
}

function codesFor(dataDir: string): readonly string[] {
  const asked = ['enrol-code', '--crew', '抢修1班', '--person', '工1', '--count', String(WRITERS), '--json'];
  const { codes } = JSON.parse(relight(dataDir, asked)) as { readonly codes: readonly string[] };
  return codes;
}

async function enrol(url: string, codes: readonly string[], acksDir: string): Promise<[RawWriter, ...RawWriter[]]> {
  const before = readdirSync(acksDir).length;
  const [first, ...others] = await Promise.all(
    codes.map((code, index) => RawWriter.enrol(url, code, join(acksDir, `${before + index}.ndjson`))),
  );
  if (!first) throw new Error('no codes');
  return [first, ...others];
}

const ackLines = (acksDir: string): AckLine[] =>
  readdirSync(acksDir).flatMap((name) => ndjson<AckLine>(readFileSync(join(acksDir, name), 'utf8')));

const isOk = (said: unknown): boolean => typeof said === 'object' && said !== null && 'ok' in said && said.ok === true;
