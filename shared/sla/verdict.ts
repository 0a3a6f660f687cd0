import { atOrBefore, type EventTime } from '../time/event-time.ts';
import type { StageClock } from './stage-clock.ts';

/**
 * met 按时, missed 超时, running, or unknown with its reason: `silent` (the limit has passed and news up to it may still
 * be on the way) or `clock` (the time's bounds straddle the limit, or it lies before its origin).
 */
export type Verdict =
  | { readonly is: 'met' }
  | { readonly is: 'missed'; readonly overMs: number }
  | { readonly is: 'running'; readonly leftMs: number }
  | { readonly is: 'unknown'; readonly why: 'silent'; readonly since: number }
  | { readonly is: 'unknown'; readonly why: 'clock' };

/**
 * The verdict on one clock. `heard`: up to when everything that could have happened is known (I25), server time ms;
 * having no stop, or no earlier one, counts only as far as that reaches.
 */
export function verdict(clock: StageClock, heard: number, now: number): Verdict {
  if (clock.stop) {
    const { time } = clock.stop;
    if (isBefore(time, clock.origin)) return { is: 'unknown', why: 'clock' };
    const answer = atOrBefore(time, clock.limit);
    if (answer === 'yes') return { is: 'met' };
    if (answer === 'unknown') return { is: 'unknown', why: 'clock' };
    // Another device may still hold an earlier stop. A stated time came from asking, which ends the silence.
    if (heard <= clock.limit && !time.given) return { is: 'unknown', why: 'silent', since: heard };
    return { is: 'missed', overMs: Math.max(0, time.est - clock.limit) };
  }
  if (now <= clock.limit) return { is: 'running', leftMs: clock.limit - now };
  if (heard > clock.limit) return { is: 'missed', overMs: now - clock.limit };
  return { is: 'unknown', why: 'silent', since: heard };
}

/** C judges by its bounds here too: they may reach back before the origin. */
const isBefore = (time: EventTime, origin: EventTime): boolean =>
  time.hi < origin.lo || (time.grade !== 'C' && time.est < origin.est - origin.e);
