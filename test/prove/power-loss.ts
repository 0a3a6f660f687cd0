import { appendFileSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import type { AckLine } from '../e2e/custody-check.ts';
import { seeded } from '../e2e/seeded.ts';
import { createDiskModel } from './disk/disk-model.ts';
import type { DiskOp } from './disk/disk-trace.ts';
import { judgeState, type Judged } from './power-loss-judge.ts';
import { inMemory, traceServer, type TracedRun } from './power-loss-trace.ts';
import type { ProofOptions, Proven } from './proof.ts';

const STATES_PER_TRACE = 1_000;
const CONTROL_STATES = 150;
/** Every so many states, all tables are compared with a fresh fold. */
const THOROUGH_EVERY = 50;

type Tally = {
  states: number;
  lost: string[];
  corrupt: string[];
  /** Answers that left before what they promise was synced. */
  early: number;
  acked: number;
  ops: number;
};

/**
 * Traces what real servers do to their disk, cuts the power after any of it, and opens what may be left: `n` states.
 * A server with `synchronous=NORMAL` has to lose something, or nothing is shown.
 */
export async function powerLoss({ n, seed, quick, log, dir }: ProofOptions): Promise<Proven> {
  const random = seeded(seed);
  const requests = quick ? 25 : 60;
  const entry = join(import.meta.dirname, 'disk/lazy-server.ts');
  const lazy = await tryStates(await traceServer({ random, requests, entry }), CONTROL_STATES, { random, dir });
  if (lazy.lost.length === 0 || lazy.early === 0) throw new Error('void: a server that does not sync lost nothing');
  log(`control: with synchronous=NORMAL acknowledged events are gone in ${lazy.lost.length} of ${lazy.states} states`);
  const total: Tally = { states: 0, lost: [], corrupt: [], early: 0, acked: 0, ops: 0 };
  const started = performance.now();
  let judging = 0;
  while (total.states < n) {
    const run = await traceServer({ random, requests });
    const from = performance.now();
    const found = await tryStates(run, Math.min(STATES_PER_TRACE, n - total.states), { random, dir });
    judging += performance.now() - from;
    total.states += found.states;
    total.early += found.early;
    total.acked += found.acked;
    total.ops += found.ops;
    total.lost.push(...found.lost);
    total.corrupt.push(...found.corrupt);
    log(`${total.states} states, ${Math.round((performance.now() - started) / 1_000)} s`);
  }
  return {
    runs: total.states,
    faults: total.states,
    acked: total.acked,
    failures: [
      ...total.lost.map((what) => `lost: ${what}`),
      ...total.corrupt.map((what) => `corrupt: ${what}`),
      ...(total.early > 0 ? [`${total.early} answers left before their events were synced`] : []),
    ],
    figures: {
      'states with losses': total.lost.length,
      'states damaged': total.corrupt.length,
      'answers before their fsync': total.early,
      'calls traced': total.ops,
      'states a second': Math.round(total.states / (judging / 1_000)),
      'control: losing states of NORMAL': `${lazy.lost.length} of ${lazy.states}`,
      'control: answers before their fsync': lazy.early,
    },
  };
}

/** Goes through a trace once, and cuts the power at `count` random places of it. */
async function tryStates(
  run: TracedRun,
  count: number,
  { random, dir }: { readonly random: () => number; readonly dir: string },
): Promise<Tally> {
  const { root, ops } = run;
  const cuts = Array.from({ length: count }, () => Math.floor(random() * ops.length)).toSorted((a, b) => a - b);
  const disk = createDiskModel(run.start);
  const acks: AckLine[] = [];
  let safe = 0;
  let next = 0;
  const tally: Tally = { states: 0, lost: [], corrupt: [], early: 0, acked: 0, ops: ops.length };
  const home = inMemory();
  try {
    for (const [index, op] of ops.entries()) {
      disk.apply(op);
      if (op.is === 'say') {
        const told = heardIn(op, run);
        if (told.length > 0 && disk.unsynced(join(root, 'data/relight.db-wal')) > 0) tally.early += 1;
        acks.push(...told);
        safe = Math.max(safe, safeIn(op));
      }
      for (; cuts[next] === index; next += 1) {
        const thorough = tally.states % THOROUGH_EVERY === 0;
        const state = disk.crash(random);
        const found = await judgeState(state, { acks, safe }, { root, dir: join(home, 'state'), thorough });
        tally.states += 1;
        note(tally, found, { dir, at: `call ${index} of ${ops.length}` });
      }
    }
    tally.acked = acks.length;
    checkTrace(run, disk.now());
    return tally;
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

function note(
  tally: Tally,
  { lost, corrupt }: Judged,
  { dir, at }: { readonly dir: string; readonly at: string },
): void {
  if (lost[0] !== undefined) tally.lost.push(`${at}: ${lost.length} of them, ${lost[0]} first`);
  if (corrupt[0] !== undefined) tally.corrupt.push(`${at}: ${corrupt[0]}`);
  if (lost.length + corrupt.length === 0) return;
  mkdirSync(dir, { recursive: true });
  appendFileSync(join(dir, 'states.ndjson'), `${JSON.stringify({ at, lost, corrupt })}\n`);
}

/** What was acknowledged with this piece of an answer. */
const heardIn = ({ text }: DiskOp & { is: 'say' }, { heard }: TracedRun): readonly AckLine[] =>
  [...text.matchAll(/"req":"([0-9a-f-]{36})"/g)].flatMap(([, req]) => heard.get(req ?? '') ?? []);

const safeIn = ({ text }: DiskOp & { is: 'say' }): number => Number(/"safe":(\d+)/.exec(text)?.[1] ?? 0);

/** A trace that does not explain the files that are there has missed something: then its states show nothing. */
function checkTrace({ end, heard, ops }: TracedRun, made: ReadonlyMap<string, Buffer>): void {
  // Pages are copied inside the kernel, which is not seen, and nothing depends on them.
  const data = [...new Set([...end.keys(), ...made.keys()])].filter((path) => !path.includes('/data/pages/'));
  const wrong = data.filter((path) => {
    const [real, model] = [end.get(path), made.get(path)];
    return !real || !model?.equals(real);
  });
  if (wrong.length > 0) throw new Error(`void: the trace does not explain ${wrong.join(', ')}`);
  const told = new Set(
    ops.flatMap((op) =>
      op.is === 'say' ? [...op.text.matchAll(/"req":"([0-9a-f-]{36})"/g)].map(([, req]) => req) : [],
    ),
  );
  const unseen = [...heard.keys()].filter((req) => !told.has(req));
  if (unseen.length > 0) throw new Error(`void: ${unseen.length} answers left unseen`);
}
