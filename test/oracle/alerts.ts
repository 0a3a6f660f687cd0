import { epochOf, type Clock } from './clock.ts';
import { escalations, isAsking } from './escalations.ts';
import type { BaseLevel, Level, Ms, Rule } from './history.ts';
import { isStopped, verdictOf, type Known, type Verdict } from './verdict.ts';

/** One alert. A quiet one was raised for the record: it never stood. */
export type Alert = {
  readonly rule: string;
  readonly level: Level;
  readonly epoch: number;
  readonly raisedAt: Ms;
  /** When what it says became true: for a breach its limit, however late it was found out. */
  readonly since: Ms;
  readonly state: 'standing' | 'quiet' | 'withdrawn' | 'closedOut';
  readonly reason?: Reason;
};

type Reason = 'in time' | 'no longer running' | 'heard' | 'missed' | 'reached late' | 'ended' | 'new epoch';

/** The alerts of one rule after one look, from those before it: withdrawn, then raised, then closed out. */
export function look(before: readonly Alert[], known: Known, rule: Rule, clock: Clock | undefined): readonly Alert[] {
  const epoch = epochOf(known.facts);
  const verdict = clock === undefined ? undefined : verdictOf(known, rule, clock);
  let alerts = before;
  if (verdict?.is === 'met' && verdict.sure) {
    alerts = alerts.map((alert) => (alert.epoch === epoch && isDisproven(alert) ? withdrawn(alert) : alert));
  }
  if (clock !== undefined) {
    if (verdict !== undefined) alerts = [...alerts, ...raised(alerts, known, { rule, clock, verdict })];
    alerts = [...alerts, ...escalations(alerts, known, { rule, clock })];
  }
  alerts = alerts.map((alert) => {
    if (alert.state !== 'standing') return alert;
    if (alert.epoch !== epoch) return closedOut(alert, 'new epoch');
    if (known.endedAt !== undefined) return closedOut(alert, 'ended');
    const reason = verdict === undefined ? undefined : whyOver(alert.level, verdict, isStopped(known, rule));
    return reason === undefined ? alert : closedOut(alert, reason);
  });
  return verdict === undefined || alerts.some(isAsking) ? alerts : alerts.map((alert) => calmed(alert, verdict));
}

/** People are judged by `missed` and what grew from it: a proof takes these back even when they stand no more. */
function isDisproven({ level, state }: Alert): boolean {
  if (state === 'withdrawn' || level === 'soon') return false;
  return level === 'contact' ? state === 'standing' : true;
}

type Judged = { readonly rule: Rule; readonly clock: Clock; readonly verdict: Verdict };

function raised(alerts: readonly Alert[], known: Known, { rule, clock, verdict }: Judged): readonly Alert[] {
  const isOver = known.endedAt !== undefined;
  const raise = (level: BaseLevel, since: Ms, state: 'standing' | 'quiet'): readonly Alert[] => {
    if (rule.levels !== undefined && !rule.levels.includes(level)) return [];
    const isOld = alerts.some((alert) => alert.level === level && alert.epoch === clock.epoch);
    return isOld ? [] : [{ rule: rule.id, level, epoch: clock.epoch, raisedAt: known.now, since, state }];
  };
  if (verdict.is === 'running' && !isOver && known.now >= clock.warn.to)
    return raise('soon', clock.warn.to, 'standing');
  if (verdict.is === 'unknown' && !isOver) return raise('contact', clock.limit.to, 'standing');
  if (verdict.is !== 'missed') return [];
  return raise('missed', clock.limit.to, isStopped(known, rule) ? 'quiet' : 'standing');
}

/** Why an alert of the present epoch need not stand any longer, if so. */
function whyOver(level: Level, verdict: Verdict, isReached: boolean): Reason | undefined {
  const isReachedLate = verdict.is === 'missed' && isReached;
  if (level === 'soon') return verdict.is === 'running' ? undefined : 'no longer running';
  if (level === 'contact' && verdict.is === 'missed') return 'missed';
  if (level === 'contact' && verdict.is === 'met') return 'heard';
  return level !== 'contact' && isReachedLate ? 'reached late' : undefined;
}

/** An escalation goes with the last one that asked somebody, and for the same reason. */
function calmed(alert: Alert, verdict: Verdict): Alert {
  if (alert.state !== 'standing' || alert.level === 'soon') return alert;
  return closedOut(alert, verdict.is === 'met' ? 'heard' : 'missed');
}

function withdrawn(alert: Alert): Alert {
  return { ...alert, state: 'withdrawn', reason: 'in time' };
}

function closedOut(alert: Alert, reason: Reason): Alert {
  return { ...alert, state: 'closedOut', reason };
}
