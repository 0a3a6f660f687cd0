import type { Alert } from './alerts.ts';
import type { Clock } from './clock.ts';
import type { Acknowledgement, Rule } from './history.ts';
import { isStopped, type Known } from './verdict.ts';

const names = ['escalated1', 'escalated2', 'escalated3'] as const;

/** The escalations to raise now: each step once per epoch, as long as nobody has what stands. */
export function escalations(
  alerts: readonly Alert[],
  known: Known,
  { rule, clock }: { rule: Rule; clock: Clock },
): readonly Alert[] {
  if (known.endedAt !== undefined || isStopped(known, rule)) return [];
  const own = alerts.filter(({ epoch }) => epoch === clock.epoch);
  const asked = own.filter(({ level, state }) => state === 'standing' && (level === 'contact' || level === 'missed'));
  if (!asked.some((alert) => isUnattended(alert, known))) return [];
  return names.flatMap((level, step): readonly Alert[] => {
    const after = rule.escalateMs?.[step];
    if (after === undefined || known.now <= clock.limit.to + after) return [];
    if (own.some((alert) => alert.level === level)) return [];
    const since = clock.limit.to + after;
    return [{ rule: rule.id, level, epoch: clock.epoch, raisedAt: known.now, since, state: 'standing' }];
  });
}

/** Whether it stands and asks somebody to do something. */
export function isAsking({ level, state }: Alert): boolean {
  return state === 'standing' && (level === 'contact' || level === 'missed');
}

/** Never acknowledged since it was raised, or shelved until a time that has come. The latest acknowledgement counts. */
function isUnattended(alert: Alert, known: Known): boolean {
  const acknowledgements = known.facts.filter(
    (fact): fact is Acknowledgement =>
      fact.kind === 'acknowledged' &&
      fact.rule === alert.rule &&
      fact.level === alert.level &&
      fact.epoch === alert.epoch &&
      fact.known >= alert.raisedAt,
  );
  const latest = acknowledgements.at(-1);
  if (latest === undefined) return true;
  return latest.until !== undefined && latest.until <= known.now;
}
