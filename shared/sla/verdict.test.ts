import { describe, expect, test } from 'vitest';

import { about, anOrder, at, CREW_3, CREW_5, type Story } from '../../test/builders.ts';
import { judge as judgeClocks, type Judged } from './judge.ts';
import { knowledgeOf } from './knowledge.ts';
import { nextLook as nextLookAt } from './next-look.ts';
import { STATE_GRID } from './packs/state-grid.ts';
import { planAlerts } from './plan-alerts.ts';
import { arrivalClock } from './stage-clock.ts';

const DEVICE = 'DEV-1' as never;

function judge(story: Story, heard: string | null, now: string): Judged {
  const devicesOf = () => (heard ? [{ device: DEVICE, heard: at(heard) }] : []);
  const [judged] = judgeClocks(story.order, ARRIVAL, { now: at(now), devicesOf });
  if (!judged) throw new Error('no clock');
  return judged;
}

const ARRIVAL = { ...STATE_GRID, rules: STATE_GRID.rules.filter(({ id }) => id === 'arrival') };

const kinds = (story: Story, judged: Judged) =>
  planAlerts(story.order, [judged]).map(
    (draft) => `${draft.kind}${draft.kind === 'alertRaised' ? `:${draft.data.level}` : ''}`,
  );

/** Plans and folds the drafts in, as the engine does. */
function settle(story: Story, heard: string | null, now: string): string[] {
  const judged = judge(story, heard, now);
  const names = kinds(story, judged);
  for (const draft of planAlerts(story.order, [judged])) story.record(draft.kind, now, draft.data, { by: null });
  expect(kinds(story, judge(story, heard, now))).toEqual([]);
  return names;
}

describe('the arrival clock', () => {
  const held = () => anOrder().reported('14:00').dispatched('14:05').field('accepted', '14:06');

  test('runs until the limit of its area', () => {
    expect(judge(held(), '14:06', '14:44').verdict).toEqual({ is: 'running', leftMs: 60_000, paused: false });
    const rural = anOrder().reported('14:00', { area: 'rural' }).dispatched('14:05');
    expect(judge(rural, '14:06', '15:29').verdict?.is).toBe('running');
  });

  test('a silent crew is unknown after the limit, never missed', () => {
    expect(judge(held(), '14:20', '15:30').verdict).toEqual({ is: 'unknown', why: 'silent', since: at('14:20') });
  });

  test('missed needs knowledge past the limit', () => {
    expect(judge(held(), '14:44', '15:30').verdict?.is).toBe('unknown');
    expect(judge(held(), '14:45', '15:30').verdict?.is).toBe('unknown');
    expect(judge(held(), '14:45:01', '15:30').verdict).toMatchObject({ is: 'missed' });
  });

  test('missed needs it also when a late arrival is known: another tablet may hold an earlier one', () => {
    const silent = { is: 'unknown', why: 'silent', since: at('14:06') };
    expect(judge(held().field('arrived', '14:50'), '14:06', '16:00').verdict).toEqual(silent);
    const told = { ...about('14:55', 300_000, 'C'), given: 'typed' } as const;
    expect(judge(held().field('arrived', told), '14:06', '16:00').verdict?.is).toBe('missed');
  });

  test('knowledge is the least of all crews that held the order before the limit', () => {
    const story = anOrder().reported('14:00').dispatched('14:05').reassigned('14:20');
    const clock = arrivalClock(story.order, STATE_GRID);
    const devices = { [CREW_3]: at('14:10'), [CREW_5]: at('15:00') };
    const known = knowledgeOf(story.order, clock?.limit.to ?? 0, (crew) => [
      { device: DEVICE, heard: devices[crew] ?? 0 },
    ]);
    expect(known.heard).toBe(at('14:10'));
  });

  test('an order nobody was sent to is missed as soon as the limit passes', () => {
    expect(judge(anOrder().reported('14:00'), null, '14:45').verdict?.is).toBe('running');
    expect(judge(anOrder().reported('14:00'), null, '14:45:01').verdict?.is).toBe('missed');
    const tooLate = anOrder().reported('14:00').dispatched('14:45');
    expect(judge(tooLate, '14:00', '14:45:01').verdict?.is).toBe('missed');
  });

  test('a graded arrival judges by its estimate, a C arrival by its bounds', () => {
    expect(judge(held().field('arrived', about('14:40', 600_000, 'B')), '14:06', '16:00').verdict?.is).toBe('met');
    expect(judge(held().field('arrived', about('14:40', 600_000, 'C')), '14:06', '16:00').verdict).toEqual({
      is: 'unknown',
      why: 'clock',
    });
    expect(judge(held().field('arrived', about('14:20', 600_000, 'C')), '14:06', '16:00').verdict?.is).toBe('met');
    expect(judge(held().field('arrived', '14:50'), '14:50', '16:00').verdict).toEqual({
      is: 'missed',
      overMs: 300_000,
      evidence: true,
    });
  });

  test('of several arrivals one in time is enough, whatever the grade of the others', () => {
    const estimated = held()
      .field('arrived', '14:50')
      .field('arrived', about('14:40', 600_000, 'B'));
    expect(judge(estimated, '16:00', '16:00').verdict?.is).toBe('met');
    const bounded = held()
      .field('arrived', about('14:40', 1_800_000, 'C'))
      .field('arrived', about('14:42', 60_000, 'C'));
    expect(judge(bounded, '16:00', '16:00').verdict?.is).toBe('met');
    const open = held()
      .field('arrived', about('15:00', 60_000, 'C'))
      .field('arrived', about('15:05', 1_800_000, 'C'));
    expect(judge(open, '16:00', '16:00').verdict).toEqual({ is: 'unknown', why: 'clock' });
  });

  test('what a clock gave goes before what was typed', () => {
    const typed = { ...about('14:20', 300_000, 'C'), given: 'typed' } as const;
    const story = held()
      .field('arrived', typed)
      .field('arrived', about('14:40', 600_000, 'C'));
    expect(judge(story, '16:00', '16:00').verdict).toEqual({ is: 'unknown', why: 'clock' });
  });

  test('an arrival before the report is unknown by the clock', () => {
    const before = (time: Parameters<Story['field']>[1]) =>
      judge(held().field('arrived', time), '14:06', '16:00').verdict;
    expect(before('13:50')).toEqual({ is: 'unknown', why: 'clock' });
    expect(before(about('13:50', 300_000, 'C'))).toEqual({ is: 'unknown', why: 'clock' });
    // Its bounds reach to 14:08, and it cannot have been before the report.
    expect(before(about('13:58', 600_000, 'C'))).toEqual({ is: 'met', sure: false });
  });
});

describe('the plan of alerts', () => {
  test('looks again when the warning is due, and when the limit has passed', () => {
    const story = anOrder().reported('14:00');
    const nextLook = (now: string) => nextLookAt(story.order, [judge(story, null, now)]);
    expect(nextLook('14:00')).toEqual({ at: at('14:36'), waits: null });
    expect(nextLook('14:45')).toEqual({ at: at('14:45') + 1, waits: null });
    expect(nextLook('14:45:01')).toEqual({ at: at('14:55') + 1, waits: null });
    expect(nextLook('15:30:01')).toBeNull();
  });

  test('warns, asks for contact, and withdraws when a late fact proves the crew was in time', () => {
    const story = anOrder().reported('14:00').dispatched('14:05');
    expect(settle(story, '14:06', '14:30')).toEqual([]);
    expect(settle(story, '14:06', '14:36')).toEqual(['alertRaised:soon']);
    expect(settle(story, '14:06', '14:46')).toEqual(['alertRaised:contact', 'alertClosedOut']);
    story.field('arrived', '14:21');
    expect(settle(story, '16:10', '16:10')).toEqual(['alertWithdrawn']);
  });

  test('a silence that ends without an arrival becomes missed', () => {
    const story = anOrder().reported('14:00').dispatched('14:05');
    settle(story, '14:06', '14:46');
    expect(settle(story, '14:50', '14:50')).toEqual(['alertRaised:missed', 'alertClosedOut']);
    story.field('arrived', '14:52');
    expect(settle(story, '15:25', '15:25')).toEqual(['alertClosedOut']);
  });

  test('a late fact that proves a breach opens it quietly', () => {
    const story = anOrder().reported('14:00').dispatched('14:05');
    settle(story, '14:06', '14:46');
    story.field('arrived', '14:58');
    expect(settle(story, '16:10', '16:10')).toEqual(['alertRaised:missed', 'alertClosedOut']);
    expect(story.order.alerts.at(-1)).toMatchObject({ level: 'missed', quiet: true });
  });

  test('a typed time ends the silence, but leaves it to a person whether "missed" was wrong', () => {
    const silent = anOrder().reported('14:00').dispatched('14:05');
    settle(silent, '14:06', '14:46');
    silent.field('arrived', { ...about('14:21', 300_000, 'C'), given: 'typed' });
    expect(settle(silent, '14:06', '14:50')).toEqual(['alertClosedOut']);
    expect(silent.order.alerts.at(-1)).toMatchObject({ level: 'contact', end: { closedOut: 'heard' } });
    const missed = anOrder().reported('14:00').dispatched('14:05');
    settle(missed, '14:50', '14:50');
    missed.field('arrived', { ...about('14:21', 300_000, 'C'), given: 'typed' });
    expect(settle(missed, '14:50', '15:00')).toEqual([]);
    expect(missed.order.alerts.at(-1)).toMatchObject({ level: 'missed', end: null });
  });

  test('a wrong "missed" is withdrawn even after it was closed out', () => {
    const story = anOrder().reported('14:00').dispatched('14:05');
    settle(story, '14:50', '14:50');
    story.field('arrived', about('14:55', 60_000, 'B'));
    expect(settle(story, '15:00', '15:00')).toEqual(['alertClosedOut']);
    story.field('arrived', '14:30');
    expect(settle(story, '15:30', '15:30')).toEqual(['alertWithdrawn']);
  });

  test('the end of an order closes out what stands, also what a doubtful arrival left to a person', () => {
    const story = anOrder().reported('14:00').dispatched('14:05');
    settle(story, '14:50', '14:50');
    story.field('arrived', { ...about('14:21', 300_000, 'C'), given: 'typed' });
    expect(settle(story, '14:50', '15:00')).toEqual([]);
    story.record('closed', '15:10', { outcome: 'restored' });
    expect(settle(story, '14:50', '15:10')).toEqual(['alertClosedOut']);
    expect(story.order.alerts.at(-1)).toMatchObject({ level: 'missed', end: { closedOut: 'orderEnded' } });
  });

  test('what was raised quietly never stood and is not closed out', () => {
    const story = anOrder().reported('14:00').dispatched('14:05').field('arrived', '14:58');
    settle(story, '15:00', '15:00');
    story.record('closed', '15:10', { outcome: 'restored' }).field('arrived', '13:50');
    expect(settle(story, '15:20', '15:20')).toEqual([]);
    expect(story.order.alerts.at(-1)).toMatchObject({ level: 'missed', quiet: true, end: null });
  });
});
