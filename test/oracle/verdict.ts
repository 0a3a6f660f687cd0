import { bestOf, isSure, spanOf, timesOf, type Clock } from './clock.ts';
import type { Device, Fact, History, Ms, Rule, When } from './history.ts';

export type Verdict =
  /** `sure`: proven by an untyped A, an untyped B whose upper bound is in time too, or a time a person accepted. */
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
  /** When the order ended, if it has. */
  readonly endedAt: Ms | undefined;
};

/** Undefined: the order ended without a stop, nobody waits for one any more. */
export function verdictOf(known: Known, rule: Rule, clock: Clock): Verdict | undefined {
  const stop = stopAnswer(known, rule, clock);
  if (stop === 'in time, surely') return { is: 'met', sure: true };
  if (stop === 'in time') return { is: 'met', sure: false };
  if (stop === 'unsure') return { is: 'unknown', why: 'clock' };
  // Somebody asked the crew by radio: its own word ends the silence.
  if (stop === 'late, by radio') return { is: 'missed', evidence: true };
  if (stop === 'none' && known.endedAt !== undefined) return undefined;
  if (stop === 'none' && known.now <= clock.limit.to) return { is: 'running' };
  const heard = heardUpTo(known, clock);
  if (heard.withoutLost > clock.limit.to) {
    return { is: 'missed', evidence: stop === 'late' || heard.all > clock.limit.to };
  }
  if (rule.giveUpMs !== undefined && known.now > clock.limit.to + rule.giveUpMs) {
    return { is: 'missed', evidence: stop === 'late' };
  }
  return { is: 'unknown', why: 'silent' };
}

/** Whether the stage is known to have been reached, whatever is known of the time. */
export function isStopped(known: Known, rule: Rule): boolean {
  return timesOf(known.facts, rule.stop).length > 0;
}

type StopAnswer = 'none' | 'unsure' | 'in time' | 'in time, surely' | 'late' | 'late, by radio';

function stopAnswer(known: Known, rule: Rule, clock: Clock): StopAnswer {
  const stops = bestOf(timesOf(known.facts, rule.stop));
  if (stops.length === 0) return 'none';
  // A stop before its origin says that a clock is wrong: a person has to judge, whatever else is known.
  if (stops.some((when) => isBeforeOrigin(when, clock))) return 'unsure';
  const inTime = stops.filter((when) => spanOf(when).to <= clock.limit.from);
  if (inTime.length > 0) return inTime.some((when) => isProof(when, clock)) ? 'in time, surely' : 'in time';
  if (!stops.every((when) => spanOf(when).from > clock.limit.to)) return 'unsure';
  return stops.every(({ typed }) => typed) ? 'late, by radio' : 'late';
}

/** Of a time that says "in time". A B may come from a clock that was set back and forward while the page slept. */
function isProof(when: When, clock: Clock): boolean {
  if (when.accepted === true) return true;
  if (when.typed) return false;
  return when.grade === 'A' || (when.grade === 'B' && when.hi <= clock.limit.from);
}

function isBeforeOrigin(when: When, clock: Clock): boolean {
  return (isSure(when) ? when.est : when.hi) < clock.notBefore;
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
      all = Math.min(all, heard);
      if (!isLost(device, known.now)) withoutLost = Math.min(withoutLost, heard);
    }
  }
  return { all, withoutLost };
}

function isLost(device: Device, now: Ms): boolean {
  return (device.lost ?? []).some(({ from, until = Infinity }) => from <= now && now < until);
}
