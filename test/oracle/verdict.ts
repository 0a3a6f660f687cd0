import { bestOf, isSure, spanOf, timesOf, type Clock } from './clock.ts';
import type { Fact, History, Ms, Rule } from './history.ts';

export type Verdict =
  /** `sure`: an untyped time graded A or B proves it. */
  | { readonly is: 'met'; readonly sure: boolean }
  /** `evidence`: somebody could have known better and was heard; false after a lost device or a given-up silence. */
  | { readonly is: 'missed'; readonly evidence: boolean }
  | { readonly is: 'running' }
  | { readonly is: 'unknown'; readonly why: 'silent' | 'clock' };

/** What is known of one order at one look. */
export type Known = {
  readonly history: History;
  readonly facts: readonly Fact[];
  readonly now: Ms;
  /** When the order ended, if it has. Its clocks stand still there. */
  readonly endedAt: Ms | undefined;
};

export function verdictOf(known: Known, rule: Rule, clock: Clock): Verdict {
  const stop = stopAnswer(known, rule, clock);
  if (stop === 'in time, surely') return { is: 'met', sure: true };
  if (stop === 'in time') return { is: 'met', sure: false };
  if (stop === 'unsure') return { is: 'unknown', why: 'clock' };
  const clockTime = Math.min(known.now, known.endedAt ?? Infinity);
  if (stop === 'none' && clockTime <= clock.limit.to) return { is: 'running' };
  const heard = heardUpTo(known, clock);
  if (heard.withoutLost > clock.limit.to) {
    return { is: 'missed', evidence: stop === 'late' || heard.all > clock.limit.to };
  }
  if (rule.giveUpMs !== undefined && clockTime > clock.limit.to + rule.giveUpMs) {
    return { is: 'missed', evidence: stop === 'late' };
  }
  return { is: 'unknown', why: 'silent' };
}

/** Whether the stage is known to have been reached, whatever is known of the time. */
export function isStopped(known: Known, rule: Rule): boolean {
  return timesOf(known.facts, rule.stop).length > 0;
}

function stopAnswer(
  known: Known,
  rule: Rule,
  clock: Clock,
): 'none' | 'unsure' | 'in time' | 'in time, surely' | 'late' {
  const times = timesOf(known.facts, rule.stop);
  if (times.length === 0) return 'none';
  // A stop before its origin says something is wrong with a clock, and nothing else.
  const stops = bestOf(times.filter((when) => spanOf(when).to >= clock.origin.from));
  if (stops.length === 0) return 'unsure';
  const inTime = stops.filter((when) => spanOf(when).to <= clock.limit.from);
  if (inTime.length > 0) return inTime.some(isSure) ? 'in time, surely' : 'in time';
  return stops.every((when) => spanOf(when).from > clock.limit.to) ? 'late' : 'unsure';
}

/** Up to when everybody who may have held the order before the limit was heard: the least of all their devices. */
function heardUpTo(known: Known, clock: Clock): { all: Ms; withoutLost: Ms } {
  let all = known.now;
  let withoutLost = known.now;
  for (const fact of known.facts) {
    if (fact.kind !== 'dispatched' && fact.kind !== 'reassigned') continue;
    const gotIt = spanOf(fact.when).from;
    if (gotIt >= clock.limit.to) continue;
    const devices = known.history.crews[fact.crew] ?? [];
    if (devices.length === 0) {
      all = Math.min(all, gotIt);
      withoutLost = Math.min(withoutLost, gotIt);
    }
    for (const device of devices) {
      const hearings = device.hearings.filter(({ learnedAt }) => learnedAt <= known.now);
      const heard = Math.max(-Infinity, ...hearings.map(({ heardUpTo }) => heardUpTo));
      const isLost = device.lostAt !== undefined && device.lostAt <= known.now;
      all = Math.min(all, heard);
      if (!isLost) withoutLost = Math.min(withoutLost, heard);
    }
  }
  return { all, withoutLost };
}
