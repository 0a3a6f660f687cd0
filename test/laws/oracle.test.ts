import { expect, test } from 'vitest';

import { expected } from '../oracle/expected.ts';
import { createRows, drawFrom } from './draw.ts';
import { MUTANTS } from './engine-mutants.ts';
import { ENGINE, type Engine } from './judging-engine.ts';
import { difference, verdictWord } from './oracle-compare.ts';
import { historyOf } from './oracle-history.ts';
import { DEFAULT_PACK } from './oracle-packs.ts';
import { firstDifference, ROW_LENGTH } from './oracle-search.ts';
import { storyOf, type Story } from './oracle-stories.ts';

const RUNS = Number(process.env['ORACLE_RUNS'] ?? 5_000);
const SEED = Number(process.env['LAW_SEED'] ?? Math.floor(Math.random() * 2 ** 31));

test(
  'I25 engine and oracle say the same of every order',
  () => {
    process.stdout.write(`law "oracle": ${RUNS} runs, seed ${SEED}\n`);
    expect(firstDifference({ from: SEED, runs: RUNS })).toBeNull();
  },
  60_000 + RUNS * 5,
);

test('I25 the orders they are asked about show every verdict, and every alert in every state it can have', () => {
  const seen = new Set<string>();
  for (const story of sample(6_000)) {
    for (const { judged, alerts } of expected(historyOf(story), DEFAULT_PACK, story.looks)) {
      for (const { verdict } of judged) seen.add(verdictWord(verdict));
      for (const { level, state } of alerts) seen.add(`${level} ${state}`);
    }
  }
  const states = {
    soon: ['closedOut', 'standing'],
    contact: ['closedOut', 'standing', 'withdrawn'],
    missed: ['closedOut', 'quiet', 'standing', 'withdrawn'],
    escalated1: ['closedOut', 'standing', 'withdrawn'],
    escalated2: ['closedOut', 'standing', 'withdrawn'],
    escalated3: ['closedOut', 'standing', 'withdrawn'],
  };
  const alerts = Object.entries(states).flatMap(([level, all]) => all.map((state) => `${level} ${state}`));
  const verdicts = ['met surely', 'met unsurely', 'missed', 'missed without evidence', 'running', 'silent', 'clock'];
  expect([...seen].toSorted()).toEqual([...verdicts, 'none', ...alerts].toSorted());
}, 60_000);

test.each(Object.entries(MUTANTS))(
  'I25 control: an engine that %s is caught',
  (_, mutant) => {
    expect(isCaught(mutant, 20_000)).toBe(true);
  },
  60_000,
);

/** Always on the same examples: a control must not depend on luck. */
const isCaught = (engine: Engine, runs: number): boolean =>
  sample(runs).some((story) => difference(story, engine) !== null);

test('control: the engine itself is not caught on these', () => {
  expect(isCaught(ENGINE, 2_000)).toBe(false);
}, 60_000);

function* sample(count: number): Generator<Story> {
  const rowOf = createRows(ROW_LENGTH);
  for (let seed = 1; seed <= count; seed += 1) yield storyOf(drawFrom(rowOf(seed)));
}
