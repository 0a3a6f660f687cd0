import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { custodyFailures } from '../e2e/custody-check.ts';
import { seeded } from '../e2e/seeded.ts';
import { runFaults, type FaultRun, type Trial } from './disk-faults-run.ts';
import { FAULTS } from './disk/fault-switch.ts';
import type { ProofOptions, Proven } from './proof.ts';
import { spread } from './quantiles.ts';

/** In a quick run, calls are left out between those that fail. */
const FIRST_CALLS = 500;

/**
 * The disk is full, breaks, or writes by half at each of the first `n` calls that write, while writers push to a real
 * server. What it acknowledged has to be there; what it did not, it has to say; and it has to work again afterwards.
 * Resumed, it goes on with the calls that are left.
 */
export async function diskFaults({ n, seed, log, dir }: ProofOptions): Promise<Proven> {
  const random = seeded(seed);
  const control = join(dir, 'control');
  if (!existsSync(control)) {
    const entry = join(import.meta.dirname, 'disk/lying-server.ts');
    const plan = [5, 9, 14].map((after) => ({ fault: 'full', after, starting: false }) as const);
    const { findings } = await runFaults({ dir: control, plan, random, entry, log });
    if (findings.lost.length === 0) throw new Error('void: a server that lies about failed commits was not caught');
    log(`control: a server that lies about failed commits is caught ${findings.lost.length} times`);
  }
  const step = Math.max(1, Math.floor(FIRST_CALLS / n));
  const calls = Array.from({ length: n }, (_, index) => 1 + index * step);
  const plan = calls.flatMap((after) => FAULTS.map((fault) => ({ fault, after, starting: after % STARTING === 1 })));
  return judge(await runFaults({ dir: join(dir, 'faults'), plan, random, log }));
}

/** Of so many calls, one fails while the server starts instead. */
const STARTING = 5;

function judge({ trials, findings, verified, wrong }: FaultRun): Proven {
  const held = trials.filter(({ became }) => became === 'held');
  const ended = trials.filter(({ became }) => became === 'ended');
  const told = (status: number): number => trials.reduce((sum, { answers }) => sum + (answers[status] ?? 0), 0);
  return {
    runs: trials.length,
    faults: trials.reduce((sum, { made }) => sum + made, 0),
    acked: findings.acknowledged,
    failures: [
      ...custodyFailures(findings),
      ...(verified ? [] : ['relight verify finds damage']),
      ...wrong,
      ...trials.flatMap(objections),
    ],
    figures: {
      'acknowledged but missing': findings.lost.length,
      'chain ok': verified,
      'answers 507': told(507),
      'answers 503': told(503),
      'went on by itself': held.length,
      'ended and started again': ended.length,
      'reads while full': trials.filter(({ read }) => read === 200).length,
      'room to acknowledged': spread(held.map(({ backMs }) => backMs)),
      'start to acknowledged': spread(ended.map(({ backMs }) => backMs)),
    },
  };
}

function objections({ fault, after, starting, made, became, answers, said, read }: Trial): string[] {
  const at = `${fault} at call ${after}${starting ? ' of a start' : ''}`;
  const strange = Object.keys(answers).filter((status) => !['503', '507'].includes(status));
  return [
    ...strange.map((status) => `${at}: answered ${status}`),
    ...(made === 0 && !starting ? [`${at}: nothing failed`] : []),
    ...(became === 'ended' && !SENTENCE.test(said) ? [`${at}: it ended without saying why: ${said.slice(-300)}`] : []),
    ...(read !== null && read !== 200 ? [`${at}: reading answered ${read}`] : []),
  ];
}

const SENTENCE = /the disk of DATA_DIR (failed|is full|fails)/i;
