import { reachOf } from '#shared/order/rights.ts';

import { QuietButton } from '../../ui/quiet-button.tsx';
import { VerdictMark } from '../../ui/verdict-mark.tsx';
import type { AlertTab, QueuedAlert } from '../alert-queue.ts';
import { useDesk, useWords } from '../desk-state.ts';
import { hazardWord } from '../order-words.ts';
import { AcknowledgeForm } from './acknowledge-form.tsx';
import {
  alertBy,
  alertDo,
  alertLook,
  alertWhat,
  alertWhy,
  crewName,
  escalationWords,
  personName,
  placeOf,
  withdrawnBecause,
} from './alert-words.ts';

type Props = {
  readonly one: QueuedAlert;
  /** The list it stands in. */
  readonly tab: AlertTab;
  readonly current: boolean;
};

/** Four lines: what and by when, where, how we know, what to do. The current one has its buttons. */
export function AlertCard({ one, tab, current }: Props) {
  const desk = useDesk();
  const words = useWords();
  const { t, format } = words;
  const { alert, order, priority, old } = one;
  const now = desk.asOf.value;
  const org = desk.client.org.value;
  const around = { org, now, lang: desk.preferences.lang.value };
  const gone = withdrawnBecause(alert, order, around, words);
  const climbed = gone === null ? escalationWords(one, around, words) : null;
  const form = desk.alertForm.value;
  const choose = (): void => {
    desk.alertTab.value = tab;
    desk.currentAlert.value = alert.id;
    desk.select(order.id);
  };
  return (
    <article
      class={`alert-card is-${alertLook(alert)}${current ? ' is-current' : ''}${gone === null ? '' : ' is-gone'}`}
      aria-current={current ? 'true' : undefined}
    >
      <div class="alert-lines">
        <p class="alert-what">
          <span class="alert-priority">P{priority}</span>
          <VerdictMark look={alertLook(alert)} size={18} />
          <button type="button" class="alert-name" onClick={choose}>
            {gone === null ? alertWhat(one, around, words) : t('alert.withdrawn')}
          </button>
          {alert.state === 'raised' && gone === null && <span class="alert-word">{t('alert.new')}</span>}
          {old && <span class="alert-word">{t('alert.old')}</span>}
          {climbed !== null && <span class="alert-word">{t('alert.escalated', { n: one.escalated })}</span>}
          <span class="alert-by tabular">{alertBy(one, now, words)}</span>
        </p>
        <p class="alert-where">
          <span class="tabular">{order.id}</span> {placeOf(order)}
          {order.crew !== null && ` · ${crewName(order.crew, org)}`}
          {(order.report?.hazards ?? []).map((hazard) => (
            <b key={hazard}> {hazardWord(hazard, t)}</b>
          ))}
        </p>
        {gone === null ? (
          <>
            <p class="alert-line">
              <span class="alert-key">{t('alert.why')}</span> {alertWhy(one, around, words)}
            </p>
            <p class="alert-line">
              <span class="alert-key">{t('alert.do')}</span> {alertDo(one, org, words)}
            </p>
          </>
        ) : (
          <p class="alert-line tabular">{gone}</p>
        )}
        {climbed !== null && <p class="alert-line alert-climbed">{climbed}</p>}
        {alert.taken && gone === null && (
          <p class="alert-line">
            {t(alert.taken.how === 'claimed' ? 'alert.claimedBy' : 'alert.shelvedBy', {
              person: personName(alert, org, words),
              time: format.when(alert.taken.until ?? alert.taken.at, now),
            })}
            {alert.taken.reason !== null && ` ${t('alert.reason', { reason: alert.taken.reason })}`}
          </p>
        )}
      </div>
      {current && gone === null && <Actions one={one} />}
      {form !== null && form.alert === alert.id && (
        <AcknowledgeForm key={form.how} order={order.id} alert={alert.id} how={form.how} />
      )}
    </article>
  );
}

function Actions({ one }: { readonly one: QueuedAlert }) {
  const desk = useDesk();
  const { t } = useWords();
  const { alert, order, priority } = one;
  const role = desk.client.session.value?.person.role;
  const barred = role === undefined || reachOf(role, 'alertAcknowledged') === null;
  const why = barred ? t('refusal.notAllowed') : undefined;
  const open = (how: 'claimed' | 'shelved') => () => {
    desk.currentAlert.value = alert.id;
    desk.alertForm.value = { alert: alert.id, how };
  };
  return (
    <div class="alert-actions">
      <QuietButton label={t('act.claim')} keyHint="C" whyNot={why} onTap={open('claimed')} />
      <QuietButton
        label={t('act.shelve')}
        keyHint="Z"
        whyNot={why ?? (priority === 1 ? t('alerts.urgentNotShelved') : undefined)}
        onTap={open('shelved')}
      />
      <QuietButton label={t('act.open')} onTap={() => desk.open(order.id)} />
    </div>
  );
}
