import type { MinutesByArea, Rule } from '../../event/rule-pack.ts';

type Alerts = Pick<Rule, 'warnAt' | 'levels' | 'escalate'>;

const LEVELS: Rule['levels'] = { soon: ['dispatcher'], contact: ['dispatcher'], missed: ['dispatcher', 'leader'] };

/** A promise to the customer: the desk first, then its leader twice, then the leader above. */
export const PROMISE_ALERTS: Alerts = { warnAt: 0.8, levels: LEVELS, escalate: stepsAt(10, 25, 45) };

/** Restoring takes hours: nobody is fetched for minutes. */
export const RESTORE_ALERTS: Alerts = { warnAt: 0.8, levels: LEVELS, escalate: stepsAt(30, 60, 120) };

/** Computed and reported; nobody is told. */
export const NO_ALERTS: Alerts & Pick<Rule, 'pausedBy'> = { warnAt: 0.8, levels: {}, escalate: [], pausedBy: [] };

export const everywhere = (minutes: number): MinutesByArea => ({ urban: minutes, rural: minutes, remote: minutes });

function stepsAt(first: number, second: number, third: number): Rule['escalate'] {
  return [
    { afterMin: first, tell: ['leader'] },
    { afterMin: second, tell: ['leader'] },
    { afterMin: third, tell: ['director'] },
  ];
}
