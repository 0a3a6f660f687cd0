import type { Fact, Order } from '#shared/order/order.ts';
import type { TimeReason } from '#shared/time/event-time.ts';

import { useDesk, useWords } from '../desk-state.ts';
import { DONE } from '../order-words.ts';

/** What is known of when a fact happened: estimate, bounds, grade and why, who said so. */
export function Evidence({ fact, order }: { readonly fact: Fact; readonly order: Order }) {
  const desk = useDesk();
  const { t, format } = useWords();
  const { time, crew, radio, by } = fact;
  const org = desk.client.org.value;
  const kind = fact.kind in DONE ? DONE[fact.kind as keyof typeof DONE] : null;
  const who = [
    kind && t(kind),
    crew === null ? null : (org.crews.get(crew)?.name ?? crew),
    radio ? t('trace.byRadio') : null,
    by === null ? null : (org.persons.get(by)?.name ?? by),
  ];
  const span = { lo: format.clockSeconds(time.lo), hi: format.clockSeconds(time.hi) };
  return (
    <p class="evidence">
      <b class="tabular">{format.plusMinus(time.est, time.e, true)}</b> {t(`grade.${time.grade}`)}
      <span class="meta">{who.filter(Boolean).join(' · ')}</span>
      <span class="meta tabular">
        {t('judge.bounds', span)}
        {time.why && ` · ${t(WHY[time.why])}`}
        {order.closed && ` · ${t('state.closed')}`}
      </span>
    </p>
  );
}

const WHY = {
  session: 'timeWhy.session',
  gps: 'timeWhy.gps',
  offsets: 'timeWhy.offsets',
  step: 'timeWhy.step',
  narrow: 'timeWhy.narrow',
  setBack: 'timeWhy.setBack',
  changed: 'timeWhy.changed',
  slept: 'timeWhy.slept',
  noAnchor: 'timeWhy.noAnchor',
  contradiction: 'timeWhy.contradiction',
  typed: 'timeWhy.typed',
  import: 'timeWhy.import',
} as const satisfies { readonly [W in TimeReason]: string };
