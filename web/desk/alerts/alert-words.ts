import type { CrewId } from '#shared/ids.ts';
import { type Alert, type Order, stageRank } from '#shared/order/order.ts';

import type { Organisation } from '../../read/client-context.ts';
import type { VerdictLook } from '../../ui/verdict-shape.ts';
import type { QueuedAlert } from '../alert-queue.ts';
import type { Words } from '../order-words.ts';

export const alertLook = (alert: Alert): VerdictLook => {
  if (alert.level === 'soon') return 'soon';
  return alert.level === 'missed' ? 'missed' : 'unknown';
};

/** What happened. */
export function alertWhat({ alert }: QueuedAlert, now: number, { t, format }: Words): string {
  if (alert.level === 'soon') return now < alert.limit ? format.left(alert.limit - now) : t('alert.dueNow');
  if (alert.level === 'missed') return format.over(now - alert.limit);
  if (alert.because === 'clock') return t('alert.clock');
  return alert.known.heard === null ? t('verdict.noNewsYet') : format.noNewsSince(alert.known.heard, now);
}

/** How we know: the knowledge the alert was raised with, which it keeps. */
export function alertWhy({ alert, order }: QueuedAlert, org: Organisation, now: number, words: Words): string {
  const { t, format } = words;
  const { heard, devices } = alert.known;
  const names = [...new Set(devices.map(({ crew }) => crew))].map((crew) => crewName(crew, org));
  const crews = names.length === 0 ? '' : names.reduce((a, b) => t('list.two', { a, b }));
  if (alert.because === 'due' && order.reportedAt)
    return t('alert.knowDue', { time: format.when(order.reportedAt.est, now), limit: format.when(alert.limit, now) });
  if (alert.because === 'clock') return t('alert.knowClock');
  if (heard === null) return t('alert.knowNoCrew');
  const time = format.when(heard, now);
  return alert.level === 'missed'
    ? t('alert.knowHeard', { crews, time })
    : t('alert.knowSilent', { crews, time, limit: format.when(alert.limit, now) });
}

/** What to do, by how far the work has come. */
export function alertDo({ alert, order }: QueuedAlert, org: Organisation, { t }: Words): string {
  const crew = order.crew === null ? null : crewName(order.crew, org);
  if (crew === null) return t('alert.doDispatch');
  if (alert.because === 'clock') return t('alert.doJudge', { crew });
  if (alert.level === 'contact') return t('alert.doContact', { crew });
  if (alert.level === 'missed') return t('alert.doCustomer', { crew });
  return stageRank(order.stage) < stageRank('accepted') ? t('alert.doAccept', { crew }) : t('alert.doAsk', { crew });
}

/** By when: the limit, or that it has passed. */
export function alertBy({ alert }: QueuedAlert, now: number, { t, format }: Words): string {
  const time = format.when(alert.limit, now);
  return t(now < alert.limit ? 'verdict.limitAt' : 'verdict.limitPassed', { time });
}

/** "14:46 报，16:10 撤：14:21 ± 20 秒 A": when it was raised, when and by what it was withdrawn. */
export function withdrawnBecause(alert: Alert, now: number, { t, format }: Words): string | null {
  if (!alert.end || !('withdrawn' in alert.end)) return null;
  const { time } = alert.end.withdrawn;
  return t('alert.withdrawnBecause', {
    raised: format.when(alert.raisedAt, now),
    withdrawn: format.when(alert.end.at, now),
    time: format.plusMinus(time.est, time.e),
    grade: time.grade,
  });
}

export const crewName = (crew: CrewId, org: Organisation): string => org.crews.get(crew)?.name ?? crew;

export const placeOf = (order: Order): string => order.report?.address ?? '';
