import type { AlertRaised } from '../event/alert.ts';
import type { Judged } from './judge.ts';

/** Later than this the record says that it was raised late, ms. */
const LATE_MS = 5_000;

/** `due`: since when it could have been raised; null: a fact that came just now made it so. */
type Raising = Pick<AlertRaised, 'level' | 'because'> & { readonly due: number | null };

/** An alert with the knowledge it is raised with. `missed` for a stop that is known is raised for the record. */
export function raiseData(judged: Judged, { level, because, due }: Raising): AlertRaised {
  const { clock, known, now } = judged;
  const late = due === null ? 0 : Math.round(now - due);
  return {
    rule: clock.rule.id,
    level,
    epoch: clock.epoch,
    limit: Math.round(limitNow(judged)),
    because,
    known,
    ...(level === 'missed' && clock.stop ? { quiet: true as const } : {}),
    ...(late > LATE_MS ? { late } : {}),
  };
}

/** The limit as far as it can be told: of a paused clock the one it would have if work went on now. */
function limitNow({ clock, now }: Judged): number {
  if (clock.limit.to !== Infinity) return clock.limit.to;
  return clock.paused ? now + clock.paused.leftMs : clock.limit.from;
}
