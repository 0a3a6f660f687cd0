import type { Rule, TELL } from '#shared/event/rule-pack.ts';
import type { CrewId } from '#shared/ids.ts';
import { type Alert, type Order, stageRank } from '#shared/order/order.ts';
import { packFor } from '#shared/sla/pack-for.ts';

import type { Organisation } from '../../read/client-context.ts';
import type { Lang } from '../../text/text.ts';
import type { VerdictLook } from '../../ui/verdict-shape.ts';
import type { QueuedAlert } from '../alert-queue.ts';
import type { Words } from '../order-words.ts';

/** An escalation by itself says nothing of late or silent: what stands below it does. */
export const alertLook = (alert: Alert): VerdictLook => {
  if (alert.level === 'soon') return 'soon';
  return alert.level === 'missed' ? 'missed' : 'unknown';
};

/** The rule an alert is about, of the pack its order was reported under. */
const ruleOf = (alert: Pick<Alert, 'rule'>, order: Order, org: Organisation): Rule | undefined =>
  packFor(org.activations, order).rules.find(({ id }) => id === alert.rule);

const ruleName = (alert: Pick<Alert, 'rule'>, order: Order, { org, lang }: Around): string =>
  ruleOf(alert, order, org)?.name[lang] ?? alert.rule;

export type Around = { readonly org: Organisation; readonly lang: Lang; readonly now: number };

/** What happened. */
export function alertWhat({ alert, order }: QueuedAlert, around: Around, words: Words): string {
  return `${ruleName(alert, order, around)} ${whatOf(alert, around.now, words)}`;
}

function whatOf(alert: Alert, now: number, { t, format }: Words): string {
  if (alert.level === 'soon') return now < alert.limit ? format.left(alert.limit - now) : t('alert.dueNow');
  if (alert.level === 'missed') {
    const over = format.over(now - alert.limit);
    return alert.because === 'noEvidence' ? `${over} · ${t('verdict.noEvidence')}` : over;
  }
  if (alert.because === 'unattended') return t('alert.unattended');
  if (alert.because === 'clock') return t('alert.clock');
  return alert.known.heard === null ? t('verdict.noNewsYet') : format.noNewsSince(alert.known.heard, now);
}

/** How we know: the knowledge the alert was raised with, which it keeps. */
export function alertWhy({ alert, order }: QueuedAlert, around: Around, words: Words): string {
  const { t, format } = words;
  const { org, now } = around;
  const { heard, devices } = alert.known;
  const names = [...new Set(devices.map(({ crew }) => crew))].map((crew) => crewName(crew, org));
  const crews = names.length === 0 ? '' : names.reduce((a, b) => t('list.two', { a, b }));
  const limit = format.when(alert.limit, now);
  if (alert.because === 'due') return t('alert.knowDue', { rule: ruleName(alert, order, around), limit });
  if (alert.because === 'clock') return t('alert.knowClock');
  if (alert.because === 'noEvidence') return t('alert.knowNoEvidence');
  if (heard === null) return t('alert.knowNoCrew');
  const time = format.when(heard, now);
  return alert.level === 'missed'
    ? t('alert.knowHeard', { crews, time })
    : t('alert.knowSilent', { crews, time, limit });
}

/** What to do, by how far the work has come. */
export function alertDo({ alert, order }: QueuedAlert, org: Organisation, { t }: Words): string {
  const crew = order.crew === null ? null : crewName(order.crew, org);
  const restores = ruleOf(alert, order, org)?.stop === 'restored';
  if (crew === null && alert.because !== 'clock') return t('alert.doDispatch');
  if (alert.because === 'clock') return t('alert.doJudge');
  if (alert.level === 'soon')
    return stageRank(order.stage) < stageRank('accepted')
      ? t('alert.doAccept', { crew: crew ?? '' })
      : t('alert.doAsk', { crew: crew ?? '' });
  if (alert.level === 'missed')
    return t(restores ? 'alert.doCustomerRestore' : 'alert.doCustomer', { crew: crew ?? '' });
  return t('alert.doContact', { crew: crew ?? '' });
}

/** By when: the limit, or that it has passed. */
export function alertBy({ alert }: QueuedAlert, now: number, { t, format }: Words): string {
  const time = format.when(alert.limit, now);
  return t(now < alert.limit ? 'verdict.limitAt' : 'verdict.limitPassed', { time });
}

/** That nobody attends, and whom the rule therefore tells. Null: nothing was escalated. */
export function escalationWords({ alert, order, escalated }: QueuedAlert, around: Around, words: Words): string | null {
  if (escalated === 0) return null;
  const { t, format } = words;
  const { org, now } = around;
  const rule = ruleOf(alert, order, org);
  const tell = (rule?.escalate ?? []).slice(0, escalated).flatMap((step) => step.tell);
  const who = [...new Set(tell)]
    .map((one) => t(TOLD[one]))
    .reduce((a, b) => (a === '' ? b : t('list.two', { a, b })), '');
  const until = alert.taken?.until ?? null;
  const nobody =
    alert.taken === null
      ? t('alert.nobody')
      : until !== null && until <= now
        ? t('alert.lapsed', { person: personName(alert, org, words), time: format.when(until, now) })
        : t('alert.attended');
  return who === '' ? nobody : t('alert.escalatedTo', { nobody, who });
}

const TOLD = {
  crew: 'tell.crew',
  dispatcher: 'tell.dispatcher',
  leader: 'tell.leader',
  director: 'tell.director',
} as const satisfies { readonly [T in (typeof TELL)[number]]: string };

/** "14:46 报，16:10 撤：到达 14:21 ± 20 秒 A": when it was raised, when and by what it was withdrawn. */
export function withdrawnBecause(alert: Alert, order: Order, around: Around, { t, format }: Words): string | null {
  if (!alert.end || !('withdrawn' in alert.end)) return null;
  const { time, fact: id } = alert.end.withdrawn;
  const fact = order.facts.find((one) => one.id === id);
  const { now, org } = around;
  const said = t('alert.withdrawnBecause', {
    raised: format.when(alert.raisedAt, now),
    withdrawn: format.when(alert.end.at, now),
    what:
      fact?.kind === 'arrived' || fact?.kind === 'restored' ? t(`trace.${fact.kind}`) : ruleName(alert, order, around),
    time: format.plusMinus(time.est, time.e),
    grade: time.grade,
  });
  if (!fact?.accepted) return said;
  const person = fact.accepted.by === null ? t('trace.machine') : (org.persons.get(fact.accepted.by)?.name ?? '');
  return `${said} · ${t('alert.acceptedBy', { person })}`;
}

export const personName = ({ taken }: Alert, org: Organisation, { t }: Words): string =>
  (taken?.by && org.persons.get(taken.by)?.name) ?? t('trace.machine');

export const crewName = (crew: CrewId, org: Organisation): string => org.crews.get(crew)?.name ?? crew;

export const placeOf = (order: Order): string => order.report?.address ?? '';
