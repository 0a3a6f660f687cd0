import type { EventId } from '../ids.ts';
import type { EventTime } from '../time/event-time.ts';
import { bestOf, isSure, spanOf, type Span } from './span.ts';
import type { Reached } from './stage-facts.ts';

/**
 * What the known stops of a clock say together. `fact`, `time`: the one that speaks for them.
 * `inTime`: at least one; `late`: all; `beforeOrigin`: one lies surely before the clock began; `doubtful`: anything else.
 */
export type Stop = {
  readonly fact: EventId;
  readonly time: EventTime;
  readonly accepted: boolean;
  readonly says: 'inTime' | 'late' | 'doubtful' | 'beforeOrigin';
  /** It proves that the stage was reached in time, and so withdraws what was wrong. */
  readonly proves: boolean;
  /** A person stated its time: whoever could know better was asked. */
  readonly stated: boolean;
};

type Between = { readonly origin: { readonly notBefore: number }; readonly limit: Span };

/** Of all stops of a clock those of the best rank count; of these the earliest that decides speaks. Null: none came. */
export function stopOf(stops: readonly Reached[], { origin, limit }: Between): Stop | null {
  const best = bestOf(stops).toSorted((a, b) => latest(a) - latest(b));
  const stated = best.every(({ time }) => time.given !== undefined);
  const speak = (one: Reached, says: Stop['says'], proves = false): Stop => ({ ...one, says, proves, stated });
  const before = best.find((one) => spanOf(one).to < origin.notBefore);
  if (before) return speak(before, 'beforeOrigin');
  const proof = best.find((one) => isProof(one, limit));
  if (proof) return speak(proof, 'inTime', true);
  const inTime = best.find((one) => spanOf(one).to <= limit.from);
  if (inTime) return speak(inTime, 'inTime');
  const doubtful = best.find((one) => spanOf(one).from <= limit.to);
  if (doubtful) return speak(doubtful, 'doubtful');
  return best[0] ? speak(best[0], 'late') : null;
}

/**
 * A clock set back, tapped and set forward while the page sleeps looks like an honest sleeping tablet, so a B proves
 * nothing unless its whole doubt lies in time; a C or typed time only when a person accepted it.
 */
function isProof(stop: Reached, limit: Span): boolean {
  const { time, accepted } = stop;
  if (!isSure(stop) || time.est > limit.from) return false;
  return accepted || time.grade === 'A' || time.hi <= limit.from;
}

const latest = (stop: Reached): number => spanOf(stop).to;
