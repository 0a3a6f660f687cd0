import { epochOf, type Clock } from './clock.ts';
import type { Ms, Rule } from './history.ts';
import { isStopped, verdictOf, type Known, type Verdict } from './verdict.ts';

export type Level = 'soon' | 'contact' | 'missed';

/** One alert. A quiet one was raised for the record: it never stood. */
export type Alert = {
  readonly rule: string;
  readonly level: Level;
  readonly epoch: number;
  readonly raisedAt: Ms;
  /** When what it says became true: for a breach its limit, however late it was found out. */
  readonly since: Ms;
  readonly state: 'standing' | 'quiet' | 'withdrawn' | 'closedOut';
  readonly reason?: 'in time' | 'no longer running' | 'heard' | 'missed' | 'reached late' | 'ended' | 'new epoch';
};

/** The alerts of one rule after one look, from those before it. */
export function look(before: readonly Alert[], known: Known, rule: Rule, clock: Clock | undefined): readonly Alert[] {
  const epoch = epochOf(known.facts);
  const verdict = clock === undefined ? undefined : verdictOf(known, rule, clock);
  let alerts = before;
  if (verdict !== undefined) alerts = alerts.map((alert) => (alert.epoch === epoch ? settled(alert, verdict) : alert));
  if (clock !== undefined && verdict !== undefined) {
    alerts = [...alerts, ...raised(alerts, known, { rule, clock, verdict })];
  }
  return alerts.map((alert) => {
    if (alert.state !== 'standing') return alert;
    if (alert.epoch !== epoch) return closedOut(alert, 'new epoch');
    if (known.endedAt !== undefined) return closedOut(alert, 'ended');
    const isReachedLate = alert.level === 'missed' && verdict?.is === 'missed' && isStopped(known, rule);
    return isReachedLate ? closedOut(alert, 'reached late') : alert;
  });
}

function settled(alert: Alert, verdict: Verdict): Alert {
  if (verdict.is === 'met' && verdict.sure) {
    // People are judged by `missed`: what proves it wrong takes it back even when it stands no more.
    if (alert.level === 'missed' && alert.state !== 'withdrawn') return withdrawn(alert);
    if (alert.level === 'contact' && alert.state === 'standing') return withdrawn(alert);
  }
  if (alert.state !== 'standing') return alert;
  if (alert.level === 'soon' && verdict.is !== 'running') return closedOut(alert, 'no longer running');
  if (alert.level === 'contact' && verdict.is === 'missed') return closedOut(alert, 'missed');
  if (alert.level === 'contact' && verdict.is === 'met') return closedOut(alert, 'heard');
  return alert;
}

type Judged = { readonly rule: Rule; readonly clock: Clock; readonly verdict: Verdict };

function raised(alerts: readonly Alert[], known: Known, { rule, clock, verdict }: Judged): readonly Alert[] {
  const isOver = known.endedAt !== undefined;
  const raise = (level: Level, since: Ms, state: 'standing' | 'quiet'): readonly Alert[] => {
    const isOld = alerts.some((alert) => alert.level === level && alert.epoch === clock.epoch);
    return isOld ? [] : [{ rule: rule.id, level, epoch: clock.epoch, raisedAt: known.now, since, state }];
  };
  if (verdict.is === 'running' && !isOver && known.now >= clock.warn.to)
    return raise('soon', clock.warn.to, 'standing');
  if (verdict.is === 'unknown' && !isOver) return raise('contact', clock.limit.to, 'standing');
  if (verdict.is !== 'missed') return [];
  return raise('missed', clock.limit.to, isStopped(known, rule) ? 'quiet' : 'standing');
}

function withdrawn(alert: Alert): Alert {
  return { ...alert, state: 'withdrawn', reason: 'in time' };
}

function closedOut(alert: Alert, reason: NonNullable<Alert['reason']>): Alert {
  return { ...alert, state: 'closedOut', reason };
}
