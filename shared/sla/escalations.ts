import type { AlertLevel, AlertRaised } from '../event/alert.ts';
import type { Alert } from '../order/order.ts';
import type { Judged } from './judge.ts';

/** One escalation of a clock: from `after` on (exclusive), server time, ms. */
export type Step = { readonly level: AlertLevel; readonly after: number };

const LEVELS = ['escalated1', 'escalated2', 'escalated3'] as const;
const MINUTE = 60_000;

/** The steps of a clock that have not been raised in this epoch. */
export const stepsLeft = ({ clock }: Judged, raised: readonly Pick<Alert, 'level'>[]): readonly Step[] =>
  LEVELS.flatMap((level, index): Step[] => {
    const step = clock.rule.escalate[index];
    if (!step || raised.some((alert) => alert.level === level)) return [];
    return [{ level, after: clock.limit.to + step.afterMin * MINUTE }];
  });

/** A contact or missed asks for somebody. */
export const asks = ({ level }: Pick<Alert, 'level'>): boolean => level === 'contact' || level === 'missed';

/** Nobody has it: never acknowledged, or shelved or claimed until a time that has come. Only the last word counts. */
const isUnattended = ({ taken }: Pick<Alert, 'taken'>, now: number): boolean =>
  taken === null || (taken.until !== null && taken.until <= now);

/** What may climb: `alerts` of this rule and epoch, which of them stand, and what this look raises below. */
type Below = {
  readonly alerts: readonly Alert[];
  readonly standing: readonly Alert[];
  readonly raised: readonly AlertRaised[];
};

/** The steps that are due: nobody attends what stands, so long after the limit, while the stage is still waited for. */
export function dueSteps(judged: Judged, { alerts, standing, raised }: Below): readonly (Step & { due: number })[] {
  const { clock, now } = judged;
  if (clock.stop || clock.ended) return [];
  const since = [
    ...standing.filter((alert) => asks(alert) && isUnattended(alert, now)).map(unattendedSince),
    ...raised.filter((alert) => asks(alert) && !alert.quiet).map(({ late }) => now - (late ?? 0)),
  ];
  if (since.length === 0) return [];
  return stepsLeft(judged, alerts)
    .filter(({ after }) => now > after)
    .map((step) => ({ ...step, due: Math.max(step.after, Math.min(...since)) }));
}

const unattendedSince = ({ taken, raisedAt, late }: Alert): number => taken?.until ?? raisedAt - (late ?? 0);
