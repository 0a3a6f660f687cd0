import type { AlertClosedOut, AlertLevel, AlertRaised } from '../event/alert.ts';
import type { Draft } from '../event/catalog.ts';
import type { Alert, Order } from '../order/order.ts';
import { asks, dueSteps } from './escalations.ts';
import type { Judged } from './judge.ts';
import { raiseData } from './raise-alert.ts';
import type { Stop } from './stop.ts';

export type AlertDraft = Draft<'alertRaised' | 'alertWithdrawn' | 'alertClosedOut'>;

/**
 * What has to happen to an order's alerts so that exactly the right ones stand. Pure; applying the result and planning
 * again gives nothing. One alert per (rule, level, epoch): what has ended is never raised again. Of each rule what was
 * wrong is withdrawn, then what is due is raised, then what nobody has to act on any more is closed out.
 *
 *   running  before the warning: nothing · after it: soon
 *   unknown  contact (ask the crew, or ask a person to judge the time); soon is superseded
 *   missed   missed; soon and contact are superseded; raised quietly if the stop is known, then nobody has to act
 *   met      proven: contact, missed and escalations were wrong: withdrawn, naming the fact · soon was right: closed out;
 *            without proof: contact was made, and whether missed was wrong a person judges
 *   ended    without a stop: everything is closed out
 *
 * Escalations climb from a standing contact or missed that nobody attends, and go with the last of the two.
 */
export function planAlerts(order: Order, judged: readonly Judged[]): readonly AlertDraft[] {
  const stale = order.alerts.filter((alert) => alert.epoch !== order.epoch && stands(alert));
  return [
    ...stale.map((alert) => closeOut(alert, 'newEpoch')),
    ...judged.flatMap((one) => planOne(order.alerts.filter(isOf(one)), one)),
  ];
}

function planOne(alerts: readonly Alert[], judged: Judged): readonly AlertDraft[] {
  const { clock } = judged;
  const proof = clock.stop?.proves ? clock.stop : null;
  const standing = alerts.filter((alert) => stands(alert) && !(proof && isRefuted(alert)));
  const raised = dueAlerts(alerts, judged);
  const climbing = dueSteps(judged, { alerts, standing, raised });
  const over = standing.filter(({ level }) => !isStep(level) && whyOver(level, judged) !== null);
  const stillAsks = [...standing.filter((alert) => !over.includes(alert)), ...raised].some(
    (alert) => asks(alert) && !alert.quiet,
  );
  const climbed = stillAsks ? [] : standing.filter(({ level }) => isStep(level));
  return [
    ...(proof ? alerts.filter(isRefuted).map((alert) => withdraw(alert, proof)) : []),
    ...raised.map(raise),
    ...climbing.map(({ level, due }) => raise(raiseData(judged, { level, because: 'unattended', due }))),
    ...over.map((alert) => closeOut(alert, whyOver(alert.level, judged) ?? 'superseded', clock.stop)),
    ...climbed.map((alert) => closeOut(alert, whyOver('contact', judged) ?? 'superseded', clock.stop)),
  ];
}

/** What the verdict asks to be raised, unless the rule has that level switched off or it was raised before. */
function dueAlerts(alerts: readonly Alert[], judged: Judged): readonly AlertRaised[] {
  const due = dueAlert(judged);
  if (!due || !judged.clock.rule.levels[due.level] || alerts.some(({ level }) => level === due.level)) return [];
  return [raiseData(judged, due)];
}

type Due = {
  readonly level: 'soon' | 'contact' | 'missed';
  readonly because: AlertRaised['because'];
  readonly due: number | null;
};

/** `due`: since when it could have been raised, where that can be told. */
function dueAlert({ clock, verdict, known, now }: Judged): Due | null {
  const limit = clock.limit.to;
  switch (verdict?.is) {
    case 'running':
      return now >= clock.warn.to ? { level: 'soon', because: 'due', due: clock.warn.to } : null;
    case 'unknown':
      if (clock.ended) return null;
      return { level: 'contact', because: verdict.why, due: verdict.why === 'silent' ? limit : null };
    case 'missed': {
      const because = verdict.evidence ? 'over' : 'noEvidence';
      if (clock.stop) return { level: 'missed', because, due: null };
      if (verdict.evidence) return { level: 'missed', because, due: Math.max(limit, known.heard ?? limit) };
      return { level: 'missed', because, due: now > clock.giveUp ? clock.giveUp : null };
    }
    default:
      return null;
  }
}

/** Why an alert of this level need not stand any more, or null. */
function whyOver(level: AlertLevel, { clock, verdict }: Judged): AlertClosedOut['because'] | null {
  switch (verdict?.is) {
    case undefined:
      return 'orderEnded';
    case 'running':
      return null;
    case 'unknown':
      return level === 'soon' ? 'superseded' : clock.ended ? 'orderEnded' : null;
    case 'missed':
      if (clock.stop) return reached(clock);
      return level === 'missed' ? null : 'superseded';
    case 'met':
      if (level === 'soon') return reached(clock);
      if (level === 'contact') return 'heard';
      return clock.ended ? 'orderEnded' : null;
  }
}

const reached = ({ rule }: Judged['clock']): AlertClosedOut['because'] =>
  rule.stop === 'arrived' ? 'arrived' : 'reached';

const isOf =
  ({ clock }: Judged) =>
  (alert: Alert): boolean =>
    alert.rule === clock.rule.id && alert.epoch === clock.epoch;

/** A quiet alert was raised for the record: it never stood. */
const stands = (alert: Alert): boolean => alert.end === null && !alert.quiet;

const isStep = (level: AlertLevel): boolean => level.startsWith('escalated');

/** Whoever was told "missed", also upwards and also if it was closed out, is told that it was wrong. */
const isRefuted = (alert: Alert): boolean => {
  if (alert.level === 'soon') return false;
  return alert.level === 'contact' ? stands(alert) : alert.state !== 'withdrawn';
};

const raise = (data: AlertRaised): AlertDraft => ({ kind: 'alertRaised', data });

const closeOut = (alert: Alert, because: AlertClosedOut['because'], stop: Stop | null = null): AlertDraft => ({
  kind: 'alertClosedOut',
  data: { alert: alert.id, because, ...(stop ? { fact: stop.fact } : {}) },
});

const withdraw = (alert: Alert, { fact, time }: Stop): AlertDraft => ({
  kind: 'alertWithdrawn',
  data: { alert: alert.id, fact, time },
});
