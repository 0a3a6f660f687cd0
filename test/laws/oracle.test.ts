import fc from 'fast-check';
import { expect, test } from 'vitest';

import type { Alert } from '#shared/order/order.ts';

import type { Alert as Expected } from '../oracle/alerts.ts';
import { expected, type Look } from '../oracle/expected.ts';
import { MUTANTS } from './engine-mutants.ts';
import { ENGINE, play, type Engine, type EngineLook } from './judging-engine.ts';
import { isCaught, law } from './law.ts';
import { aStory, historyOf, PACK, type Story } from './oracle-stories.ts';

const RUNS = Number(process.env['ORACLE_RUNS'] ?? 5_000);

/** Engine and oracle over one story, look by look, in the same words. */
function compare(story: Story, engine: Engine): void {
  const theirs = expected(historyOf(story), PACK, story.looks);
  const ours = play(story, engine);
  expect(ours.map(saidByEngine)).toEqual(theirs.map(saidByOracle));
  const raised = ours.flatMap(({ drafts }) => drafts.filter(({ kind }) => kind === 'alertRaised'));
  expect(raised.length, 'each alert is raised by one event').toBe(theirs.at(-1)?.alerts.length);
}

type Said = { readonly at: number; readonly clocks: readonly string[]; readonly alerts: readonly string[] };

function saidByOracle({ at, judged, alerts }: Look): Said {
  const clocks = judged.map(({ rule, clock, verdict }) => {
    const word = verdict === undefined ? 'none' : verdict.is === 'unknown' ? `unknown ${verdict.why}` : verdict.is;
    return `${rule} ${clock.epoch} ${clock.origin.to} ${clock.warn.to} ${clock.limit.to}: ${word}`;
  });
  const words = alerts.map((alert) => {
    const { rule, level, epoch, raisedAt, state } = alert;
    return `${rule} ${level} ${epoch} ${raisedAt} ${state} ${alert.reason ? REASON[alert.reason] : ''}`;
  });
  return { at, clocks, alerts: words.toSorted() };
}

function saidByEngine({ at, judged, alerts }: EngineLook): Said {
  const clocks = judged.map(({ clock, verdict }) => {
    const word = verdict.is === 'unknown' ? `unknown ${verdict.why}` : verdict.is;
    const counts = clock.stop !== null || !clock.ended;
    return `${clock.rule} ${clock.epoch} ${clock.origin.est} ${clock.warn} ${clock.limit}: ${counts ? word : 'none'}`;
  });
  const words = alerts.map((alert) => {
    return `${alert.rule} ${alert.level} ${alert.epoch} ${alert.raisedAt} ${stateOf(alert)}`;
  });
  return { at, clocks, alerts: words.toSorted() };
}

function stateOf(alert: Alert): string {
  if (alert.end === null) return alert.quiet ? 'quiet ' : 'standing ';
  if ('withdrawn' in alert.end) return 'withdrawn in time';
  return `closedOut ${alert.end.closedOut === 'newEpoch' ? 'new epoch' : 'over'}`;
}

/** Which of several true reasons is named first is a matter of taste; that the clock began anew is not. */
const REASON: Readonly<Record<NonNullable<Expected['reason']>, string>> = {
  'in time': 'in time',
  'new epoch': 'new epoch',
  'no longer running': 'over',
  heard: 'over',
  missed: 'over',
  'reached late': 'over',
  ended: 'over',
};

const against = (engine: Engine) => fc.asyncProperty(aStory, (story) => Promise.resolve(compare(story, engine)));

test(
  'I25 engine and oracle say the same of every order',
  async () => {
    expect(await law('oracle', against(ENGINE), RUNS)).toBeNull();
  },
  60_000 + RUNS * 5,
);

test('I25 the orders they are asked about show every verdict, and every alert in every state it can have', () => {
  const seen = new Set<string>();
  for (const story of fc.sample(aStory, { numRuns: 3_000, seed: 1 })) {
    for (const { judged, alerts } of expected(historyOf(story), PACK, story.looks)) {
      for (const { verdict } of judged) seen.add(verdict?.is === 'unknown' ? verdict.why : (verdict?.is ?? 'none'));
      for (const { level, state } of alerts) seen.add(`${level} ${state}`);
    }
  }
  expect([...seen].toSorted()).toEqual([
    'clock',
    'contact closedOut',
    'contact standing',
    'contact withdrawn',
    'met',
    'missed',
    'missed closedOut',
    'missed quiet',
    'missed standing',
    'missed withdrawn',
    'none',
    'running',
    'silent',
    'soon closedOut',
    'soon standing',
  ]);
});

test.each(Object.entries(MUTANTS))('I25 control: an engine that %s is caught', async (_, mutant) => {
  expect(await isCaught(against(mutant), 3_000)).toBe(true);
});
