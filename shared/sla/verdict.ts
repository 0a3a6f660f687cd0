import type { Knowledge } from '../event/alert.ts';
import { evidenceUpTo, heardUpTo } from './knowledge.ts';
import type { StageClock } from './stage-clock.ts';

/**
 * met 按时 (`sure`: proven), missed 超时 (`evidence`: a late stop is known, or whoever could have known better was heard),
 * running, or unknown with its reason: `silent` (the limit has passed and news up to it may still be on the way) or `clock` (the time's
 * bounds straddle the limit, or it lies before its origin).
 */
export type Verdict =
  | { readonly is: 'met'; readonly sure: boolean }
  | { readonly is: 'missed'; readonly overMs: number; readonly evidence: boolean }
  | { readonly is: 'running'; readonly leftMs: number; readonly paused: boolean }
  | { readonly is: 'unknown'; readonly why: 'silent'; readonly since: number }
  | { readonly is: 'unknown'; readonly why: 'clock' };

/**
 * The verdict on one clock from what is known up to its limit (I25): having no stop, or no earlier one, counts only as
 * far as knowledge reaches. Null: the order ended without a stop, so there is nothing to judge.
 */
export function verdict(clock: StageClock, known: Knowledge, now: number): Verdict | null {
  const { stop, limit } = clock;
  if (stop) {
    if (stop.says === 'inTime') return { is: 'met', sure: stop.proves };
    if (stop.says !== 'late') return { is: 'unknown', why: 'clock' };
    const overMs = Math.max(0, stop.time.est - limit.to);
    return stop.stated ? { is: 'missed', overMs, evidence: true } : missed(clock, known, { now, overMs });
  }
  if (clock.ended) return null;
  if (now <= limit.to)
    return { is: 'running', leftMs: clock.paused?.leftMs ?? limit.to - now, paused: clock.paused !== null };
  return missed(clock, known, { now, overMs: now - limit.to });
}

/** Missed as far as is known; somebody who could know better may still be silent, but not for ever. */
function missed(clock: StageClock, known: Knowledge, { now, overMs }: { now: number; overMs: number }): Verdict {
  const since = heardUpTo(known, now);
  if (since > clock.limit.to || now > clock.giveUp) {
    const evidence = clock.stop !== null || evidenceUpTo(known, now) > clock.limit.to;
    return { is: 'missed', overMs, evidence };
  }
  return { is: 'unknown', why: 'silent', since };
}
