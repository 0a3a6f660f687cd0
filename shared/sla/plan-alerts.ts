import type { AlertLevel, AlertRaised, Knowledge } from '../event/alert.ts';
import type { Draft } from '../event/catalog.ts';
import type { Alert } from '../order/order.ts';
import type { StageClock } from './stage-clock.ts';
import type { Verdict } from './verdict.ts';

export type AlertDraft = Draft<'alertRaised' | 'alertWithdrawn' | 'alertClosedOut'>;

export type Judged = {
  readonly clock: StageClock;
  readonly verdict: Verdict;
  readonly known: Knowledge;
  readonly now: number;
};

/**
 * What has to happen to an order's alerts so that exactly the right ones stand. Pure; applying the result and planning
 * again gives nothing. One alert per (rule, level, epoch): what has ended is never raised again.
 *
 *   running  before the warning: nothing · after it: soon
 *   unknown  contact (ask the crew, or ask a person to judge the time); soon is superseded
 *   missed   missed; soon and contact are superseded; raised quietly if the stop is known, then nobody has to act
 *   met      contact and missed were wrong: withdrawn, naming the fact · soon was right: closed out;
 *            by a typed or C-graded time alone: contact was made, and whether missed was wrong a person judges
 */
export function planAlerts(alerts: readonly Alert[], judged: Judged): readonly AlertDraft[] {
  const { clock, verdict } = judged;
  const mine = alerts.filter((alert) => alert.rule === clock.rule && alert.epoch === clock.epoch);
  const stale = loud(alerts.filter((alert) => alert.rule === clock.rule && alert.epoch !== clock.epoch && !alert.end));
  const drafts: AlertDraft[] = stale.map((alert) => closeOut(alert, 'newEpoch'));
  const standing = (level: AlertLevel): Alert[] => loud(mine).filter((alert) => alert.level === level && !alert.end);
  const end = (because: 'arrived' | 'superseded' | 'orderEnded', ...levels: AlertLevel[]): void => {
    drafts.push(...levels.flatMap(standing).map((alert) => closeOut(alert, because, clock.stop?.fact)));
  };

  const raise = (level: AlertLevel, because: AlertRaised['because']): void => {
    if (!mine.some((alert) => alert.level === level)) drafts.push(raised(judged, level, because));
  };

  if (clock.ended && !clock.stop) {
    end('orderEnded', 'soon', 'contact', 'missed');
    return drafts;
  }
  switch (verdict.is) {
    case 'running':
      if (judged.now >= clock.warn) raise('soon', 'due');
      break;
    case 'unknown':
      end('superseded', 'soon');
      if (!clock.ended) raise('contact', verdict.why);
      else end('orderEnded', 'contact', 'missed');
      break;
    case 'missed':
      end(clock.stop ? 'arrived' : 'superseded', 'soon', 'contact');
      raise('missed', 'over');
      if (clock.stop) end('arrived', 'missed');
      break;
    case 'met':
      end('arrived', 'soon');
      if (!provesByItself(clock)) {
        drafts.push(...standing('contact').map((alert) => closeOut(alert, 'heard', clock.stop?.fact)));
        if (clock.ended) end('orderEnded', 'missed');
        break;
      }
      // A closed-out "missed" was wrong too: whoever was told of it is told of this.
      drafts.push(...[...standing('contact'), ...mine.filter(saidMissed)].map((alert) => withdraw(alert, clock)));
      break;
  }
  return drafts;
}

/** When this clock has to be looked at next if nothing happens, or null if only a new fact can change it. */
export function nextLook(judged: Judged): number | null {
  const { clock, verdict, now } = judged;
  if (clock.ended || verdict.is !== 'running') return null;
  return now < clock.warn ? clock.warn : clock.limit + 1;
}

function raised(judged: Judged, level: AlertLevel, because: AlertRaised['because']): AlertDraft {
  const { clock, known, now } = judged;
  const due = level === 'soon' ? clock.warn : clock.limit;
  const knowable = level === 'missed' ? Math.max(due, known.heard ?? due) : due;
  const quiet = level === 'missed' && clock.stop ? { quiet: true as const } : {};
  const late = quiet.quiet ? 0 : Math.max(0, Math.round(now - knowable));
  const data: AlertRaised = { rule: clock.rule, level, epoch: clock.epoch, limit: clock.limit, because, known };
  return { kind: 'alertRaised', data: { ...data, ...quiet, ...(late > LATE_MS ? { late } : {}) } };
}

/** A typed time, or one graded C, never withdraws an alert by itself. */
const provesByItself = ({ stop }: StageClock): boolean =>
  stop !== null && stop.time.grade !== 'C' && stop.time.given !== 'typed';

const loud = (alerts: readonly Alert[]): Alert[] => alerts.filter((alert) => !alert.quiet);

const saidMissed = (alert: Alert): boolean => alert.level === 'missed' && alert.state !== 'withdrawn';

/** Later than this the record says that it was raised late. */
const LATE_MS = 5_000;

const closeOut = (
  alert: Alert,
  because: 'arrived' | 'heard' | 'superseded' | 'orderEnded' | 'newEpoch',
  fact?: Alert['id'],
): AlertDraft => ({ kind: 'alertClosedOut', data: { alert: alert.id, because, ...(fact ? { fact } : {}) } });

function withdraw(alert: Alert, clock: StageClock): AlertDraft {
  if (!clock.stop) throw new Error('only a stop withdraws an alert');
  return { kind: 'alertWithdrawn', data: { alert: alert.id, fact: clock.stop.fact, time: clock.stop.time } };
}
